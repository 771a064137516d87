# SPDX-License-Identifier: Apache-2.0
"""Campaign entries: which of them meet, and on which days there are too many. All pairs, all days, each time."""
import math

import cel
import names

DAY = 86_400_000
LOCAL = 7 * 3_600_000


def day_of(time):
    return (time + LOCAL) // DAY


def day_text(day):
    import datetime

    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()


def days(entry):
    return range(day_of(entry["starts_at"]), day_of(entry["ends_at"] - 1) + 1)


def kelurahan(entry, areas):
    return {a for a in areas if any(a == code or a.startswith(code + ".") for code in entry["areas"])}


def metres(a, b):
    """The haversine formula."""
    lat, lon = math.radians(b["lat"] - a["lat"]), math.radians(b["lon"] - a["lon"])
    h = math.sin(lat / 2) ** 2 + math.cos(math.radians(a["lat"])) * math.cos(math.radians(b["lat"])) * math.sin(lon / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(min(1, math.sqrt(h)))


def near(rule, a, b, areas):
    if rule.same == "city":
        return True
    if rule.same == "area" and kelurahan(a, areas) & kelurahan(b, areas):
        return True
    if rule.same == "venue" and "venue" in a and "venue" in b and a["venue"].strip().lower() == b["venue"].strip().lower():
        return True
    if rule.near is None or "location" not in a or "location" not in b:
        return False
    return metres(a["location"], b["location"]) - a.get("radius_m", 0) - b.get("radius_m", 0) <= rule.near


def in_time(rule, a, b):
    if rule.same_day:
        return bool(set(days(a)) & set(days(b)))
    return a["starts_at"] < b["ends_at"] + rule.gap and b["starts_at"] < a["ends_at"] + rule.gap


def agree(rule, a, b):
    """Does the expression hold, with either as `a`?"""
    code, rules = a["data"]["areas"][0][:5], rule.parts[0].rules
    return rule.pair is None or any(cel.holds(rule.pair, names.Pair(x, y, code, rules)) for x, y in ((a, b), (b, a)))


def clashes(rule, entries, areas, now):
    """{scope: (until, the entries)} of what holds now."""
    held = {}
    for x, a in entries.items():
        for y, b in entries.items():
            until = max(a["data"]["ends_at"], b["data"]["ends_at"])
            if x < y and until > now and agree(rule, a, b) and near(rule, a["data"], b["data"], areas) and in_time(rule, a["data"], b["data"]):
                held["campaign_pair", f"{x}+{y}"] = (until, [a, b], 2)
    return held


def places(rule, entry, areas):
    size = {"area": 13, "district": 8, "city": 5}[rule.per]
    return {a[:size] for a in kelurahan(entry, areas)}


def quotas(rule, entries, areas, now):
    held = {}
    by_day = {}
    for entry in entries.values():
        for place in places(rule, entry["data"], areas):
            for day in days(entry["data"]):
                if day >= day_of(now):
                    by_day.setdefault((place, day), []).append(entry)
    for (place, day), there in by_day.items():
        if rule.distinct:
            there = [e for e in there if rule.distinct in e["data"]]
        values = {e["data"][rule.distinct] for e in there} if rule.distinct else there
        if len(values) > rule.at_most:
            held[f"{rule.per}_day", f"{place}/{day_text(day)}"] = ((day + 1) * DAY - LOCAL, there, len(values))
    return held
