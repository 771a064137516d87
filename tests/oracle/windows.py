# SPDX-License-Identifier: Apache-2.0
"""When the condition of a `check` or `count` rule holds for one scope, from the list of all its events.

An entry is an event that matches: `time` is the event's, `clock` and `number` say when it came in.
"""


class Entry:
    def __init__(self, number, clock, report, value):
        self.number, self.clock, self.report, self.value = number, clock, report, value

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


def running(rule, entries, clock):
    """Has the window (clock - within, clock] enough?"""
    if rule.block == "check":
        return False
    return sizes(rule, [e for e in entries if clock - rule.within < e.time <= clock])[0] >= rule.at_least


def last_held(rule, entries):
    """The end of the last moment or span at which the condition held, were nothing more to come."""
    ends = [e.clock for e in entries if holds_at(rule, e, entries)]
    if rule.block == "count":
        ends += [e.time + rule.within for e in entries if running(rule, entries, e.time + rule.within - 1)]
    return max(ends, default=None)


def would_be_open(rule, entries, ended_by_officer, now):
    """Were these entries all there had ever been: would an episode be open now? Walks through them in their order
    of arrival. ended_by_officer: (number, clock) of the actions that ended an episode of this scope."""
    fired, blocked, known = None, False, []

    def settle(clock):
        nonlocal fired, blocked
        if fired is None:
            return
        quiet, expiry = last_held(rule, known) + rule.quiet_for, fired + rule.expires
        if quiet <= min(clock, expiry):
            fired = None
        elif expiry <= clock:
            fired, blocked = None, True

    steps = [(e.number, e.clock, e) for e in entries] + [(n, c, None) for n, c in ended_by_officer]
    for _, clock, entry in sorted(steps, key=lambda s: s[0]):
        settle(clock)
        if entry is None:
            fired = None
            continue
        blocked = blocked and running(rule, known, clock)
        known.append(entry)
        if holds_at(rule, entry, known):
            if fired is None and not blocked:
                fired = clock
            elif fired is not None and rule.again_after is not None and clock - fired >= rule.again_after:
                fired = clock
    settle(now)
    return fired is not None
