# SPDX-License-Identifier: Apache-2.0
"""Rules and reference data as the oracle sees them.

Rule files are read as JSON, which is YAML too: the generator writes them so, and the oracle needs no YAML library.
Times are integers in milliseconds since 1970, durations integers in milliseconds.
"""
import csv
import json
import pathlib
import re

UNITS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
LEVELS = ["aman", "waspada", "siaga", "awas"]


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


class Rule:
    def __init__(self, written, lists):
        self.id = written["id"]
        self.status = written.get("status", "live")
        self.block = next(b for b in ("check", "score", "level", "count", "clash", "quota") if b in written)
        self.on = written.get("on", "campaign" if self.block in ("clash", "quota") else "report")
        body = written[self.block] or {}
        self.match = {}
        for path, wanted in written.get("match", {}).items():
            if isinstance(wanted, str) and wanted.startswith("$"):
                wanted = lists[wanted[1:]]
            self.match[path] = wanted if isinstance(wanted, list) else [wanted]
        self.per = body.get("per", written.get("per", "area"))
        alert = written.get("alert", {})
        self.level = LEVELS.index(alert["level"]) if "level" in alert else None
        self.to = alert.get("to", [])
        self.escalate = [(duration(e["after"]), e["to"]) for e in alert.get("escalate", [])]
        self.remind = duration(alert["remind"]["every"]) if "remind" in alert else None
        self.quiet_for = duration(alert.get("quiet_for", "1h"))
        self.again_after = duration(alert["again_after"]) if "again_after" in alert else None
        self.expires = duration(alert.get("expires", "14d"))
        if self.block == "score":
            self.add, self.half_life = float(body["add"]), duration(body["half_life"])
            self.spill = float(body.get("spill", 0))
        if self.block == "level":
            self.at, self.hold_for = LEVELS.index(body["at"]), duration(body.get("for", "0s"))
        if self.block == "clash":
            self.same, self.near = body.get("same"), metres(body["within"]) if "within" in body else None
            self.gap, self.same_day = duration(body.get("gap", "0s")), body.get("same_day", False)
        if self.block == "quota":
            self.at_most, self.distinct = body["at_most"], body.get("distinct")
        if self.block == "count":
            self.at_least, self.within = body["at_least"], duration(body["within"])
            self.distinct = body.get("distinct")

    def matches(self, data):
        return all(equal_any(field(data, path), wanted) for path, wanted in self.match.items())

    def scope(self, data):
        """(kind, key) of the event's scope, or None where the event has none."""
        if isinstance(self.per, list):
            values = [field(data, path) for path in self.per]
            return None if None in values else ("fields", "+".join(text(v) for v in values))
        area = data["area"]
        if self.per == "polling_station":
            return ("polling_station", f"{area}/{data['tps']}") if data.get("tps") else None
        return self.per, {"area": area, "district": area[:8], "city": area[:5]}[self.per]


def text(value):
    return str(value)


def field(data, path):
    for part in path.removeprefix("report.").removeprefix("campaign.").split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


def equal_any(value, wanted):
    if value is None:
        return False
    number = isinstance(value, (int, float))
    return any(isinstance(w, (int, float)) == number and w == value for w in wanted)


class RuleSet:
    def __init__(self, folder):
        files = [json.loads(p.read_text()) for p in sorted(pathlib.Path(folder).glob("*.yaml"))]
        lists = {name: values for f in files for name, values in f.get("lists", {}).items()}
        self.risk = Risk(next((f["risk"] for f in files if "risk" in f), {}))
        rules = sorted((Rule(r, lists) for f in files for r in f.get("rules", [])), key=lambda r: r.id)
        running = [r for r in rules if r.status != "off"]
        self.scoring = [r for r in running if r.block == "score" and r.status == "live"]
        self.levels = [r for r in running if r.block == "level"]
        self.plans = [r for r in running if r.block in ("clash", "quota")]
        self.patterns = [r for r in running if r.block in ("check", "count")]


class Reference:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        with open(folder / "areas.csv", newline="") as f:
            self.areas = sorted(row["code"] for row in csv.DictReader(f))
        self.neighbours = {a: set() for a in self.areas}
        with open(folder / "neighbours.csv", newline="") as f:
            for row in csv.DictReader(f):
                self.neighbours[row["code_a"]].add(row["code_b"])
                self.neighbours[row["code_b"]].add(row["code_a"])
