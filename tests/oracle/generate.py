# SPDX-License-Identifier: Apache-2.0
"""Random small cases that concentrate on what collides: equal times, order, corrections, neighbours, deadlines.

A case is plain data, so that it can be written down and made smaller:
{"rules": .., "events": [..], "until": ms or None, "options": {"lateness": text, "dedupe": text} or {}}
"""
import datetime
import random

import generate_when

AREAS = ["11.01.01.1001", "11.01.01.1002", "11.01.01.1003", "11.01.02.1001", "11.01.02.1002", "11.02.01.1001", "11.02.01.1002"]
CATEGORIES = ["intimidation", "hoax", "provocation"]
ROLES = ["rw", "lurah"]
START = 1_731_200_400_000  # 2024-11-10T08:00:00+07:00
QUIET = ["0s", "10m", "1h", "1h", "8h"]
MINUTE, HOUR = 60_000, 3_600_000
LOCAL = datetime.timezone(datetime.timedelta(hours=7))


def moment(ms):
    text = datetime.datetime.fromtimestamp(ms / 1000, LOCAL).isoformat(timespec="milliseconds")
    return text.replace(".000+", "+")


def alert(r, level=True):
    a = {"message": {"id": "x"}, "to": r.choice([["lurah"], ["lurah", "polsek"], []])}
    if level:
        a["level"] = r.choice(["waspada", "siaga", "awas"])
    if r.random() < 0.7:
        a["quiet_for"] = r.choice(QUIET)
    if r.random() < 0.3 and level:
        a["again_after"] = r.choice(["10m", "30m", "1h"])
    if r.random() < 0.3:
        a["expires"] = r.choice(["10m", "30m", "1h", "2h"])
    if r.random() < 0.4:
        steps = sorted(r.sample([10, 20, 30, 60, 90], r.randint(1, 3)))
        a["escalate"] = [{"after": f"{m}m", "to": [r.choice(["camat", "polsek", "bupati"])]} for m in steps]
    if r.random() < 0.3:
        a["remind"] = {"every": r.choice(["10m", "30m", "1h"])}
    return a


def match(r):
    m = {}
    if r.random() < 0.6:
        m[r.choice(["category", "report.category"])] = r.choice(CATEGORIES + ["$some", ["hoax", "provocation"]])
    if r.random() < 0.4:
        m["severity"] = r.choice([1, 2, [2, 3], [1, 3]])
    if r.random() < 0.15:
        m["reporter.role"] = r.choice(ROLES)
    return m


def scope(r):
    return r.choice(["area", "area", "area", "district", "city", "polling_station", ["reporter.role"], ["category", "severity"]])


def part(r, kinds):
    """A condition of its own: an event's type and values of its fields."""
    made, on = {}, r.choice(kinds)
    if on != "report" or r.random() < 0.2:
        made["on"] = on
    if on == "report":
        made["match"] = {r.choice(["category", "severity"]): None}
        for key in made["match"]:
            made["match"][key] = r.choice(CATEGORIES + ["$some"]) if key == "category" else r.choice([1, 2, [2, 3], [1, 3]])
    if on == "consignment":
        made["match"] = r.choice([{"step": "dispatched"}, {"step": "arrived"}, {"step": ["opened", "returned"]}, {"quantity": 1}])
    if on == "readiness" and r.random() < 0.7:
        made["match"] = r.choice([{"power": True}, {"power": False}, {"police": [1, 2]}, {"readiness.police": 0}])
    return made


def kinds_of(r):
    return r.choice([["report"], ["report"], ["consignment"], ["readiness"], ["report", "readiness"], ["report", "consignment", "readiness"]])


def scope_of(r, kinds):
    if kinds == ["consignment"]:
        return r.choice(["consignment", "consignment", "consignment", "area", "district", "city", "polling_station", ["step"], ["goods", "quantity"]])
    if kinds == ["readiness"]:
        return r.choice(["area", "polling_station", "polling_station", "city", ["power"], ["tps", "police"]])
    return scope(r) if kinds == ["report"] else r.choice(["area", "area", "district", "city", "polling_station"])


def sequence(r):
    kinds = kinds_of(r)
    steps = [part(r, kinds) for _ in range(r.choice([2, 2, 3, 3, 4]))]
    for step in steps[1:]:
        if r.random() < 0.35:
            step["not"] = True
    return {"steps": steps, "within": r.choice(["10m", "30m", "1h", "6h"]), "per": scope_of(r, kinds)}


