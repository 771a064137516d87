# SPDX-License-Identifier: Apache-2.0
"""Replay of the job beside RapidJSON's SAX reader over the same bytes, in turn."""
from . import measured, reports

GROUP = "replay"
FLOOR = "RapidJSON's SAX reader"


def floor_of(path):
    """Microseconds an event."""
    events, seconds = measured.cost([measured.tool("sax_floor"), path], keep=True).out.split()
    return 1e6 * float(seconds) / int(events)


def measure(results, events, runs):
    """The whole process with its start, as a user pays for it."""
    job, rules = reports.job(events), reports.job_rules()
    forms = {"replay of the job, nothing remembered": ("--dedupe", "0s"), "replay of the job, as it comes": ()}
    floors, values, peaks = [], {name: [] for name in forms}, {name: 0.0 for name in forms}
    for _ in range(runs):
        floors.append(floor_of(job))
        for name, more in forms.items():
            spent = measured.cost(measured.replay(rules, job, *more))
            values[name].append(1e6 * spent.cpu / events)
            peaks[name] = max(peaks[name], spent.peak_mib)
    results.add(GROUP, FLOOR, "us CPU/event", floors, events=events)
    for name in forms:
        results.add(GROUP, name, "us CPU/event", values[name], floor=FLOOR, events=events,
                    peak_mib=round(peaks[name], 1))
