# SPDX-License-Identifier: Apache-2.0
"""What the blocks that look at events have in common, and what would be open had a report never come.

Each block is a module that says, from the list of all entries of a scope,
  holds_at   does the condition hold at this event, with what had come by then?
  due        the deadlines behind a moment at which the condition begins without an event
  running    does the condition go on holding at this clock?
  last_held  the end of the last moment or span at which it held, were nothing more to come; FOREVER while it holds
  told       (entries, count, distinct) of an alert that begins by an event or at a deadline
Deadlines up to and including `done` have taken effect.
"""
import copy

import absences
import sequences
import spikes
import windows

FOREVER = float("inf")
BLOCKS = {"check": windows, "count": windows, "sequence": sequences, "absence": absences, "spike": spikes}


def of(rule):
    return BLOCKS[rule.block]


def ending(entry):
    """The event as far as it ends something: what it begins itself comes after."""
    less = copy.copy(entry)
    less.parts = entry.parts - {0}
    return less


def over(rule, entries, done):
    """When a condition that still holds is over by itself: then its episode is `expired`."""
    return absences.over(rule, entries, done) if rule.block == "absence" else None


def would_be_open(rule, entries, ended_by_officer, now):
    """Were these entries all there had ever been: would an episode be open now? Walks through them in their order
    of arrival. ended_by_officer: (number, clock) of the actions that ended an episode of this scope."""
    walk = Walk(rule)
    steps = [(e.number, e.clock, e) for e in entries] + [(n, c, None) for n, c in ended_by_officer]
    for _, clock, entry in sorted(steps, key=lambda s: s[0]):
        walk.advance(clock)
        if entry is None:
            walk.fired, walk.blocked = None, walk.running(clock)
        else:
            walk.take(entry, clock)
    walk.advance(now)
    return walk.fired is not None


class Walk:
    def __init__(self, rule):
        self.rule, self.block, self.known = rule, of(rule), []
        self.fired, self.blocked, self.done = None, False, -FOREVER

    def running(self, clock):
        return self.rule.lasting and self.block.running(self.rule, self.known, clock, self.done)

    def settle(self, clock):
        """Ends the episode, if its end has come."""
        if self.fired is None:
            return
        end = over(self.rule, self.known, self.done)
        if end is not None and end <= clock:
            self.fired = None
            return
        quiet = self.block.last_held(self.rule, self.known, self.done) + self.rule.quiet_for
        expiry = self.fired + self.rule.expires
        if quiet <= min(clock, expiry):
            self.fired = None
        elif expiry <= clock:
            self.fired, self.blocked = None, True

    def advance(self, clock):
        while True:
            due = [t for t in self.block.due(self.rule, self.known, self.done) if t <= clock]
            if not due:
                break
            self.settle(min(due))
            self.unblock(min(due))
            self.done = min(due)
            if self.fired is None and not self.blocked:
                self.fired = self.done
        self.settle(clock)
        self.done = max(self.done, clock)

    def unblock(self, clock):
        if self.blocked and not self.block.running(self.rule, self.known, clock, self.done):
            self.blocked = False

    def take(self, entry, clock):
        self.unblock(clock)
        self.known.append(ending(entry))
        self.unblock(clock)
        self.known[-1] = entry
        if not self.block.holds_at(self.rule, entry, self.known):
            return
        if self.fired is None and not self.blocked:
            self.fired = clock
        elif self.fired is not None and self.rule.again_after is not None and clock - self.fired >= self.rule.again_after:
            self.fired = clock
