# SPDX-License-Identifier: Apache-2.0
"""When a `spike` rule holds: the days of a scope, counted anew from all of its events each time."""
import collections
import math

from calendar_of import day_of, midnight

WEEK = 7  # days that must lie before one that is looked at


def by_day(entries):
    return collections.Counter(day_of(e.time) for e in entries)


def past(rule, counts, days):
    """The numbers of those of the days that the city has."""
    return [counts[day] for day in days if day >= rule.first_day]


def z(rule, counts, day, last, first):
    """How far a day is from the days first..last before it, in standard deviations."""
    before = past(rule, counts, range(day - first, day - last + 1))
    mean = sum(before) / len(before)
    sd = math.sqrt(sum((n - mean) ** 2 for n in before) / (len(before) - 1))
    return (counts[day] - mean) / max(sd, rule.floor)


def looked_at(rule, day):
    return day >= rule.first_day + WEEK


def cusum(rule, counts, today):
    s = 0.0
    for day in range(rule.first_day + WEEK, today + 1):
        before = past(rule, counts, range(day - rule.baseline, day))
        l0 = max(sum(before) / len(before), 0.05)
        l1 = rule.ratio * l0
        s = max(0.0, s + counts[day] - (l1 - l0) / math.log(l1 / l0))
    return s


def measure(rule, counts, day):
    if rule.method == "ears_c1":
        return z(rule, counts, day, 1, 7)
    if rule.method == "ears_c2":
        return z(rule, counts, day, 3, 9)
    if rule.method == "ears_c3":
        return sum(max(0.0, z(rule, counts, d, 3, 9) - 1) for d in range(day - 2, day + 1) if looked_at(rule, d))
    return cusum(rule, counts, day)


def holds_at(rule, entry, entries):
    counts, day = by_day(e for e in entries if e.number <= entry.number), day_of(entry.clock)
    return looked_at(rule, day) and counts[day] >= rule.least and measure(rule, counts, day) > rule.threshold


def running(rule, entries, clock, done):
    return any(day_of(e.clock) == day_of(clock) and holds_at(rule, e, entries) for e in entries)


def due(rule, entries, done):
    return []


def last_held(rule, entries, done):
    """A day that was unusual once is so to its end."""
    return max((midnight(day_of(e.clock) + 1) for e in entries if holds_at(rule, e, entries)), default=None)


def told(rule, entry, entries, clock):
    today = [e for e in entries if day_of(e.time) == day_of(clock)]
    return today, len(today), len(today)
