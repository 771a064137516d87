# SPDX-License-Identifier: Apache-2.0
"""When the condition of a `sequence` rule holds: all runs among all events of a scope, looked for one by one.

An entry's `parts` are the numbers of the steps that its event satisfies.
"""


def order(entry):
    return entry.report.order()


def wanted(rule):
    return [n for n, part in enumerate(rule.parts) if not part.negated]


def ends_negated(rule):
    return rule.parts[-1].negated


def runs(rule, entries):
    """Every list of events that are the steps which must come, with none between them that must not."""
    steps = wanted(rule)

    def longer(run):
        if len(run) == len(steps):
            return [run] if calm_end(rule, run, entries) else []
        found = []
        for entry in entries:
            if steps[len(run)] in entry.parts and (not run or fits(rule, run, entry, steps, entries)):
                found += longer(run + [entry])
        return found

    return longer([])


def fits(rule, run, entry, steps, entries):
    if not order(run[-1]) < order(entry) or entry.time - run[0].time >= rule.within:
        return False
    forbidden = set(range(steps[len(run) - 1] + 1, steps[len(run)]))
    return not any(e.parts & forbidden and order(run[-1]) < order(e) < order(entry) for e in entries)


def calm_end(rule, run, entries):
    forbidden = set(range(wanted(rule)[-1] + 1, len(rule.parts)))
    end = deadline(rule, run)
    if forbidden and not rule.in_stages(end):
        return False  # such a deadline is dropped
    return not any(e.parts & forbidden and order(run[-1]) < order(e) and e.time < end for e in entries)


def deadline(rule, run):
    return run[0].time + rule.within


def runs_at(rule, entry, entries):
    """The runs that an event completes when it comes, those that need no waiting."""
    known = [e for e in entries if e.number <= entry.number]
    found = [run for run in runs(rule, known) if entry in run]
    return [run for run in found if not ends_negated(rule) or deadline(rule, run) <= entry.clock]


def runs_due(rule, time, entries):
    """The runs over which a deadline passes, with what had come before it."""
    known = [e for e in entries if e.clock < time]
    return [run for run in runs(rule, known) if deadline(rule, run) == time]


def holds_at(rule, entry, entries):
    return bool(runs_at(rule, entry, entries))


def running(rule, entries, clock, done):
    return False


def due(rule, entries, done):
    """The deadlines behind `done` at which the condition begins, with what has come."""
    if not ends_negated(rule):
        return []
    return [deadline(rule, run) for run in runs(rule, entries) if deadline(rule, run) > done]


def last_held(rule, entries, done):
    ends = [e.clock for e in entries if holds_at(rule, e, entries)]
    if ends_negated(rule):
        times = {e.time + rule.within for e in entries if e.time + rule.within <= done}
        ends += [t for t in times if runs_due(rule, t, entries)]
    return max(ends, default=None)


def told(rule, entry, entries, clock):
    """The events of the alert: the run that begins last, each step as late as can be."""
    found = runs_at(rule, entry, entries) if entry else runs_due(rule, clock, entries)
    run = max(found, key=lambda r: [order(e) for e in r])
    return run, len(run), len(run)
