# SPDX-License-Identifier: Apache-2.0
"""One city: its clock, what it has accepted, and what follows from it. Nothing is kept that could be computed anew
from the list of accepted reports, but for what was said: levels and episodes."""
import copy

import campaigns
import conditions
import scores
import windows
from calendar_of import day_of, midnight
from episodes import BEGIN, END, ESCALATE, LEVEL, Episode
from ruleset import LEVELS


class Report:
    """A report in its place: the data of the version that is valid, at the time and with the id of the first."""

    def __init__(self, event, late):
        self.kind = event["type"].split(".")[1]
        self.source, self.id, self.time, self.late = event["source"], event["id"], event["time"], late
        self.names = {(event["source"], event["id"])}  # all names under which a correction may mean this report
        self.data, self.data_late = event["data"], late
        self.waits_since = None  # clock at which a correction came whose report had not
        self.corrected_by = None  # (time, id) of the valid correction

    def order(self):
        return (self.time, self.id, self.source)

    def stands(self):
        return self.data.get("status") != "refuted"

    def in_windows(self):
        return not self.late and not self.data_late


class LevelRule:
    """A `level` rule at one place: since when the level is reached, and until when the condition last held."""

    def __init__(self):
        self.since = self.last_held = None
        self.held_from = None  # when it began to hold
        self.holds = self.blocked = False


