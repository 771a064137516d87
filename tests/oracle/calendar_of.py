# SPDX-License-Identifier: Apache-2.0
"""Stages of elections and the moments that are counted from them. Days are local days, numbered from 1970."""
import datetime

DAY, HOUR, MINUTE = 86_400_000, 3_600_000, 60_000
LOCAL = 7 * HOUR


def day_of(time):
    return (time + LOCAL) // DAY


def midnight(day):
    return day * DAY - LOCAL


def day_number(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


class Calendar:
    def __init__(self, rows):
        self.elections = {}
        for row in rows:
            days = (day_number(row["first_day"]), day_number(row["last_day"]))
            self.elections.setdefault(row["election"], {}).setdefault(row["stage"], days)
        self.rows = [(r["stage"], day_number(r["first_day"]), day_number(r["last_day"])) for r in rows]

    def runs(self, stages, day):
        return any(stage in stages and first <= day <= last for stage, first, last in self.rows)

    def moments(self, by, since):
        """(since, by, end) of each election that has the stage."""
        for stages in self.elections.values():
            if by["stage"] not in stages:
                continue
            due = moment(stages[by["stage"]][0], by["at"])
            end = midnight(max(stages[by["stage"]][1], day_of(due)) + 1)
            if since and since["stage"] in stages:
                yield moment(stages[since["stage"]][0], since["at"]), due, end
            else:
                yield self.end_before(min(first for first, _ in stages.values())), due, end

    def end_before(self, day):
        """The end of the election that ended last before a day."""
        ends = [max(last for _, last in stages.values()) for stages in self.elections.values()]
        return max((midnight(end + 1) for end in ends if end < day), default=-float("inf"))


def moment(first, at):
    """`H-1 18:00` of a stage that begins on that day."""
    day, clock = at.split()
    hours, minutes = clock.split(":")
    return midnight(first + int(day[1:] or 0)) + int(hours) * HOUR + int(minutes) * MINUTE
