# SPDX-License-Identifier: Apache-2.0
"""Runs the program and the oracle on the same case and names the first difference."""
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile

import oracle
from generate import AREAS, event, moment
from ruleset import duration

HERE = pathlib.Path(__file__).parent
TINY = 1e-12  # smaller contributions are dust
REFERENCE = HERE / "reference"


class Refused(Exception):
    """The program did not run the case."""


def program(made, *flags):
    """(lines of output, summary, exact bytes)"""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "rules").mkdir()
        (folder / "rules" / "set.yaml").write_text(json.dumps(made["rules"], indent=1))
        (folder / "events.ndjson").write_text("".join(json.dumps(e) + "\n" for e in made["events"]))
        reference = reference_folder(made, folder / "reference")
        command = [os.environ["KENTONGAN"], "replay", "--rules", folder / "rules", "--reference", reference]
        command += ["--emit", "alerts,risk,deadletters", "--summary", folder / "summary", folder / "events.ndjson", *flags]
        if made["until"] is not None:
            command += ["--until", moment(made["until"])]
        for name, value in made["options"].items():
            command += [f"--{name}", value]
        try:
            done = subprocess.run(command, capture_output=True, timeout=20)
        except subprocess.TimeoutExpired:
            raise Refused("no end within 20 s") from None
        if done.returncode != 0:
            raise Refused(f"exit code {done.returncode}: {done.stderr.decode()[-800:]}")
        return [json.loads(x) for x in done.stdout.splitlines()], json.loads((folder / "summary").read_text()), done.stdout


def normal(lines):
    """The program's lines in the oracle's words; and what each alert id means."""
    result, order, meaning, seen = [], {}, {}, {}
    for line in lines:
        data, time = line["data"], oracle.milliseconds(line["time"])
        if line["type"] == "kentongan.alert.v1":
            scope, since = data["scope"], oracle.milliseconds(data["since"])
            if data["alert"] not in order:
                order[data["alert"]] = len(order)
                key = (data["alert"][:5], data["rule"], scope["key"], since)
                meaning[data["alert"]] = (*key[1:], seen.get(key, 0))
                seen[key] = seen.get(key, 0) + 1
            said = {
                "time": time, "kind": "alert", "rule": data["rule"], "scope": [scope["kind"], scope["key"]],
                "step": data["step"], "state": data["state"], "level": data["level"], "since": since,
                "tier": data["tier"], "to": data["to"], "proposed": data.get("proposed", False),
                "shadow": data.get("shadow", False), "area": data["area"], "episode": order[data["alert"]],
                "events": data["events"], "count": data.get("count"), "distinct": data.get("distinct"),
            }  # fmt: skip
        elif line["type"] == "kentongan.risk.v1":
            said = {"time": time, "kind": "risk", **{k: data[k] for k in ("area", "score", "level", "previous")}}
            weights = {}
            for c in data["contributions"]:
                weights[c["event"], c["rule"]] = weights.get((c["event"], c["rule"]), 0) + c["weight"]
            said["contributions"] = [[w, *key] for key, w in weights.items() if w > TINY]
        else:
            said = {"time": time, "kind": "deadletter", "reason": data["reason"]}
        result.append(said)
    return result, meaning


def near(a, b):
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def same(ours, theirs):
    """None, or what differs between the oracle's line and the program's."""
    for key in ("kind", "time", "rule", "scope", "area", "step", "state", "level", "since", "tier", "to", "proposed", "shadow", "episode", "previous", "reason"):
        if ours.get(key) != theirs.get(key):
            return f"{key}: oracle {ours.get(key)!r}, program {theirs.get(key)!r}"
    if ours["kind"] == "alert" and ours["step"] == "fired" and ours["events"] is not None:
        if sorted(ours["events"]) != sorted(theirs["events"]):
            return f"events: oracle {ours['events']}, program {theirs['events']}"
        for key in ("count", "distinct"):
            if key in ours and ours[key] != theirs.get(key):
                return f"{key}: oracle {ours[key]}, program {theirs.get(key)}"
    if ours["kind"] == "risk":
        if not near(ours["score"], theirs["score"]):
            return f"score: oracle {ours['score']!r}, program {theirs['score']!r}"
        return None if ours["unclear"] else contributions(ours["contributions"], theirs["contributions"])
    return None


def contributions(ours, theirs):
    ours = [c for c in ours if c[0] > TINY]
    """The largest five; which of equal ones come first is the program's choice."""
    if len(theirs) != min(5, len(ours)):
        return f"contributions: oracle has {len(ours)}, program {len(theirs)}"
    for (weight, _, _), (told, event, rule) in zip(ours, theirs):
        if not near(weight, told) or not any(near(told, w) and (event, rule) == (e, n) for w, e, n in ours):
            return f"contributions: oracle {ours[:6]}, program {theirs}"
    return None


