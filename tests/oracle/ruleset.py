# SPDX-License-Identifier: Apache-2.0
"""Rules and reference data as the oracle sees them.

Rule files are read as JSON, which is YAML too: the generator writes them so, and the oracle needs no YAML library.
Times are integers in milliseconds since 1970, durations integers in milliseconds.
"""
import csv
import json
import pathlib
import re

import cel
import names
from calendar_of import Calendar, day_number, day_of

UNITS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
BLOCKS = ("check", "score", "level", "count", "sequence", "absence", "spike", "clash", "quota")
LEVELS = ["aman", "waspada", "siaga", "awas"]
KINDS = {13: "area", 8: "district", 5: "city"}


def duration(text):
    return sum(int(n) * UNITS[u] for n, u in re.findall(r"(\d+)([smhdw])", text))


def metres(text):
    return float(text[:-2]) * 1000 if text.endswith("km") else float(text[:-1])


class Risk:
    """The `risk` section; what is not written has its default, key by key."""

    def __init__(self, written):
        def part(key, default):
            return {**default, **{str(k): v for k, v in written.get(key, {}).items()}}

        levels = part("levels", {"waspada": 10, "siaga": 25, "awas": 60})
        independent = part("independent", {"waspada": 0, "siaga": 2, "awas": 2})
        self.threshold = [0.0] + [float(levels[name]) for name in LEVELS[1:]]
        self.reporters = [0] + [independent[name] for name in LEVELS[1:]]
        self.leave_at = float(written.get("leave_at", 0.8))
        voice = part("voice", {"factor": 0.5, "within": "7d"})
        self.voice_factor = float(voice["factor"])
        self.voice_within = duration(voice["within"])
        self.source = part("source", {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25, "F": 0.5})
        self.content = part("content", {"1": 1.0, "2": 0.9, "3": 0.75, "4": 0.5, "5": 0.25, "6": 0.5})
        self.rollup = written.get("rollup", "max")


class Part:
    """What an event must be: of a type, with values in its fields, and as an expression says."""

    def __init__(self, written, lists, on):
        self.on, self.match, self.negated = written.get("on", on), {}, written.get("not", False)
        self.when, self.rules = written.get("when"), None
        for path, wanted in written.get("match", {}).items():
            if isinstance(wanted, str) and wanted.startswith("$"):
                wanted = lists[wanted[1:]]
            self.match[path] = wanted if isinstance(wanted, list) else [wanted]

    def fits(self, kind, data, time, state=None):
        if kind != self.on or not all(equal_any(field(data, path), wanted) for path, wanted in self.match.items()):
            return False
        return self.when is None or cel.holds(self.when, names.Event(kind, data, time, self.rules, state))


class Rule:
    def __init__(self, written, lists):
        self.id = written["id"]
        self.status = written.get("status", "live")
        self.block = next(b for b in BLOCKS if b in written)
        self.on = written.get("on", "campaign" if self.block in ("clash", "quota") else "report")
        body = written[self.block] or {}
        self.each = body.get("each") if self.block == "absence" else None
        inner = {"sequence": ["steps"], "absence": ["after", "expect"]}.get(self.block, [])
        parts = [body[key] for key in inner if key in body] or [{k: written[k] for k in ("match", "when") if k in written}]
        if self.each:
            parts = [{"on": "consignment" if self.each == "consignment" else "nothing"}, body["expect"]]
            self.by, self.since = body["by"], body.get("since")
        self.parts = [Part(p, lists, self.on) for p in (parts[0] if self.block == "sequence" else parts)]
        self.stages = written.get("stages")
        self.lasting = self.block == "absence"  # goes on holding by itself
        self.per = self.each or body.get("per", written.get("per", "area"))
        alert = written.get("alert", {})
        self.level = LEVELS.index(alert["level"]) if "level" in alert else None
        self.to = alert.get("to", [])
        self.escalate = [(duration(e["after"]), e["to"]) for e in alert.get("escalate", [])]
        self.remind = duration(alert["remind"]["every"]) if "remind" in alert else None
        self.quiet_for = duration(alert.get("quiet_for", "1h"))
        self.again_after = duration(alert["again_after"]) if "again_after" in alert else None
        self.expires = duration(alert.get("expires", "14d"))
        if self.block == "score":
            self.add, self.half_life = body["add"], duration(body["half_life"])
            self.spill = float(body.get("spill", 0))
        if self.block == "level":
            self.at, self.hold_for = LEVELS.index(body["at"]), duration(body.get("for", "0s"))
        if self.block == "clash":
            self.pair = body.get("when")
            self.same, self.near = body.get("same"), metres(body["within"]) if "within" in body else None
            self.gap, self.same_day = duration(body.get("gap", "0s")), body.get("same_day", False)
        if self.block == "quota":
            self.at_most, self.distinct = body["at_most"], body.get("distinct")
        if self.block == "count":
            self.at_least, self.within = body["at_least"], duration(body["within"])
            self.distinct = body.get("distinct")
        if self.block == "sequence" or (self.block == "absence" and not self.each):
            self.within = duration(body["within"])

        if self.block == "spike":
            self.method, self.ratio = body["method"], body.get("ratio", 3)
            self.baseline = duration(body.get("baseline", "28d")) // UNITS["d"]
            self.threshold = body.get("threshold", 2 if self.method == "ears_c3" else 3)
            self.least, self.floor = body.get("min", 3), body.get("floor", 0.5)

    def matches(self, data, time, stage_time=None):
        return self.parts[0].fits(self.on, data, time) and self.in_stages(time if stage_time is None else stage_time)

    def weight(self, data, time):
        """What the rule adds; an expression that fails, or gives no weight, adds nothing."""
        if not isinstance(self.add, str):
            return float(self.add)
        weight = cel.number_of(self.add, names.Event(self.on, data, time, self.parts[0].rules))
        return weight if 0 <= weight < float("inf") else 0.0

    def fitting(self, kind, data, time, state=None):
        """The numbers of the parts that an event satisfies; what ends or prevents a condition does so in any stage, and a
        consignment that is seen is waited for whenever that was."""
        return frozenset(
            n for n, part in enumerate(self.parts)
            if part.fits(kind, data, time, state) and (self.in_stages(time) or part.negated or (self.block == "absence" and n == 1) or self.each)
        )  # fmt: skip

    def in_stages(self, time):
        return self.stages is None or self.calendar.runs(self.stages, day_of(time))

    def scope(self, data):
        scope = self.scope_of(data)
        return None if self.each and self.each != "consignment" and scope not in self.members else scope

    def scope_of(self, data):
        """(kind, key) of the event's scope, or None where the event has none."""
        if isinstance(self.per, list):
            values = [field(data, path) for path in self.per]
            return None if None in values else ("fields", "+".join(text(v) for v in values))
        area = data["area"]
        if self.per == "consignment":
            return ("consignment", data["consignment"]) if "consignment" in data else None
        if self.per == "polling_station":
            return ("polling_station", f"{area}/{data['tps']}") if data.get("tps") and len(area) == 13 else None
        if self.per == "area":
            return KINDS[len(area)], area
        size = {"district": 8, "city": 5}[self.per]
        return (self.per, area[:size]) if len(area) >= size else None


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def field(data, path):
    for part in re.sub(r"^(report|campaign|consignment|readiness)\.", "", path).split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


