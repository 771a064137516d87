# SPDX-License-Identifier: Apache-2.0
"""The slow cases on purpose, each beside ordinary reports of the same run: by events, or by bytes where size is all."""
from . import hostile_cases, measured, reports, warm

GROUP = "hostile"
BY_EVENT, BY_SIZE = "us CPU/event", "us CPU/KiB"


def measure_case(results, case, share, runs, floor=None):
    """`share`: of how many events the case has in a full run."""
    count = max(20, int(case.count * share))
    rules = reports.rule_folder(case.rules) if case.rules else reports.job_rules()
    events = case.events(count)
    of = warm.per_kib if case.by_size else warm.per_event
    values, peak = of(rules, events, count, runs, *case.more)
    more = {"peak_mib": round(peak, 1), "events": count, "event_bytes": reports.size_of(events) // count}
    if floor:
        more.update(floor=floor, bound=case.bound)
    results.add(GROUP, case.name, BY_SIZE if case.by_size else BY_EVENT, values, **more)


def ordinary(results, share, runs):
    """The three floors: by event without and with memory, by size."""
    for case in (hostile_cases.ORDINARY, hostile_cases.ORDINARY_REMEMBERED):
        measure_case(results, case, share, runs)
    first = results.find(GROUP, hostile_cases.ORDINARY.name)
    results.add(GROUP, "ordinary reports, by size", BY_SIZE,
                [value * 1024 / first["event_bytes"] for value in first["values"]])


def floor_of(case):
    if case.by_size:
        return "ordinary reports, by size"
    return (hostile_cases.ORDINARY if case.more else hostile_cases.ORDINARY_REMEMBERED).name


def measure(results, share, runs, only=None):
    """`only`: a part of a case's name; the ordinary ones are always measured."""
    ordinary(results, share, runs)
    for case in hostile_cases.CASES:
        if only and only not in case.name:
            continue
        measure_case(results, case, share, runs, floor_of(case))


def above(results, limit):
    """(name, ratio) of the cases that cost more than `limit` times the ordinary one."""
    found = []
    for one in results.list:
        if one["group"] == GROUP and "floor" in one:
            ratio = measured.middle(one) / measured.middle(results.find(GROUP, one["floor"]))
            if ratio > limit:
                found.append((one["name"], ratio))
    return found
