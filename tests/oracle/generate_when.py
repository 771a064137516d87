# SPDX-License-Identifier: Apache-2.0
"""Puts expressions into the rules of a case, and fields into its events that they can ask for."""
import expressions

SITES = "site,name,area,kind,lat,lon\nstore-a,Store A,11.01.01.1001,logistics_store,,\nstore-b,Store B,11.01.02,campaign_material_store,,\n"
DAYS = "date,kind,name\n2024-11-11,holiday,x\n2024-11-10,debate,y\n2024-11-26,holiday,z\n"
CALENDARS = [
    "e0,campaign,2024-11-01,2024-11-10\ne0,quiet_period,2024-11-12,2024-11-13\ne0,voting,2024-11-14,2024-11-14\n",
    "e0,campaign,2024-11-01,2024-11-30\ne0,rallies,2024-11-10,2024-11-12\ne0,voting,2024-11-11,2024-11-11\ne1,recount,2024-11-10,2024-11-10\n",
    "e0,voting,2024-11-20,2024-11-20\n",
]
STATIONS = "code,polling_stations\n11.01.01.1001,1\n11.01.01.1002,2\n"
MOST = 9223372036854775807


def some_of(r, fields):
    share = r.choice([0.3, 0.5, 0.9])
    return {name: r.choice(values) for name, values in fields.items() if r.random() < share}


def many(r, event_of):
    """A case of many expressions: each rule alerts of each event for which its own holds, and forgets it at once.
    event_of: a random event with this number, some time after the one before."""
    rules = {"version": 1, "lists": {"some": ["intimidation", "hoax"], "sizes": [0, 2, 3]}, "macros": {}, "rules": []}
    for n in range(2):
        rules["macros"][f"m{n}"] = expressions.when(r, "report")
    for n in range(40):
        kind = r.choice(["report", "report", "report", "consignment", "readiness"])
        macros = list(rules["macros"]) if kind == "report" else []
        rules["rules"].append({
            "id": f"w{n:02}", "on": kind, "when": expressions.when(r, kind, macros), "check": {"per": "area"},
            "alert": {"level": "waspada", "message": {"id": "x"}, "to": ["lurah"], "quiet_for": "0s"},
        })  # fmt: skip
    events = [richer(r, event_of(n)) for n in range(16)]
    return {"rules": rules, "events": events, "until": None, "options": {}, "reference": reference(r)}


def reference(r):
    calendar = "election,stage,first_day,last_day\n" + r.choice(CALENDARS)
    return {"calendar.csv": calendar, "polling_stations.csv": STATIONS, "sites.csv": SITES, "days.csv": DAYS}


def richer(r, event):
    """The event with more in its data; what is missing or null is as important as what is there."""
    kind, data = event["type"].split(".")[1], dict(event["data"])
    if kind == "action" or (kind == "report" and set(data) <= {"area", "status", "corrects"}):
        return event
    if kind == "report":
        data.update(some_of(r, {
            "rw": ["03", "3", ""], "site": ["store-a", "store-b", "shop"], "kind": ["incident", "information"], "athg": ["threat", "challenge", None],
            "crowd": [0, 3, 50, MOST, None], "text": ["ribut", "Ribut di PASAR ä", "", "a\u00e9\U0001f600z", "12 orang "], "recommendation": ["a"],
            "location": [{"lat": -7.9, "lon": 112.6}, {"lat": 0, "lon": 3}],
        }))  # fmt: skip
        if r.random() < 0.2:
            data.pop(r.choice(["source", "content"]), None)
        if r.random() < 0.1 and "status" not in data:
            data["status"] = "verified"
    if kind == "consignment":
        data.update(some_of(r, {"seals_intact": [0, 3, MOST], "seals_expected": [3, 100], "from": ["11.01", ""], "due_at": expressions.MOMENTS}))
    if kind == "readiness":
        data.update(some_of(r, {"kpps": [0, 5, 7], "linmas": [1, 2, MOST], "network": [True, False, None]}))
    if kind == "campaign" and data["status"] != "cancelled":
        data.update(some_of(r, {"crowd": [0, 3, MOST], "notice": [{"number": "03"}, {"date": "2024-11-01"}, {"number": "a", "date": "2024-11-10"}]}))
    return {**event, "data": data}


def add(r, made):
    rules = made["rules"]
    rules["lists"]["sizes"] = [0, 2, 3]
    macros = {}
    for rule in rules["rules"]:
        block = next(b for b in rule if b in ("check", "score", "level", "count", "sequence", "absence", "spike", "clash", "quota"))
        on = rule.get("on", "campaign" if block in ("clash", "quota") else "report")
        if block == "level":
            continue
        body = rule[block] or {}
        if block == "clash" and r.random() < 0.8:
            body["when"] = expressions.cel_syntax.show(expressions.of_pair(r))
        if block == "score" and r.random() < 0.5:
            body["add"] = expressions.weight(r)
        parts = {"sequence": body.get("steps"), "absence": [body[k] for k in ("after", "expect") if k in body] if block == "absence" else None}.get(block)
        for part in parts if parts is not None else [rule]:
            if r.random() < 0.8:
                if r.random() < 0.6:
                    part.pop("match", None)
                kind = part.get("on", on)
                name = f"m{len(macros)}"
                if kind == "report" and r.random() < 0.2:
                    macros[name] = expressions.when(r, kind)
                own = [m for m in macros if kind == "report"]
                part["when"] = expressions.when(r, kind, own, block not in ("score", "clash", "quota") and kind != "campaign")
    if macros:
        rules["macros"] = macros
    made["events"] = [richer(r, event) for event in made["events"]]
    made["reference"] = {**reference(r), **made.get("reference", {})}
