# SPDX-License-Identifier: Apache-2.0
"""The reference engine: slow, obvious, and written from the text that says what the program must do, not from the
program. `run` gives what the program must say for a list of events, in its order."""
import datetime
import json

from city import City
from ruleset import Reference, RuleSet

DEFAULTS = {"kind": "incident", "source": "F", "content": 6, "status": "unverified"}


def milliseconds(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round(moment.timestamp() * 1000)


def read_event(line):
    event = json.loads(line)
    event["time"] = milliseconds(event["time"])
    data = {k: v for k, v in event["data"].items() if v is not None}
    if event["type"] == "kentongan.report.v1":
        data = {**DEFAULTS, **data}
    if event["type"] != "kentongan.action.v1":
        if data.get("tps", "").isdigit():
            data["tps"] = data["tps"].zfill(3)
    for key in ("until", "starts_at", "ends_at", "due_at"):
        if key in data:
            data[key] = milliseconds(data[key])
    event["data"] = data
    return event


class Oracle:
    """`ids` maps an alert's id, which only the program makes, to (rule id, scope key, since, how manieth such)."""

    def __init__(self, rules, reference, ids=None, lateness=24 * 3_600_000, dedupe=7 * 86_400_000):
        self.reference, self.ids = Reference(reference), ids or {}
        self.rules = RuleSet(rules, self.reference)
        self.lateness, self.dedupe = lateness, dedupe
        self.cities, self.out = {}, []
        self.counts = dict.fromkeys(("read", "applied", "duplicate", "late", "dead_letter", "rekeyed"), 0)

    def episode(self, city, alert):
        rule, scope, since, nth = self.ids.get(alert, (None, None, None, 0))
        found = [e for e in city.episodes if (e.rule.id, e.scope[1], e.since) == (rule, scope, since)]
        return found[nth] if nth < len(found) else None

    def dead_letter(self, event, reason):
        self.counts["dead_letter"] += 1
        self.out.append({"time": event["time"], "kind": "deadletter", "reason": reason})

    def feed(self, event):
        self.counts["read"] += 1
        data = event["data"]
        action = event["type"] == "kentongan.action.v1"
        campaign = event["type"] == "kentongan.campaign.v1"
        code = data["alert"][:5] if action else data["areas"][0][:5] if campaign else data["area"][:5]
        if code not in {a[:5] for a in self.reference.areas}:
            self.dead_letter(event, "unknown_alert" if action else "unknown_area")
            return
        if not action and not campaign and data["area"] not in self.places(event):
            self.dead_letter(event, "unknown_area")
            return
        city = self.cities.get(code) or City(code, self.rules, self.reference, self.episode)
        city.dedupe = self.dedupe
        behind = 0 if city.clock is None else city.clock - event["time"]
        if not hasattr(city, "accepted"):
            city.accepted = {}
        key = (event["source"], event["id"])
        if action and self.episode(city, data["alert"]) is None:
            # Its deadlines may begin the alert that it means.
            if city.clock is not None:
                self.move(city, event["time"])
            if self.episode(city, data["alert"]) is None:
                self.dead_letter(event, "unknown_alert")
                return
        if behind > self.dedupe:
            self.dead_letter(event, "too_old")
            return
        if key in city.accepted and city.clock - city.accepted[key] <= self.dedupe:
            self.counts["duplicate"] += 1
            return
        late = behind > self.lateness
        self.counts["late" if late else "applied"] += 1
        self.move(city, event["time"])
        city.accepted[key] = city.clock
        if action:
            city.apply_action(event)
        elif event["type"] == "kentongan.report.v1":
            city.apply_report(event, late)
        elif campaign:
            city.apply_campaign(event)
        else:
            city.apply_other(event, late)
        self.take(city)

    def places(self, event):
        kelurahan = set(self.reference.areas)
        if event["type"] == "kentongan.consignment.v1":
            return kelurahan | {a[:8] for a in kelurahan} | {a[:5] for a in kelurahan}
        return kelurahan

    def move(self, city, target):
        self.cities[city.code] = city
        city.advance(target)
        self.take(city)

    def take(self, city):
        self.out += city.out
        city.out = []

    def finish(self, until):
        for code in sorted(self.cities):
            if until is not None and until >= self.cities[code].clock:
                self.move(self.cities[code], until)


def run(rules, reference, lines, until=None, ids=None, **limits):
    oracle = Oracle(rules, reference, ids, **limits)
    for line in lines:
        oracle.feed(read_event(line))
    oracle.finish(until)
    return oracle.out, oracle.counts, oracle