def alert_ids(lines):
    """Of the program's lines: the times at which each alert said something."""
    said = {}
    for line in lines:
        if line["type"] == "kentongan.alert.v1":
            said.setdefault(line["data"]["alert"], []).append(oracle.milliseconds(line["time"]))
    return said


def refutable(lines, made):
    """Alerts that are not of level rules, whose reports may be any five of several that weigh the same."""
    levels = {rule["id"] for rule in made["rules"]["rules"] if "level" in rule}
    return {line["data"]["alert"] for line in lines if line["type"] == "kentongan.alert.v1" and line["data"]["rule"] not in levels}


def difference(made, scan=True, ids=None):
    """None, or a text that names the first difference between the oracle and the program."""
    lines, summary, said = program(made)
    theirs, meaning = normal(lines)
    if scan and program(made, "--full-scan")[2] != said:
        return "--full-scan gives other bytes"
    limits = {name: duration(value) for name, value in made["options"].items()}
    events = [json.dumps(e) for e in made["events"]]
    rules = rules_folder(made)
    reference = reference_folder(made, rules / "reference")
    ours, counts, _ = oracle.run(rules, reference, events, made["until"], {**(ids or {}), **meaning}, **limits)
    first = {}
    for said_by_us in ours:
        if said_by_us["kind"] == "alert":
            said_by_us["episode"] = first.setdefault(said_by_us["episode"], len(first))
    for n, (a, b) in enumerate(zip(ours, theirs)):
        found = same(a, b)
        if found:
            return f"line {n + 1}: {found}\n  oracle  {show(a)}\n  program {show(b)}"
    if len(ours) != len(theirs):
        who, rest = ("oracle", ours) if len(ours) > len(theirs) else ("program", theirs)
        return f"only the {who} has line {min(len(ours), len(theirs)) + 1}:\n  {show(rest[min(len(ours), len(theirs))])}"
    for key, value in counts.items():
        if summary[key] != value:
            return f"summary {key}: oracle {value}, program {summary[key]}"
    fired = sum(1 for x in ours if x.get("step") == "fired")
    if summary["alerts"] != fired:
        return f"summary alerts: oracle {fired}, program {summary['alerts']}"
    alerts = {x["data"]["alert"] for x in lines if x["type"] == "kentongan.alert.v1"}
    if len(alerts) != fired:
        return f"{fired} episodes have {len(alerts)} ids"
    return None


def order_matters(made, seed):
    """Do reports without corrections, none of them late, give the same scores at the end in another order?

    Scores are only said when a level changes, so that one more report, larger than all thresholds, comes last and
    makes each place say its own.
    """
    own = [e for e in made["events"] if e["id"].startswith("r-") and "corrects" not in e["data"]]
    own = list({e["id"]: e for e in own}.values())
    if not own or not any("score" in r for r in made["rules"]["rules"]):
        return None
    newest = max(oracle.milliseconds(e["time"]) for e in own)
    own = [e for e in own if newest - oracle.milliseconds(e["time"]) <= 20 * 3_600_000]
    rules = {**made["rules"], "rules": [r for r in made["rules"]["rules"] if "score" in r] + [LOUD]}
    quiet = {"levels": {"waspada": 1e5, "siaga": 2e5, "awas": 3e5}, "independent": {"siaga": 0, "awas": 0}}
    risk = {**rules.get("risk", {}), **quiet}
    last = [loud(n, area, newest) for n, area in enumerate(AREAS)]
    said = []
    for turn in range(3):
        order = list(own)
        random.Random(seed + turn).shuffle(order)
        case = {"rules": {**rules, "risk": risk}, "events": order + last, "until": None, "options": {}}
        risks = [x for x in normal(program(case)[0])[0] if x["kind"] == "risk" and x["level"] == "awas" and x["score"] > 1e6]
        said.append({x["area"]: x["score"] - 1e7 for x in risks if len(x["area"]) == 13})
    for other in said[1:]:
        for area in AREAS:
            if abs(said[0][area] - other[area]) > 1e-6:
                return f"the order of arrival changes the score of {area}: {said[0][area]} and {other[area]}"
    return None


LOUD = {"id": "z-loud", "match": {"category": "disaster"}, "score": {"add": 1e7, "half_life": "3d"}}


def loud(n, area, time):
    data = {"area": area, "category": "disaster", "severity": 5, "source": "A", "content": 1, "reporter": {"ref": f"loud{n}"}}
    return event(f"z-{n}", time, data)


def reference_folder(made, folder):
    """The reference data, with the files that the case brings along."""
    shutil.copytree(REFERENCE, folder, dirs_exist_ok=True)
    for name, text in made.get("reference", {}).items():
        (folder / name).write_text(text)
    return folder


def rules_folder(made):
    folder = pathlib.Path(tempfile.gettempdir()) / f"oracle-rules-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    (folder / "set.yaml").write_text(json.dumps(made["rules"]))
    return folder


def show(said):
    def value(k, v):
        return moment(v)[8:] if k in ("time", "since") else v

    return {k: value(k, v) for k, v in said.items() if v not in (None, [], False)}
