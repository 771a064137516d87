# SPDX-License-Identifier: Apache-2.0
"""What an event costs over the number of rules, areas and reporters, what windows hold, and how many events match."""
import dataclasses
import typing

from . import measured, reports, warm
from .reports import make_j1

GROUP = "scaling"
HEAD = "version: 1\nrisk: {levels: {waspada: 2000, siaga: 8000, awas: 20000}, leave_at: 1, voice: {factor: 1}}\nrules:\n"
ALERT = "    alert: {level: siaga, quiet_for: 6h, again_after: 6h, message: {id: 'Berulang di {{ area.name }}'}}\n"


@dataclasses.dataclass
class Axis:
    name: str
    values: tuple
    rules: typing.Callable  # of a value: the text of the rules
    events: typing.Callable  # of a value and a number of events: their file
    areas: typing.Callable = lambda value: 57
    share: float = 1.0  # of the events, where each costs much
    more: tuple = ("--dedupe", "0s")


def category(i):
    return make_j1.CATEGORIES[i % 7]


def matching_rule(i):
    """As in the job: each fourth counts, the others score."""
    if i % 4 == 3:
        return (f"  - id: count-{i}\n    match: {{category: {category(i)}, severity: [3, 4, 5]}}\n"
                f"    count: {{at_least: {3 + i % 4}, distinct: report.reporter.ref, within: 24h, per: area}}\n{ALERT}")
    return (f"  - id: score-{i}\n    match: {{category: {category(i)}, severity: {1 + i % 5}, content: [1, 2]}}\n"
            f"    score: {{add: {1 + i / 10}, half_life: 3d}}\n")


def silent_rule(i):
    """Of the same form, for values that no report has: RW 20 to 99 (they have 01 to 19)."""
    return (f"  - id: silent-{i}\n    match: {{category: {category(i)}, rw: \"{20 + i % 80}\", "
            f"severity: {1 + i // 7 % 5}, content: {1 + i // 35 % 6}}}\n    score: {{add: {1 + i}, half_life: 3d}}\n")


def range_rule(i):
    """Which no index of single values decides: crowds are at most 199."""
    return (f"  - id: range-{i}\n    match: {{category: {category(i)}}}\n"
            f"    when: report.crowd >= {200 + i} && report.severity >= {1 + i % 5}\n"
            f"    score: {{add: {1 + i / 10}, half_life: 3d}}\n")


def detection_rule(i):
    """As detection rules are written: match, and CEL over several fields. Three shapes, of which few match."""
    head = f"  - id: detect-{i}\n    match: {{category: [{category(i)}, {category(i + 3)}], kind: incident}}\n"
    tail = "    check: {per: area}\n    alert: {level: waspada, quiet_for: 1d, message: {id: 'Lihat {{ area.name }}'}}\n"
    sources = ('"A", "B"', '"B", "C"', '"C", "D"')[i // 3 % 3]
    when = (
        f'report.rw == "{1 + i % 19:02d}" && report.severity >= 4 && report.source in [{sources}] && '
        f"report.content == {1 + i // 7 % 6} && report.crowd > {190 + i % 9}",
        f"report.area == \"{AREAS[i // 3 % len(AREAS)]}\" && report.severity >= 3 && report.source in [{sources}] && "
        f"report.content <= 2 && report.crowd >= {180 + i % 20}",
        f"report.severity == 5 && report.content == {1 + i // 11 % 6} && report.source == \"{'ABCDEF'[i // 3 % 6]}\" && "
        f"report.crowd > {150 + i % 49} && report.location.lat > {-7.98 + i % 500 / 10000:.4f}",
    )[i % 3]
    return f"{head}    when: {when}\n{tail}"


AREAS = reports.areas_of(measured.REFERENCE)


def some_match(n):
    """Ten rules as in the job; the others never match."""
    return HEAD + "".join(matching_rule(i) for i in range(10)) + "".join(silent_rule(i) for i in range(10, n))


def ranges(n):
    return HEAD + "".join(matching_rule(i) for i in range(10)) + "".join(range_rule(i) for i in range(10, n))


def all_like_job(n):
    return HEAD + "".join(matching_rule(i) for i in range(n))


def detection(n):
    return HEAD + "".join(detection_rule(i) for i in range(n))


def window_of(contents):
    """One window a city that holds so many reports of the job, which come every 0.864 s."""
    return (f"{HEAD}  - id: window\n    match: {{kind: incident}}\n"
            f"    count: {{at_least: 1000000, distinct: report.reporter.ref, within: {max(1, round(contents * 0.864))}s, "
            f"per: city}}\n{ALERT}")


def guarded(_):
    """The job, but only for reports with a polling station."""
    return make_j1.rules().replace("match: {category", 'match: {tps: "001", category')


def with_share(share, count):
    def some(event, number):
        event["data"]["tps"] = "001" if number * 7919 % 100 < share else "002"
    return reports.job(count, some, f"share {share}")


AXES = (
    Axis("rules, ten match", (10, 50, 500, 3000), some_match, lambda _, count: reports.job(count)),
    Axis("rules, ten match, ranges", (10, 50, 500, 3000), ranges, lambda _, count: reports.job(count)),
    Axis("rules, all like the job's", (10, 50, 500, 3000), all_like_job, lambda _, count: reports.job(count),
         share=0.2),
    Axis("detection rules", (10, 50, 500, 3000), detection, lambda _, count: reports.job(count)),
    Axis("areas, rules of the job", (57, 1000, 84000), lambda _: make_j1.rules(),
         lambda areas, count: reports.job(count, areas=areas), areas=lambda areas: areas),
    Axis("areas, 500 rules", (57, 1000, 84000), lambda _: some_match(500),
         lambda areas, count: reports.job(count, areas=areas), areas=lambda areas: areas),
    Axis("reporters", (600, 600_000), lambda _: make_j1.rules(),
         lambda reporters, count: reports.job(count, reporters=reporters)),
    Axis("contents of a window", (10, 100, 1000, 10_000), window_of, lambda _, count: reports.job(count)),
    Axis("share that matches, %", (0, 10, 25, 50, 75, 100), guarded, with_share),
)


def measure(results, events, runs, only=None):
    """Rows `AXIS = VALUE`. `only`: a part of an axis's name."""
    for axis in AXES:
        if only and only not in axis.name:
            continue
        count = max(100, int(events * axis.share))
        for value in axis.values:
            values, peak = warm.per_event(reports.rule_folder(axis.rules(value)), axis.events(value, count), count,
                                          runs, *axis.more, reference=reports.reference_with(axis.areas(value)))
            results.add(GROUP, f"{axis.name} = {value}", "us CPU/event", values, axis=axis.name, x=value,
                        events=count, peak_mib=round(peak, 1))