def equal_any(value, wanted):
    if value is None:
        return False
    return any(sort_of(w) == sort_of(value) and w == value for w in wanted)


def sort_of(value):
    return "bool" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else "text"


class RuleSet:
    def __init__(self, folder, reference):
        files = [json.loads(p.read_text()) for p in sorted(pathlib.Path(folder).glob("*.yaml"))]
        lists = {name: values for f in files for name, values in f.get("lists", {}).items()}
        self.lists, self.macros = lists, {name: text for f in files for name, text in f.get("macros", {}).items()}
        self.calendar, self.reference = reference.calendar, reference
        self.risk = Risk(next((f["risk"] for f in files if "risk" in f), {}))
        rules = sorted((Rule(r, lists) for f in files for r in f.get("rules", [])), key=lambda r: r.id)
        for rule in rules:
            rule.calendar = reference.calendar
            for part in rule.parts:
                part.rules = self
        running = [r for r in rules if r.status != "off"]
        self.scoring = [r for r in running if r.block == "score" and r.status == "live"]
        self.levels = [r for r in running if r.block == "level"]
        self.plans = [r for r in running if r.block in ("clash", "quota")]
        self.patterns = [r for r in running if r.block in ("check", "count", "sequence", "absence", "spike")]


def rows_of(path):
    """The rows of a file that may be missing."""
    if not path.exists():
        return []
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


class Reference:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        with open(folder / "areas.csv", newline="") as f:
            rows = list(csv.DictReader(f))
        self.areas = sorted(row["code"] for row in rows)
        self.points = {row["code"]: {"lat": float(row["lat"]), "lon": float(row["lon"])} for row in rows}
        self.names = {row["code"][:5]: row["code"][:5] for row in rows}
        self.names |= {row["district_code"]: row["district_name"] for row in rows} | {row["code"]: row["name"] for row in rows}
        self.sites = {row["site"]: row for row in rows_of(folder / "sites.csv")}
        self.days = {(day_number(row["date"]), row["kind"]) for row in rows_of(folder / "days.csv")}
        self.neighbours = {a: set() for a in self.areas}
        with open(folder / "calendar.csv", newline="") as f:
            self.calendar = Calendar(list(csv.DictReader(f)))
        self.stations = []
        if (folder / "polling_stations.csv").exists():
            with open(folder / "polling_stations.csv", newline="") as f:
                for row in csv.DictReader(f):
                    names = [row["tps"].zfill(3)] if "tps" in row else [f"{n + 1:03}" for n in range(int(row["polling_stations"]))]
                    self.stations += [f"{row['code']}/{name}" for name in names]
        with open(folder / "neighbours.csv", newline="") as f:
            for row in csv.DictReader(f):
                self.neighbours[row["code_a"]].add(row["code_b"])
                self.neighbours[row["code_b"]].add(row["code_a"])

    def day_is(self, day, kind):
        return (day, kind) in self.days

    def working_days(self, first, last):
        """Mondays to Fridays without holidays; the first day does not count, the last does."""
        return sum(1 for day in range(first + 1, last + 1) if (day + 3) % 7 < 5 and not self.day_is(day, "holiday"))