def absence(r):
    kinds = kinds_of(r)
    return {"after": part(r, kinds), "expect": part(r, kinds), "within": r.choice(["10m", "30m", "1h", "6h"]), "per": scope_of(r, kinds)}


def members(r):
    each = r.choice(["area", "district", "polling_station", "polling_station", "consignment"])
    made = {"each": each, "expect": part(r, {"consignment": ["consignment"], "polling_station": ["readiness", "report"]}.get(each, ["report", "readiness", "consignment"]))}
    made["by"] = {"stage": r.choice(["campaign", "campaign", "quiet_period", "voting"]), "at": clock_of(r)}
    if r.random() < 0.5:
        made["since"] = {"stage": r.choice(["campaign", "quiet_period"]), "at": clock_of(r)}
    return made


def spike(r):
    made = {"method": r.choice(["cusum", "cusum", "ears_c1", "ears_c2", "ears_c3"]), "min": r.choice([1, 2, 3])}
    if made["method"] == "cusum" and r.random() < 0.6:
        made["baseline"] = r.choice(["7d", "8d", "10d"])
    if made["method"] == "cusum" and r.random() < 0.5:
        made["ratio"] = r.choice([1.5, 2, 5])
    if r.random() < 0.6:
        made["threshold"] = r.choice([0.5, 1, 1.5, 2])
    if r.random() < 0.4 and made["method"] != "cusum":
        made["floor"] = r.choice([0.1, 1, 2])
    return {**made, "per": r.choice(["area", "district", "city", "city", ["category"]])}


def others(r, made):
    """A check or a count of steps of consignments or of readiness."""
    kinds = r.choice([["consignment"], ["readiness"]])
    one = {"on": kinds[0], **part(r, kinds)}
    made.update({k: v for k, v in one.items() if k != "match" or r.random() < 0.6})
    if r.random() < 0.4:
        return {**made, "check": {"per": scope_of(r, kinds)}}
    made["count"] = {"at_least": r.randint(1, 3), "within": r.choice(["10m", "30m", "1h", "6h"]), "per": scope_of(r, kinds)}
    if r.random() < 0.5:
        made["count"]["distinct"] = r.choice(["tps", "area"] + {"consignment": ["step", "consignment.goods"], "readiness": ["power", "police"]}[kinds[0]])
    return made


def clock_of(r):
    return f"H{r.choice(['', '', '', '-1', '+1'])} {r.choice(['00:00', '08:00', '08:10', '08:30', '09:00', '09:00', '10:00', '12:00'])}"


def calendar(r):
    """One to three elections with stages around the days on which most happens; stages may be missing."""
    lines, first = ["election,stage,first_day,last_day"], r.choice([9, 10, 10, 10, 10, 11])
    for n in range(r.randint(1, 3)):
        for stage in ["campaign", "quiet_period", "voting"]:
            last = first + r.choice([0, 0, 1, 2])
            if last <= 30 and r.random() < 0.9:
                lines.append(f"e{n},{stage},2024-11-{first:02},2024-11-{last:02}")
            first = last + r.choice([1, 1, 1, 2, 0])
    if len(lines) == 1:
        lines.append("e0,voting,2024-11-10,2024-11-10")
    return "\n".join(lines) + "\n"


STATIONS = "code,polling_stations\n11.01.01.1001,2\n11.01.01.1002,1\n11.01.02.1001,1\n"


def plan_rule(r, made, kind):
    if r.random() < 0.3:
        made["match"] = r.choice([{"method": "rally"}, {"method": ["rally", "debate"]}])
    made["alert"] = alert(r)
    if kind == "quota":
        made["quota"] = {"at_most": r.choice([0, 1, 1, 2]), "per": r.choice(["area", "district", "city"])}
        if r.random() < 0.3:
            made["quota"]["distinct"] = r.choice(["venue", "method", "party"])
        return made
    made["clash"] = r.choice([{"same": "area"}, {"same": "venue"}, {"same": "city"}, {"within": "500m"}, {"same": "area", "within": "2km"}])
    made["clash"] = {**made["clash"], **r.choice([{}, {"gap": "1h"}, {"gap": "30m"}, {"same_day": True}])}
    return made