class City:
    def __init__(self, code, rules, reference, ids):
        self.code, self.rules, self.reference, self.ids = code, rules, reference, ids
        self.kelurahan = [a for a in reference.areas if a.startswith(code + ".")]
        self.districts = sorted({a[:8] for a in self.kelurahan})
        self.places = self.kelurahan + self.districts + [code]
        self.clock = None
        self.looked_at = None  # the last time up to which full minutes were looked at
        self.number = 0
        self.reports = []
        self.level = {place: 0 for place in self.places}
        self.patterns = [copy.copy(rule) for rule in rules.patterns]
        self.entries = {}  # (rule, scope) -> entries, in the order of arrival
        self.done, self.begun = -conditions.FOREVER, {}  # up to when deadlines have taken effect; of (rule, scope)
        self.open, self.episodes, self.blocked = {}, [], set()
        self.ended = {}  # (rule, scope) -> (number, clock) of the actions that ended an episode
        self.level_rules = {
            (rule, place): LevelRule() for rule in rules.levels for place in self.places
            if len(place) == {"area": 13, "district": 8, "city": 5}[rule.per]
        }  # fmt: skip
        self.campaigns = {}  # campaign -> the event of its valid version
        self.lasting = {}  # (rule, scope) of clashes and quotas that hold -> until when at the latest
        self.out = []

    # ---- what is computed anew each time

    def parts(self):
        return scores.parts([r for r in self.reports if r.stands()], self.rules, self.reference)

    def own_levels(self):
        """Places that have a level of their own, and are not told it by their kelurahan."""
        return self.places if self.rules.risk.rollup == "sum" else self.kelurahan

    def roll_up(self):
        if self.rules.risk.rollup == "max":
            for place in self.districts + [self.code]:
                self.level[place] = max(self.level[a] for a in self.kelurahan if a.startswith(place))

    def score(self, place, of_parts):
        return scores.score(self.leading(place, of_parts), of_parts, self.clock)

    def leading(self, place, of_parts):
        """The place whose parts make the score of a place: with max the kelurahan that has the highest."""
        if self.rules.risk.rollup == "sum" or place in self.kelurahan:
            return place
        return max((a for a in self.kelurahan if a.startswith(place)), key=lambda a: scores.score(a, of_parts, self.clock))

    def unclear(self, place, of_parts):
        """Are contributions not to be compared: two reports of one id (one too old to be corrected), or two kelurahan
        that lead together?"""
        leader = self.leading(place, of_parts)
        best = scores.score(leader, of_parts, self.clock)
        rivals = [a for a in self.kelurahan if a.startswith(place) and a != leader and leader != place]
        tie = any(scores.reached(scores.score(a, of_parts, self.clock), best) for a in rivals)
        return tie or len({r.id for r in self.reports}) < len(self.reports)

    # ---- deadlines

    def deadlines(self, until):
        """All deadlines that are due by then, as (time, phase, rule id, scope, what to do)."""
        for (rule, scope), episode in self.open.items():
            expiry, quiet = episode.since + rule.expires, self.quiet_end(rule, scope)
            over = self.over_by_itself(rule, scope)
            if over is not None:
                yield min(over, expiry), END, rule.id, scope, (self.close, episode, "expired")
            elif quiet is not None and quiet <= expiry:
                yield max(quiet, self.clock), END, rule.id, scope, (self.close, episode, "resolved")
            else:
                yield expiry, END, rule.id, scope, (self.close, episode, "expired")
            for due, act in ((episode.next_escalation(), self.escalate), (episode.next_reminder(self.clock), self.remind)):
                if due is not None:
                    yield max(due, self.clock), ESCALATE, rule.id, scope, (act, episode)
        for (rule, place), state in self.level_rules.items():
            if state.since is not None and not state.holds:
                begin = self.next_in_stages(rule, state.since + rule.hold_for, until)
                if begin is not None:
                    yield begin, BEGIN, rule.id, (rule.per, place), (self.level_begins, rule, place)
            if state.holds and rule.stages is not None:
                days = range(day_of(state.held_from) + 1, day_of(until) + 1)
                end = next((midnight(day) for day in days if not rule.in_stages(midnight(day))), None)
                if end is not None:
                    yield end, END, rule.id, (rule.per, place), (self.level_pauses, rule, place)
        for (rule, scope), until in self.lasting.items():
            yield until, END, rule.id, scope, (self.over, rule, scope, "expired")
        for (rule, scope), entries in self.entries.items():
            for due in conditions.of(rule).due(rule, entries, self.done_of(rule, scope)):
                yield due, BEGIN, rule.id, scope, (self.begin, rule, scope)
        of_parts = self.parts()
        for place in self.own_levels():
            if self.level[place]:
                minute = scores.first_minute_left(self.level[place], place, of_parts, self.looked_at, until, self.rules.risk)
                if minute is not None:
                    yield minute, LEVEL, "", ("", ""), (self.levels_fall,)

    def over_by_itself(self, rule, scope):
        if rule.each is None:
            return None
        return conditions.over(rule, self.entries[rule, scope], self.done_of(rule, scope))

    def quiet_end(self, rule, scope):
        if rule.block in ("clash", "quota"):
            return None
        if rule.block != "level":
            return conditions.of(rule).last_held(rule, self.entries[rule, scope], self.done_of(rule, scope)) + rule.quiet_for
        state = self.level_rules[rule, scope[1]]
        return None if state.holds else state.last_held + rule.quiet_for

    def start(self, clock):
        """The first event: who is waited for, and at which moments that are still to come."""
        self.clock, self.done = clock, clock - 1
        members = {"area": self.kelurahan, "district": self.districts}
        members["polling_station"] = [s for s in self.reference.stations if s.startswith(self.code)]
        for rule in self.patterns:
            rule.first_day = day_of(clock)
        for rule in [r for r in self.patterns if r.each]:
            moments = self.reference.calendar.moments(rule.by, rule.since)
            rule.moments = [m for m in moments if m[1] >= clock and rule.in_stages(m[1])]
            rule.members = {(rule.each, name) for name in members.get(rule.each, [])}
            for scope in rule.members:
                self.entries[rule, scope] = []

    def next_in_stages(self, rule, time, until):
        """A moment, or if the rule does not hold on its day the next midnight at which it may."""
        if rule.stages is None:
            return time
        time = max(time, self.clock)
        while time <= until and not rule.in_stages(time):
            time = midnight(day_of(time) + 1)
        return time if time <= until else None

    def done_of(self, rule, scope):
        return max(self.done, self.begun.get((rule, scope), self.done))

    def advance(self, target):
        """The deadlines up to and including a time, in their order; then the clock is there, or stays ahead."""
        if self.clock is None:
            self.start(target)
        round_ = set()  # what was due when the moment, or its last round, began
        while True:
            due = {(*d[:4], d[4][0].__name__): d[4] for d in self.deadlines(target) if d[0] <= target}
            if not due:
                break
            if not round_ & due.keys():
                first = min(due)[0]
                round_ = {key for key in due if key[0] == first}
            key = min(round_ & due.keys(), key=lambda d: (*d[:3], d[3][::-1]))
            round_.remove(key)
            self.clock, (act, *arguments) = key[0], due[key]
            act(*arguments)
        self.clock = self.looked_at = self.done = max(self.clock, target)

    def levels_fall(self):
        self.looked_at = self.clock
        before, of_parts = dict(self.level), self.parts()
        for place in self.own_levels():
            self.level[place] = scores.held(self.level[place], place, of_parts, self.clock, self.rules.risk)
        self.roll_up()
        self.say_risk(before, of_parts)
        self.follow_levels(before, correction=False, taken_out=False)

    def escalate(self, episode):
        to = episode.rule.escalate[episode.tier][1]
        episode.tier += 1
        self.say(episode, "escalated", to)

    def remind(self, episode):
        episode.reminded = (self.clock - episode.acknowledged_at) // episode.rule.remind
        self.say(episode, "reminded")

    # ---- episodes

    def say(self, episode, step, to=None, **more):
        self.out.append(episode.step(self.clock, step, to, **more))

    def fire(self, rule, scope, level, events=None, area=None, counts=None, reports=()):
        episode = Episode(rule, scope, self.clock, level, (self.code, len(self.episodes)))
        episode.area, episode.events, episode.reports = area, events, reports
        self.episodes.append(episode)
        self.open[rule, scope] = episode
        self.say(episode, "fired", events=events, **(counts or {}))

    def close(self, episode, state, to=None, step=None):
        key = (episode.rule, episode.scope)
        del self.open[key]
        episode.state = state
        if state == "expired":
            self.block(*key)
        self.say(episode, step or state, to)

    def over(self, rule, scope, step):
        """A clash or a quota holds no longer."""
        del self.lasting[rule, scope]
        if (rule, scope) in self.open:
            self.close(self.open[rule, scope], step)
        self.blocked.discard((rule, scope))

    def block(self, rule, scope):
        """Not again until the condition has ended."""
        if rule.block == "level":
            state = self.level_rules[rule, scope[1]]
            state.blocked = state.holds
        else:
            self.blocked.add((rule, scope))

    def level_begins(self, rule, place, by_event=False):
        state, scope = self.level_rules[rule, place], (rule.per, place)
        state.holds, state.held_from = True, self.clock
        episode = self.open.get((rule, scope))
        if episode and by_event and rule.again_after is not None and self.clock - episode.since >= rule.again_after:
            self.close(episode, "resolved", to=[])
            episode = None
        if episode:
            self.raise_level(rule, place)
        elif not state.blocked:
            level = self.level[place] if rule.level is None else rule.level
            self.fire(rule, scope, level, area=place)

    def level_pauses(self, rule, place):
        """The last day of its stages is over."""
        state = self.level_rules[rule, place]
        state.last_held, state.holds, state.blocked = self.clock, False, False

    def raise_level(self, rule, place):
        episode = self.open.get((rule, (rule.per, place)))
        if rule.stages is not None and not self.level_rules[rule, place].holds:
            return
        if episode and rule.level is None and self.level[place] > episode.level:
            episode.level = self.level[place]
            episode.confirmed = False  # nobody has confirmed this level
            self.say(episode, "raised")

    def follow_levels(self, before, correction, taken_out):
        for (rule, place), state in self.level_rules.items():
            was, now = before[place] >= rule.at, self.level[place] >= rule.at
            if was and not now:
                if state.holds:
                    state.last_held = self.clock
                state.since, state.holds, state.blocked = None, False, False
                episode = self.open.get((rule, (rule.per, place)))
                if correction and episode:
                    self.close(episode, "withdrawn")
            elif now and not was:
                state.since = self.clock
                state.blocked = taken_out and rule.hold_for == 0
                if rule.hold_for == 0 and rule.in_stages(self.clock):
                    self.level_begins(rule, place, by_event=not taken_out)
            self.raise_level(rule, place)

    # ---- risk

    def say_risk(self, before, of_parts):
        for place in self.places:
            if self.level[place] != before[place]:
                within = self.leading(place, of_parts)
                named = {}
                for p in of_parts:
                    if p.place.startswith(within):
                        key = (p.report.id, p.rule.id)
                        named[key] = named.get(key, 0.0) + p.at(self.clock)
                self.out.append({
                    "time": self.clock, "kind": "risk", "area": place, "score": self.score(place, of_parts),
                    "level": LEVELS[self.level[place]], "previous": LEVELS[before[place]],
                    "unclear": self.unclear(place, of_parts),
                    "contributions": sorted(([w, *key] for key, w in named.items()), key=lambda c: -c[0]),
                })  # fmt: skip

    def look_at_levels(self, parts_before, parts_after, correction, taken_out):
        def weights(of_parts, place):
            """Weights by time and half-life: what does not change these changes the score at no time."""
            result = {}
            for p in of_parts:
                if p.place.startswith(place):
                    key = (p.report.time, p.rule.half_life)
                    result[key] = result.get(key, 0.0) + p.weight
            return result

        def same_score(place):
            old, new = weights(parts_before, place), weights(parts_after, place)
            return old.keys() == new.keys() and all(abs(old[k] - new[k]) <= 1e-12 * old[k] for k in old)

        before, risk = dict(self.level), self.rules.risk
        for place in self.own_levels():
            if same_score(place):
                continue
            up = scores.entered(place, parts_after, self.clock, risk)
            stays = 0 if correction else scores.held(self.level[place], place, parts_after, self.clock, risk)
            self.level[place] = max(up, stays)
        self.roll_up()
        self.say_risk(before, parts_after)
        self.follow_levels(before, correction, taken_out)

    # ---- events

    def apply_report(self, event, late):
        """Puts a report or a correction in its place, and says what follows."""
        self.number += 1
        first = len(self.out)
        data, parts_before = event["data"], self.parts()
        report, is_correction = self.place(event, late)
        if report is not None:
            taken_out = not report.stands()
            self.look_at_levels(parts_before, self.parts(), is_correction, taken_out)
            self.match_patterns(report)
        self.in_order(first)

    def in_order(self, first):
        """Risk events came first, and in their order; alerts are sorted by rule and scope."""
        said = self.out[first:]
        alerts = sorted((o for o in said if o["kind"] == "alert"), key=lambda o: (o["rule"], o["scope"][1]))
        self.out[first:] = [o for o in said if o["kind"] == "risk"] + alerts

    def place(self, event, late):
        """(the report whose version changed or None, is the event a correction)"""
        data, key = event["data"], (event["source"], event["id"])
        corrects = data.get("corrects")
        if not corrects:
            before = self.named(key)
            if before and self.clock - (before.waits_since or before.time) <= self.dedupe:
                return None, False  # a correction that came before stands in its place
            self.reports.append(Report(event, late))
            return self.reports[-1], False
        target = (data.get("corrects_source") or event["source"], corrects)
        rank = (event["time"], event["id"])
        report, waiting = self.young(self.named(target)), self.young(self.named(key))
        if report is None and waiting is None:
            report = Report(event, late)
            report.source, report.id = target
            report.waits_since = self.clock
            report.names.add(target)
            report.corrected_by = rank
            self.reports.append(report)
            return report, True
        if report is not None and waiting is not None and waiting is not report:
            self.unite(report, waiting)
            changed = True
        else:
            report, changed = report or waiting, False
            if report is waiting and target not in report.names:
                report.source, report.id = target  # a report further back is the first now
        report.names |= {key, target}
        if report.corrected_by is None or rank > report.corrected_by:
            report.corrected_by, report.data, report.data_late, changed = rank, data, late, True
        return (report if changed else None), True

    def unite(self, report, waiting):
        """A correction of a correction that had not come yet: both turn out to mean one report."""
        self.reports.remove(waiting)
        report.names |= waiting.names
        if report.corrected_by is None or waiting.corrected_by > report.corrected_by:
            report.corrected_by, report.data, report.data_late = waiting.corrected_by, waiting.data, waiting.data_late
        for entries in self.entries.values():
            own = [e for e in entries if e.report in (report, waiting)]
            for entry in own:
                if entry.report is not own[-1].report:
                    entries.remove(entry)  # the later one has fired last
            for entry in own:
                entry.report = report

    def young(self, report):
        """The report, where it can still be corrected."""
        return report if report is not None and self.clock - report.time <= self.dedupe else None

    def named(self, key):
        return next((r for r in reversed(self.reports) if key in r.names), None)

    def apply_other(self, event, late):
        """What is neither corrected nor scored: a consignment's step, a readiness."""
        self.number += 1
        first = len(self.out)
        self.match_patterns(Report(event, late))
        self.out[first:] = sorted(self.out[first:], key=lambda o: (o["rule"], o["scope"][1]))

    def match_patterns(self, report):
        for rule in self.patterns:
            taken_out, now, parts = [], None, rule.fitting(report.kind, report.data, report.time, self.seen(report))
            if report.stands() and parts and (rule.block == "check" or report.in_windows()):
                now = rule.scope(report.data)
            value = windows_value(rule, report.data)
            if rule.block == "count" and rule.distinct and value is None:
                now = None
            for (other, scope), entries in list(self.entries.items()):
                for entry in [e for e in entries if other is rule and e.report is report]:
                    stay = entry.parts & parts if scope == now else frozenset()
                    if stay < entry.parts:
                        taken_out.append(scope)
                    if stay:
                        entry.value, entry.parts, parts = value, stay, parts - stay
                    else:
                        entries.remove(entry)
                    self.reconsider(rule, scope)
            if now and parts:
                self.enter(rule, now, windows.Entry(self.number, self.clock, report, value, parts))
            for scope in taken_out:
                self.begins_nothing(rule, scope)

    def seen(self, report):
        """What an expression sees of the risk of a report's place, when it comes."""
        place = smallest([report.data["area"]])
        return {"level": LEVELS[self.level[place]]}

    def reconsider(self, rule, scope):
        """Something was taken out: is there still reason for the open episode?"""
        episode, entries = self.open.get((rule, scope)), self.entries[rule, scope]
        ended = self.ended.get((rule, scope), [])
        if episode and not conditions.would_be_open(rule, entries, ended, self.clock):
            self.close(episode, "withdrawn")
        self.unblock(rule, scope)

    def begins_nothing(self, rule, scope):
        """What goes on holding when something was taken out begins only after it has ended."""
        if rule.lasting and (rule, scope) not in self.open and self.runs(rule, scope):
            self.blocked.add((rule, scope))

    def runs(self, rule, scope):
        return conditions.of(rule).running(rule, self.entries[rule, scope], self.clock, self.done_of(rule, scope))

    def unblock(self, rule, scope):
        if (rule, scope) in self.blocked and not self.runs(rule, scope):
            self.blocked.discard((rule, scope))

    def enter(self, rule, scope, entry):
        entries = self.entries.setdefault((rule, scope), [])
        self.unblock(rule, scope)
        entries.append(conditions.ending(entry))
        self.unblock(rule, scope)
        entries[-1] = entry
        if not conditions.of(rule).holds_at(rule, entry, entries):
            return
        if self.makes_room(rule, scope):
            self.pattern_fires(rule, scope, entry)

    def makes_room(self, rule, scope):
        """Whether an event may begin an episode now; one that is open ends by `again_after`."""
        episode = self.open.get((rule, scope))
        if not episode:
            return (rule, scope) not in self.blocked
        if rule.again_after is None or self.clock - episode.since < rule.again_after:
            return False
        self.close(episode, "resolved", to=[])
        return True

    def begin(self, rule, scope):
        """A deadline at which a condition begins to hold."""
        self.unblock(rule, scope)
        self.begun[rule, scope] = self.clock
        if (rule, scope) not in self.open and (rule, scope) not in self.blocked:
            self.pattern_fires(rule, scope, None)

    def pattern_fires(self, rule, scope, entry):
        behind, count, distinct = conditions.of(rule).told(rule, entry, self.entries[rule, scope], self.clock)
        counts = {} if count is None else {"count": count, "distinct": distinct}
        reports = [e.report for e in sorted(behind, key=lambda e: e.report.order())][-100:]
        areas = {e.report.data["area"] for e in behind}
        if rule.each:
            areas = {scope[1].split("/")[0]} if rule.each != "consignment" else {self.code}
        names = [(r.source, r.id) for r in reports if r.kind == "report"]
        self.fire(rule, scope, rule.level, [r.id for r in reports], smallest(areas), counts, names)

    def apply_campaign(self, event):
        """The valid version may change; then all clashes and quotas are looked for anew."""
        self.number += 1
        name, order = event["data"]["campaign"], (event["time"], event["id"])
        known = self.campaigns.get(name)
        if known is not None and order < (known["time"], known["id"]):
            return
        self.campaigns[name] = event
        first = len(self.out)
        for rule in self.rules.plans:
            entries = {
                n: e for n, e in self.campaigns.items() if e["data"]["status"] != "cancelled" and rule.matches(e["data"], e["time"], e["data"]["starts_at"])
            }
            held = {"clash": campaigns.clashes, "quota": campaigns.quotas}[rule.block](rule, entries, self.kelurahan, self.clock)
            for key in [k for k in self.lasting if k[0] is rule and k[1] not in held]:
                self.over(*key, "resolved")
            for scope, (until, behind, size) in held.items():
                self.lasting[rule, scope] = until
                if event in behind:
                    self.plan_holds(rule, scope, behind, size)
        self.out[first:] = sorted(self.out[first:], key=lambda o: (o["rule"], o["scope"][1]))

    def plan_holds(self, rule, scope, behind, size):
        if not self.makes_room(rule, scope):
            return
        codes = {a for e in behind for a in e["data"]["areas"]}
        area = next(c for c in ({a[:size] for a in codes} for size in (13, 8, 5)) if len(c) == 1 and (min(map(len, codes)) >= len(next(iter(c)))))
        events = [e["id"] for e in sorted(behind, key=lambda e: (e["time"], e["id"], e["source"]))]
        self.fire(rule, scope, rule.level, events[-100:], next(iter(area)), {"count": len(behind), "distinct": size})

    def apply_action(self, event):
        self.number += 1
        data = event["data"]
        episode = self.ids(self, data["alert"])
        if episode.state not in ("firing", "acknowledged"):
            return
        action = data["action"]
        if action in ("resolve", "false_alarm"):
            key = (episode.rule, episode.scope)
            self.ended.setdefault(key, []).append((self.number, self.clock))
            if episode.rule.block == "level" or key in self.lasting or (key in self.entries and key[0].lasting and self.runs(*key)):
                self.block(*key)
            first = len(self.out)
            self.close(episode, "resolved")
            if data.get("refute"):
                self.refute_behind(episode, event)
                self.in_order(first)
            return
        if action == "snooze":
            episode.snoozed_until = data["until"]
            self.say(episode, "snoozed")
            return
        episode.state = "acknowledged"
        if episode.acknowledged_at is None:
            episode.acknowledged_at = self.clock
        if action == "confirm":
            episode.confirmed = True
        step = {"acknowledge": "acknowledged", "confirm": "confirmed", "assign": "assigned", "mitigate": "mitigated"}
        self.say(episode, step[action])

    def refute_behind(self, episode, action):
        """The reports behind a false alarm are refuted at one moment, with the action's time and id."""
        rank, parts_before, gone = (action["time"], action["id"]), self.parts(), []
        for report in map(self.named, episode.reports):
            if self.young(report) is None or (report.corrected_by is not None and report.corrected_by > rank):
                continue
            report.corrected_by, report.data = rank, {**report.data, "status": "refuted"}
            gone.append(report)
        self.look_at_levels(parts_before, self.parts(), correction=True, taken_out=True)
        touched = []
        for (rule, scope), entries in self.entries.items():
            stay = [e for e in entries if e.report not in gone]
            if len(stay) < len(entries):
                entries[:] = stay
                touched.append((rule, scope))
        for rule, scope in touched:
            self.reconsider(rule, scope)
            self.begins_nothing(rule, scope)


def smallest(areas):
    """The smallest place that contains them."""
    for size in (13, 8, 5):
        if len({a[:size] for a in areas}) == 1 and min(map(len, areas)) >= size:
            return next(iter(areas))[:size]


def windows_value(rule, data):
    from ruleset import field

    if rule.block != "count" or not rule.distinct:
        return None
    if rule.distinct in ("reporter.ref", "report.reporter.ref"):
        return scores.voice(data) if data.get("reporter") else None
    return field(data, rule.distinct)
