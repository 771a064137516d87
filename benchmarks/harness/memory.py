# SPDX-License-Identifier: Apache-2.0
"""Where memory goes: bytes of an area, of an open window entry, of a rule, of a remembered report; and whether a long run
with state that expires stays as large as it was."""
import itertools
import pathlib
import subprocess

from . import measured, reports, scaling
from .reports import make_j1

GROUP = "memory"


def peak(rules, events, *more, reference=measured.REFERENCE):
    return measured.cost(measured.replay(rules, events, *more, reference=reference)).peak_mib


def each(results, name, more_mib, count, **about):
    results.add(GROUP, name, "bytes", [more_mib * 2**20 / count], count=count, **about)


def one_city(results):
    job = reports.job(100_000)
    results.add(GROUP, "one city with a day of the job, nothing remembered", "MiB",
                [peak(reports.job_rules(), job, "--dedupe", "0s")])
    results.add(GROUP, "one city with a day of the job", "MiB", [peak(reports.job_rules(), job)])


def of_reports(results, events):
    """By how long they are remembered, of so many in 30 days."""
    job = reports.job(events, density=events)
    without = peak(reports.job_rules(), job, "--dedupe", "0s")
    for days in (7, 14, 30):
        count = events * days // make_j1.DAYS
        each(results, f"a remembered report, dedupe {days}d",
             peak(reports.job_rules(), job, "--dedupe", f"{days}d") - without, count)


def of_areas(results, areas):
    """Two reports each; the reference data alone is measured first."""
    reference = reports.reference_with(areas)
    codes = reports.areas_of(reference)
    rules = reports.job_rules()

    def events(number):
        event = next(make_j1.events(1, codes[:1]))
        event["id"] = f"m-{number}"
        event["data"].update(area=codes[number % len(codes)], category=make_j1.CATEGORIES[number % 7])
        return event

    path = reports.written(f"areas-{areas}", (events(number) for number in range(2 * len(codes))))
    known = peak(rules, reports.empty(), "--dedupe", "0s", reference=reference)
    few = peak(rules, reports.empty(), "--dedupe", "0s")
    each(results, "an area, known from the reference data", known - few, len(codes) - 57)
    full = peak(rules, path, "--dedupe", "0s", reference=reference)
    each(results, "an area with two reports in scores and windows", full - known, len(codes))
    results.add(GROUP, f"{len(codes):,} areas and 500 rules, two reports each", "MiB",
                [peak(reports.rule_folder(scaling.some_match(500)), path, reference=reference)])


def of_windows(results, count):
    """The same reports in a window of a second and in one that holds them all."""
    job = reports.job(count)
    short, long = (peak(reports.rule_folder(scaling.window_of(held)), job, "--dedupe", "0s") for held in (1, 2 * count))
    each(results, "an open entry of a window, with its record", long - short, count)


def of_rules(results):
    for name, make in (("a score rule", scaling.some_match), ("a detection rule with CEL", scaling.detection)):
        few, many = (peak(reports.rule_folder(make(count)), reports.empty()) for count in (10, 3000))
        each(results, name, many - few, 2990)


def resident_mib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def long_run(results, events):
    """As dense as the job, for as long as it takes: resident memory after each hundredth."""
    templates = reports.job(20_000)
    writer = subprocess.Popen([measured.tool("stream_events"), templates, str(events), "864"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
    reader = subprocess.Popen([str(part) for part in measured.replay(reports.job_rules(), "-")], stdin=writer.stdout,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    writer.stdout.close()
    seen = []
    for line in writer.stderr:
        seen.append((int(line), resident_mib(reader.pid)))
    if writer.wait() != 0 or reader.wait() != 0:
        raise measured.Failed("the long run has failed")
    results.add(GROUP, f"{events:,} events: after a fifth of them", "MiB", [seen[len(seen) // 5][1]])
    results.add(GROUP, f"{events:,} events: at their end", "MiB", [seen[-1][1]],
                floor=f"{events:,} events: after a fifth of them", curve=[[n, round(mib, 1)] for n, mib in seen])


def measure(results, quick, long_events, only=None):
    parts = {"city": lambda: one_city(results), "reports": lambda: of_reports(results, 50_000 if quick else 200_000),
             "areas": lambda: of_areas(results, 1000 if quick else 84_000),
             "windows": lambda: of_windows(results, 20_000 if quick else 200_000), "rules": lambda: of_rules(results),
             "long": lambda: long_run(results, long_events)}
    for name, part in itertools.compress(parts.items(), (not only or name in only for name in parts)):
        part()