def rule(r, n, blocks=()):
    kind = r.choice(["check", "score", "score", "level", "count", "count"])
    blocks = [b for b in blocks if b not in ("stages", "when")]
    if blocks and r.random() < 0.75:
        kind = r.choice(blocks)
        made = {"id": f"{r.choice('abc')}{n}-{kind}", "alert": alert(r)}
        if r.random() < 0.15:
            made["status"] = r.choice(["shadow", "off", "live"])
        if kind == "others":
            return others(r, made)
        if kind == "spike":
            made["match"] = match(r) if r.random() < 0.5 else {}
        made["absence" if kind == "members" else kind] = NEW[kind](r)
        return made
    if r.random() < 0.3:
        kind = r.choice(["clash", "quota"])
        return plan_rule(r, {"id": f"{r.choice('abc')}{n}-{kind}"}, kind)
    made = {"id": f"{r.choice('abc')}{n}-{kind}"}
    if r.random() < 0.15:
        made["status"] = r.choice(["shadow", "off", "live"])
    if kind != "level" and r.random() < 0.8:
        made["match"] = match(r)
    if kind == "score":
        made["score"] = {"add": r.choice([2, 5, 10, 10, 20, 30]), "half_life": r.choice(["30m", "1h", "1h", "6h", "3d"])}
        if r.random() < 0.5:
            made["score"]["spill"] = r.choice([0.1, 0.2, 0.4])
        return made
    made["alert"] = alert(r, kind != "level" or r.random() < 0.5)
    if kind == "check":
        made["check"] = {"per": scope(r)}
    if kind == "level":
        made["level"] = {"at": r.choice(["waspada", "waspada", "siaga", "awas"]), "per": r.choice(["area", "area", "district", "city"])}
        if r.random() < 0.5:
            made["level"]["for"] = r.choice(["0s", "1m", "10m", "30m", "1h"])
    if kind == "count":
        made["count"] = {"at_least": r.randint(1, 3), "within": r.choice(["10m", "30m", "1h", "6h"]), "per": scope(r)}
        if r.random() < 0.5:
            made["count"]["distinct"] = r.choice(["reporter.ref", "report.reporter.ref", "severity", "category", "reporter.role", "reporter.household", "tps"])
    return made


NEW = {"sequence": sequence, "absence": absence, "members": members, "spike": spike}


def risk(r):
    made = {}
    if r.random() < 0.7:
        made["levels"] = r.choice([{"waspada": 5, "siaga": 10, "awas": 20}, {"waspada": 2, "siaga": 4, "awas": 8}, {"siaga": 20}])
    if r.random() < 0.4:
        made["leave_at"] = r.choice([0.5, 0.8, 1.0])
    if r.random() < 0.5:
        made["independent"] = r.choice([{"siaga": 1, "awas": 1}, {"waspada": 1, "siaga": 2, "awas": 3}, {"awas": 2, "siaga": 3}])
    if r.random() < 0.5:
        made["voice"] = {"factor": r.choice([0.5, 1, 0, 0.9]), "within": r.choice(["1h", "30m", "7d"])}
    if r.random() < 0.3:
        made["rollup"] = "sum"
    return made


def report_data(r, areas):
    data = {
        "area": r.choice(areas), "category": r.choice(CATEGORIES), "severity": r.randint(1, 3),
        "reporter": {"ref": r.choice("pqrs")}, "source": r.choice("AAABF"), "content": r.choice([1, 1, 1, 2, 6]),
    }  # fmt: skip
    if r.random() < 0.7:
        data["reporter"]["role"] = r.choice(ROLES)
    if r.random() < 0.4:
        data["tps"] = r.choice(["1", "01", "002"])
    return data


def campaign_data(r, areas, time):
    areas = r.sample(areas, r.choice([1, 1, min(2, len(areas))]))
    areas = [a for a in areas if a[:5] == areas[0][:5]]
    areas = [a[:8] if r.random() < 0.2 else a for a in areas]
    data = {"campaign": f"c-{r.randint(1, 4)}", "status": r.choice(["planned", "changed", "changed"]), "areas": sorted(set(areas))}
    if r.random() < 0.15:
        return {**data, "status": "cancelled"}
    start = time // (30 * MINUTE) * 30 * MINUTE + r.choice([-4, -1, 0, 1, 1, 2, 3, 8, 16, 48]) * 30 * MINUTE
    data.update(party=r.choice("PQ"), method=r.choice(["rally", "debate", "other"]), starts_at=moment(start))
    data["ends_at"] = moment(start + r.choice([1, 2, 4, 10, 40, 100]) * 30 * MINUTE)
    if r.random() < 0.4:
        data["venue"] = r.choice(["Aula", " aula", "AULA ", "Balai"])
    if r.random() < 0.5:
        data["location"] = {"lat": r.choice([-7.9, -7.903, -7.91]), "lon": r.choice([112.6, 112.605])}
    if r.random() < 0.2:
        data["radius_m"] = r.choice([0, 100, 1000])
    return data


