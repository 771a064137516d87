# SPDX-License-Identifier: Apache-2.0
"""When the condition of an `absence` rule holds: whatever waits, for itself, against all that was expected.

What waits is an event (`after`), or a member of the city (`each`) at one election. Something expected answers it from
the moment `since`; from `due` on it is overdue, to `end` at most.
"""
from collections import namedtuple

FOREVER = float("inf")
AFTER, EXPECT = 0, 1  # the parts of a rule with `after`; where members are waited for: seen, expected

Waiting = namedtuple("Waiting", "since due end number clock entry")


def waiting(rule, entries):
    if rule.each is None:
        return [
            Waiting(e.time, e.time + rule.within, FOREVER, e.number, e.clock, e)
            for e in entries if AFTER in e.parts and rule.in_stages(e.time) and rule.in_stages(e.time + rule.within)
        ]  # fmt: skip
    result = []
    for since, due, end in rule.moments:
        if rule.each != "consignment":
            result.append(Waiting(since, due, end, -1, -FOREVER, None))
        seen = [e for e in entries if e.time >= since]
        if rule.each == "consignment" and seen:
            first = min(seen, key=lambda e: e.number)
            result.append(Waiting(since, due, end, first.number, first.clock, None))
    return result


def answers(waits, entries):
    return [e for e in entries if EXPECT in e.parts and (not waits.entry or e.report is not waits.entry.report) and e.time >= waits.since]


def overdue_at_once(waits):
    return waits.due <= waits.clock


def span(waits, entries):
    """From when to when it is overdue: (begin, end), or None where it never is."""
    if overdue_at_once(waits):
        begin, known = waits.clock, [e for e in entries if e.number <= waits.number]
    else:
        begin, known = waits.due, [e for e in entries if e.clock < waits.due]
    if begin >= waits.end or answers(waits, known):
        return None
    return begin, min([e.clock for e in answers(waits, entries)] + [waits.end])


def begun(rule, entries, done):
    """The spans that have begun."""
    found = [(w, span(w, entries)) for w in waiting(rule, entries)]
    return [s for w, s in found if s and (overdue_at_once(w) or w.due <= done)]


def holds_at(rule, entry, entries):
    known = [e for e in entries if e.number <= entry.number]
    return any(w.number == entry.number and overdue_at_once(w) and span(w, known) for w in waiting(rule, known))


def running(rule, entries, clock, done):
    return any(end == FOREVER or clock < end for _, end in begun(rule, entries, done))


def due(rule, entries, done):
    return [w.due for w in waiting(rule, entries) if w.due > done and not overdue_at_once(w) and span(w, entries)]


def last_held(rule, entries, done):
    return max((end for _, end in begun(rule, entries, done)), default=None)


def told(rule, entry, entries, clock):
    """What is overdue; of members nothing is told."""
    if rule.each is not None:
        return [], 0, 0
    behind = [w.entry for w in waiting(rule, entries) if w.due <= clock and not answers(w, entries)]
    return behind, len(behind), len(behind)


def over(rule, entries, done):
    """When what nobody answered is over by itself, or None."""
    spans = begun(rule, entries, done)
    ends = [end for _, end in spans if end in [w.end for w in waiting(rule, entries)] and end != FOREVER]
    return max(ends) if ends and max(ends) == last_held(rule, entries, done) else None
