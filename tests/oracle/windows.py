# SPDX-License-Identifier: Apache-2.0
"""When the condition of a `check` or `count` rule holds for one scope, from the list of all its events.

An entry is an event that matches: `time` is the event's, `clock` and `number` say when it came in.
"""


class Entry:
    def __init__(self, number, clock, report, value, parts):
        self.number, self.clock, self.report, self.value, self.parts = number, clock, report, value, parts

    @property
    def time(self):
        return self.report.time


def sizes(rule, entries):
    """(what is counted against at_least, events, distinct values)"""
    distinct = len({repr(e.value) for e in entries}) if rule.distinct else len(entries)
    return (distinct, len(entries), distinct)


def windows_with(rule, entry, entries):
    """All windows that begin at an event and contain the given one."""
    for first in {e.time for e in entries if e.time <= entry.time and entry.time - e.time < rule.within}:
        yield [e for e in entries if first <= e.time < first + rule.within]


def largest_window(rule, entry, entries):
    return max(windows_with(rule, entry, entries), key=lambda w: sizes(rule, w))


def holds_at(rule, entry, entries):
    """Does the condition hold at this event, with what had come by then?"""
    if rule.block == "check":
        return True
    known = [e for e in entries if e.number <= entry.number]
    return sizes(rule, largest_window(rule, entry, known))[0] >= rule.at_least


def running(rule, entries, clock, done=None):
    """Has the window (clock - within, clock] enough?"""
    if rule.block == "check":
        return False
    return sizes(rule, [e for e in entries if clock - rule.within < e.time <= clock])[0] >= rule.at_least


def last_held(rule, entries, done=None):
    """The end of the last moment or span at which the condition held, were nothing more to come."""
    ends = [e.clock for e in entries if holds_at(rule, e, entries)]
    if rule.block == "count":
        ends += [e.time + rule.within for e in entries if running(rule, entries, e.time + rule.within - 1)]
    return max(ends, default=None)


def due(rule, entries, done):
    return []


def told(rule, entry, entries, clock):
    if rule.block == "check":
        return [entry], None, None
    window = largest_window(rule, entry, entries)
    return (window, *sizes(rule, window)[1:])
