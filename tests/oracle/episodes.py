# SPDX-License-Identifier: Apache-2.0
"""Alerts of one city: what is open, whom it told, and the deadlines of each."""
from ruleset import LEVELS

END, ESCALATE, BEGIN, LEVEL = range(4)  # the order of deadlines at one moment


class Episode:
    def __init__(self, rule, scope, since, level, nth):
        self.rule, self.scope, self.since, self.level, self.nth = rule, scope, since, level, nth
        self.state, self.tier, self.to = "firing", 0, list(rule.to)
        self.confirmed = False
        self.acknowledged_at = None
        self.snoozed_until = None
        self.reminded = 0
        self.events, self.area = [], None
        self.reports = []  # (source, id) of the reports among `events`; of a level rule none

    def next_escalation(self):
        if self.acknowledged_at is not None or self.tier == len(self.rule.escalate):
            return None
        due = self.since + self.rule.escalate[self.tier][0]
        return max(due, self.snoozed_until or due)

    def next_reminder(self, now):
        if self.acknowledged_at is None or self.rule.remind is None:
            return None
        k = self.reminded + 1
        while self.acknowledged_at + k * self.rule.remind < max(self.snoozed_until or 0, now):
            k += 1
        return self.acknowledged_at + k * self.rule.remind

    def told(self):
        roles = list(self.rule.to)
        for _, to in self.rule.escalate[: self.tier]:
            roles += [role for role in to if role not in roles]
        return roles

    def step(self, time, step, to=None, **more):
        shadow = self.rule.status == "shadow"
        return {
            "time": time, "kind": "alert", "rule": self.rule.id, "scope": list(self.scope), "step": step,
            "state": self.state, "level": LEVELS[self.level], "since": self.since, "tier": self.tier,
            "to": [] if shadow else (self.told() if to is None else to),
            "proposed": self.level == 3 and not self.confirmed, "shadow": shadow, "area": self.area,
            "episode": self.nth, **more,
        }  # fmt: skip