def event(name, time, data, kind="report", source="/s"):
    return {"specversion": "1.0", "id": name, "source": source, "type": f"kentongan.{kind}.v1", "time": moment(time), "data": data}


def other_data(r, areas):
    """A step of a consignment or a readiness: (type, data)"""
    area = r.choice(areas)
    tps = {"tps": r.choice(["1", "01", "002"])} if r.random() < 0.6 else {}
    if r.random() < 0.5:
        data = {"area": area, "power": r.random() < 0.5, "police": r.randint(0, 2), **tps}
        return "readiness", {k: v for k, v in data.items() if r.random() < 0.9 or k == "area"}
    data = {"consignment": f"k-{r.randint(1, 3)}", "area": r.choice([area, area, area[:8], area[:5]]), "quantity": r.randint(1, 2), **tps}
    data["step"] = r.choice(["dispatched", "dispatched", "arrived", "arrived", "opened", "returned"])
    if r.random() < 0.3:
        data["goods"] = r.choice(["boxes", "ink"])
    return "consignment", data


def events(r, count, plans, others=0.0):
    areas = r.sample(AREAS, r.choice([1, 2, 3, 7]))
    step = r.choice([1, 5, 10, 10, 30]) * MINUTE
    now, made, reports = START + r.choice([0, 0, 1, 30_000]), [], []
    for n in range(count):
        luck = r.random()
        if luck < 0.7:
            now += r.choice([0, 1, 1, 1, 2, 3, 6]) * step
            if r.random() < 0.1:
                now += r.choice([1, 1000, 30_000, -1, 24 * HOUR, 3 * 24 * HOUR])
        time = now
        if 0.7 <= luck < 0.85:
            time -= r.choice([1, 2, 3, 6, 12]) * step
        elif luck > 0.93:
            time -= r.choice([24 * HOUR, 24 * HOUR + 1, 25 * HOUR, 7 * 24 * HOUR + 1, 7 * 24 * HOUR])
        name = f"r-{n}"
        if made and r.random() < 0.06:
            old = r.choice(made)
            made.append({**old, "time": moment(time)} if r.random() < 0.5 else old)
            continue
        if plans and r.random() < 0.5:
            made.append(event(name, time, campaign_data(r, areas, time), "campaign"))
            continue
        if others and r.random() < others:
            kind, data = other_data(r, areas)
            made.append(event(name, time, data, kind))
            continue
        data = report_data(r, areas)
        if r.random() < 0.04:
            data["status"] = "refuted"
        if reports and r.random() < 0.3:
            target = r.choice(reports)
            if r.random() < 0.1:
                target = f"r-{n + r.randint(1, 3)}"
            data = {**data, "area": next((e["data"]["area"] for e in made if e["id"] == target), data["area"])} if r.random() < 0.8 else data
            data["corrects"] = target
            if r.random() < 0.5:
                data = {"area": data["area"], "status": "refuted", "corrects": target}
            if r.random() < 0.1:
                made.append(event(name, time, {**data, "corrects_source": "/s"}, source="/t"))
                continue
        made.append(event(name, time, data))
        reports.append(name)
    return made


