# SPDX-License-Identifier: Apache-2.0
"""Scores as literal sums over all reports that stand, and the levels that follow from them."""

MINUTE = 60_000


def reached(score, limit):
    return score >= limit * (1 - 1e-9)


class Part:
    """What one report adds to one place by one rule, before decay."""

    def __init__(self, report, rule, place, weight):
        self.report, self.rule, self.place, self.weight = report, rule, place, weight

    def at(self, now):
        return self.weight * 2.0 ** (-(now - self.report.time) / self.rule.half_life)


def voice(data):
    """Who speaks: the reporter, or the household where one is given. A household is no reporter of its name."""
    reporter = data["reporter"]
    return ("household", reporter["household"]) if reporter.get("household") else ("reporter", reporter["ref"])


def voice_rank(report, reports, within):
    return 1 + sum(
        1
        for other in reports
        if voice(other.data) == voice(report.data)
        and other.data["area"] == report.data["area"]
        and other.order() < report.order()
        and report.time - other.time < within
    )


def parts(reports, rules, reference):
    """Every part of every kelurahan's score: own ones and those that spill over from a neighbour."""
    risk, result = rules.risk, []
    for report in reports:
        factor = risk.voice_factor ** (voice_rank(report, reports, risk.voice_within) - 1)
        data = report.data
        for rule in rules.scoring:
            if not rule.matches(data, report.time):
                continue
            weight = rule.weight(data, report.time) * risk.source[data["source"]] * risk.content[str(data["content"])] * factor
            if weight == 0:
                continue
            result.append(Part(report, rule, data["area"], weight))
            if rule.spill:
                for place in sorted(reference.neighbours[data["area"]]):
                    result.append(Part(report, rule, place, weight * rule.spill))
    return result


def score(place, of_parts, now):
    """Sum over the parts within a place; a kecamatan's code begins those of its kelurahan, a city's too."""
    return sum(p.at(now) for p in of_parts if p.place.startswith(place))


def reporters(place, of_parts, now):
    total = score(place, of_parts, now)
    by_report = {}
    for p in of_parts:
        if p.place.startswith(place):
            by_report.setdefault(p.report, []).append(p.at(now))
    return len({voice(r.data) for r, w in by_report.items() if reached(sum(w), 0.01 * total)})


def entered(place, of_parts, now, risk):
    """The highest level whose threshold and number of reporters are met."""
    total, voices = score(place, of_parts, now), reporters(place, of_parts, now)
    return max(i for i in range(4) if i == 0 or (reached(total, risk.threshold[i]) and voices >= risk.reporters[i]))


def held(level, place, of_parts, now, risk):
    """What is left of a level that decays: each level stays until its own lower limit is passed."""
    total = score(place, of_parts, now)
    while level and not reached(total, risk.leave_at * risk.threshold[level]):
        level -= 1
    return level


def first_minute_left(level, place, of_parts, after, until, risk):
    """The first full minute in (after, until] at which a place leaves its level, or None. Scores only fall
    between events, so that halving the span finds it."""
    low, high = after // MINUTE + 1, until // MINUTE

    def left(minute):
        return held(level, place, of_parts, minute * MINUTE, risk) < level

    if high < low or not left(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if left(middle) else (middle + 1, high)
    return low * MINUTE