def long_events(r):
    """Reports of many days, more of them on some."""
    areas, made, start = r.sample(AREAS, r.choice([1, 1, 2, 3])), [], START - START % (24 * HOUR)
    days = r.randint(8, 16)
    for day in range(days):
        for _ in range(r.choice([0, 0, 1, 1, 2, 3 if day > 6 else 1, 5 if day > 6 else 1])):
            time = start + day * 24 * HOUR + r.choice([-7 * HOUR, -7 * HOUR - 1, 0, 1, 5, 8]) * r.choice([1, 1, HOUR // 100])
            if r.random() < 0.12:
                time -= r.choice([HOUR, 12 * HOUR, 24 * HOUR, 30 * HOUR])
            data = report_data(r, areas)
            if made and r.random() < 0.15:
                old = r.choice(made[-8:])
                data = {**(data if r.random() < 0.5 else {"status": "refuted"}), "area": old["data"]["area"], "corrects": old["id"]}
            made.append(event(f"r-{len(made)}", time, data))
    return made


def expression_case(r):
    times = [START]

    def event_of(n):
        times.append(times[-1] + r.choice([1, MINUTE, HOUR, HOUR, 7 * HOUR, 24 * HOUR]))
        kind, data = other_data(r, AREAS) if r.random() < 0.4 else ("report", report_data(r, AREAS))
        return event(f"r-{n}", times[-1], data, kind)

    return generate_when.many(r, event_of)


def case(seed, blocks=()):
    r = random.Random(seed)
    if "expressions" in blocks:
        return expression_case(r)
    rules = {"version": 1, "lists": {"some": ["intimidation", "hoax"]}, "risk": risk(r)}
    rules["rules"] = [rule(r, n, blocks) for n in range(r.randint(1, 5))]
    plans = any("clash" in x or "quota" in x for x in rules["rules"])
    if "members" in blocks and r.random() < 0.6:
        for x in rules["rules"]:
            x.get("absence", {}).get("expect", {}).pop("match", None)
    mix = 0.0 if not blocks else r.choice([0.8, 0.4]) if any(f"'on': '{k}'" in str(rules) for k in ("consignment", "readiness")) else 0.0
    made = {"rules": rules, "events": events(r, r.randint(3, 18), plans, mix), "until": None, "options": {}}
    if "spike" in blocks:
        made["events"] = long_events(r) or made["events"]
    if "stages" in blocks:
        for x in made["rules"]["rules"]:
            if r.random() < 0.6 and x.get("alert", x).get("stages") is None:
                x["stages"] = r.choice([["campaign"], ["quiet_period"], ["voting"], ["campaign", "voting"]])
        made["reference"] = {"calendar.csv": calendar(r), "polling_stations.csv": STATIONS}
    if "members" in blocks:
        made["reference"] = {"calendar.csv": calendar(r), "polling_stations.csv": STATIONS}
    if r.random() < 0.6:
        last = max(e["time"] for e in made["events"])
        made["until"] = int(datetime.datetime.fromisoformat(last).timestamp() * 1000) + r.choice([0, 10, 60, 600, 5000, 30000]) * MINUTE
    if "when" in blocks:
        generate_when.add(r, made)
    if r.random() < 0.25:
        made["options"] = {"lateness": r.choice(["0s", "10m", "1h", "24h"]), "dedupe": r.choice(["7d", "1h", "6h"])}
    add_households(made, seed)
    return made


def add_households(made, seed):
    """In every other case a part of the reporters says which household they are of; some are named as reporters are."""
    r = random.Random(seed * 6151 + 3)
    if r.random() < 0.5:
        return
    for one in made["events"]:
        reporter = one["data"].get("reporter")
        if reporter and r.random() < 0.4:
            one["data"]["reporter"] = {**reporter, "household": r.choice("pqt")}


def add_actions(made, seed, said, refutable):
    """Actions on alerts that the program raised without them; `said`: their ids with the times of their steps;
    `refutable`: those of them whose reports the oracle knows."""
    r = random.Random(seed * 7919 + 1)
    if not said or r.random() < 0.3:
        return made
    after = list(made["events"])
    for n in range(r.randint(1, 4)):
        name, times = r.choice(sorted(said.items()))
        time = r.choice(times) + r.choice([0, 0, 0, 1, MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE])
        data = {"alert": name, "actor": {"ref": "o-1", "role": "lurah"}}
        data["action"] = r.choice(["acknowledge", "confirm", "assign", "mitigate", "resolve", "false_alarm", "false_alarm", "snooze"])
        if data["action"] == "snooze":
            data["until"] = moment(time + r.choice([0, 10, 15, 30, 60]) * MINUTE)
        if data["action"] == "assign":
            data["assignee"] = "o-2"
        if data["action"] == "false_alarm" and name in refutable:
            data["refute"] = r.random() < 0.8
        if r.random() < 0.05:
            data["alert"] = name[:-3] + "zzz"
        place = next((i for i, e in enumerate(after) if milliseconds(e["time"]) > time), len(after))
        after.insert(place, event(f"a-{n}", time, data, "action"))
    return {**made, "events": after}


def milliseconds(text):
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)
