# SPDX-License-Identifier: Apache-2.0
"""story_test.py KENTONGAN SOURCE: every query of every panel shows something.

Starts the real service, hands it a generated campaign up to a week before the vote, acts on some alerts as officers do,
lets a real Prometheus scrape it with the rules of deploy/prometheus, and then asks that Prometheus every query of every
panel, the variables filled as Grafana would. Prints a table; a query without rows is a fault, unless it is listed below
with the reason why nothing can be there.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from dashboards_test import base, metrics_of, selectors, OF_DELIVERY  # noqa: E402
from service import Prometheus, Service, watcher  # noqa: E402

# Seven days before the vote: boxes are on their way, rallies and clashes are still to come.
UNTIL = "2024-11-20T12:00"
ROUNDS = 20
EMPTY = {
    ("rules", "Galat"): "no rule of the pack fails on the story",
    ("rules", "Terlambat untuk jendela"): "no event of the story is too late for a rule that it satisfies",
    ("stream", "Peringatan Prometheus yang menyala"): "nothing is wrong with the service",
}


def story(program, source):
    """Events in the order in which they arrive."""
    command = [program, "generate", "--seed", "7", "--events", "8000", "--reference", f"{source}/rules/reference"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    times = (re.search(r'"time":"([^"]{16})', line) for line in lines)
    return [line for line, time in zip(lines, times) if time is None or time[1] < UNTIL]


def rules_with_a_file(source, folder):
    """The rules, with a roster whose people are all told by a file."""
    rules = pathlib.Path(folder) / "rules"
    shutil.copytree(source / "rules", rules)
    roster = rules / "reference" / "roster.yaml"
    people = yaml.load(roster.read_text(), yaml.BaseLoader)
    for person in people["people"]:
        person["channels"] = [{"type": "file", "to": person["id"]}]
    roster.write_text(yaml.dump(people, sort_keys=False))
    return rules


def notify(folder, alive):
    """The section of the configuration by which people are told."""
    return (f'notify:\n  own_networks: true\n  file: {{path: "{folder}/told.ndjson"}}\n'
            f'  heartbeat: {{url: "{alive}", every: 1s}}\n')


def unknown_alert(number):
    """Passes the door and becomes a dead letter."""
    event = {"specversion": "1.0", "id": f"u-{number}", "source": "/test", "type": "kentongan.action.v1",
             "time": f"{UNTIL}:00+07:00",
             "data": {"alert": "35.73-none", "action": "acknowledge", "actor": {"ref": "o-1"}}}
    return json.dumps(event)


def answer_some(service):
    """Officers acknowledge some alerts and close others."""
    firing = service.alerts("firing")
    for number, alert in enumerate(firing[:9]):
        service.act(alert["alert"], "resolve" if number % 3 == 0 else "acknowledge")
    return min(len(firing), 9)


def live_through(service, prometheus, lines):
    """Hands the story over in rounds of a second, so that rates have something to see."""
    accepted, size = 0, len(lines) // ROUNDS + 1
    for number in range(ROUNDS):
        part = lines[number * size:(number + 1) * size]
        accepted += service.post(part) if part else 0
        service.wait_until_read(accepted)
        accepted += answer_some(service)
        time.sleep(1)
    accepted += service.post([unknown_alert(1), unknown_alert(2)])
    service.wait_until_read(accepted)
    prometheus.wait_for("up to date", lambda: prometheus.value("sum(kentongan_events_total)") >= accepted)
    evaluated = prometheus.last_evaluation()
    prometheus.wait_for("evaluating", lambda: prometheus.last_evaluation() > evaluated)
    return accepted


def filled(expression, board):
    """As Grafana fills it in: single values as they are, All as its allValue, intervals as seconds."""
    values = {"__rate_interval": "60s", "__range": "300s", "job": "kentongan"}
    for variable in board["templating"]["list"]:
        if variable["type"] == "textbox":
            values[variable["name"]] = variable["query"]
        elif variable.get("includeAll"):
            values[variable["name"]] = variable["allValue"]
    return re.sub(r"\$(\w+)", lambda name: values[name[1]], expression)


def without_values(expression):
    """The same before anything was chosen, or where there is nothing to choose."""
    return re.sub(r"\$(\w+)", lambda name: "60s" if name[1].startswith("__") else "", expression)


def variables_without_values(prometheus, board):
    """Queries of variables that find nothing to choose from."""
    for variable in board["templating"]["list"]:
        if variable["type"] == "query" and variable["name"] != "channel":
            metric, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"]).groups()
            if not prometheus.answer(f"label/{label}/values", **{"match[]": metric.replace("$job", "kentongan")}):
                yield f"{board['uid']}: the variable {variable['name']} has no values"


def recorded_from(rules):
    """Recorded name -> the expression that it stands for."""
    groups = yaml.safe_load((rules / "recording.yml").read_text())["groups"]
    return {rule["record"]: rule["expr"] for group in groups for rule in group["rules"]}


def of_parts_to_come(expression, metrics, records):
    """Metrics of parts that this program does not have: docs/reference/metrics.md lists what it has."""
    behind = " ".join(records[name] for name, _ in selectors(expression) if name in records)
    names = {base(metric) for metric, _ in selectors(f"{expression} {behind}")} & set(OF_DELIVERY)
    missing = sorted(names - set(metrics))
    return f"this program has no {', '.join(missing)}" if missing else ""


def ask_all(prometheus, boards, metrics, records):
    """Prints a line for each query; what is wrong."""
    faults = []
    for name, board in boards.items():
        faults += variables_without_values(prometheus, board)
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                rows = len(prometheus.rows(filled(target["expr"], board)))
                prometheus.rows(without_values(target["expr"]))  # an error ends the test
                reason = of_parts_to_come(target["expr"], metrics, records) or EMPTY.get((name, panel["title"]), "")
                print(f"{name:7} {panel['title']:38} {target['refId']} {rows:5}  {'' if rows else reason or 'NOTHING'}")
                if not rows and not reason:
                    faults.append(f"{name}: {panel['title']} {target['refId']} shows nothing: {target['expr']}")
    titles = {(name, panel["title"]) for name, board in boards.items() for panel in board["panels"]}
    faults += [f"{key} is listed as empty and not there" for key in EMPTY if key not in titles]
    return faults


def rules_faults(prometheus):
    """Rules of deploy/prometheus that are not loaded or cannot be evaluated, and alerts that fire on the story."""
    groups = prometheus.answer("rules")["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    print(f"{len(rules)} rules in {len(groups)} groups are loaded")
    faults = [f"{rule['name']}: {rule.get('lastError', '')}" for rule in rules if rule["health"] != "ok"]
    waiting = [rule["name"] for rule in rules if rule.get("state") == "pending"]
    firing = [rule["name"] for rule in rules if rule.get("state") == "firing"]
    print(f"alerts that would fire if it went on: {', '.join(waiting) or 'none'}")
    texts = [text for rule in rules for alert in rule.get("alerts", []) for text in alert["annotations"].values()]
    faults += [f"an annotation is wrong: {text}" for text in texts if "<" in text]
    faults += [f"{name} fires on the story" for name in firing]
    return faults if len(rules) > 30 else faults + ["rules are missing"]


def metrics_faults(service):
    """What promtool says about the real scrape."""
    checked = subprocess.run(["promtool", "check", "metrics"], input=service.metrics(), capture_output=True, text=True)
    said = (checked.stdout + checked.stderr).strip()
    return [f"promtool check metrics: {said}"] if checked.returncode or said else []


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    dashboards = sorted((source / "deploy/grafana/dashboards").glob("*.json"))
    boards = {path.stem: json.loads(path.read_text()) for path in dashboards}
    metrics = metrics_of(source / "docs/reference/metrics.md")
    records = recorded_from(source / "deploy/prometheus/rules")
    lines = story(program, source)
    with tempfile.TemporaryDirectory() as folder, watcher() as alive:
        rules, more = source / "rules", ""
        if "kentongan_deliveries_total" in metrics:
            rules, more = rules_with_a_file(source, folder), notify(folder, alive)
        with Service(program, rules, folder, more) as service:
            service.ready()
            with Prometheus(folder, source / "deploy/prometheus/rules", f"127.0.0.1:{service.port}") as prometheus:
                prometheus.ready()
                accepted = live_through(service, prometheus, lines)
                faults = ask_all(prometheus, boards, metrics, records) + rules_faults(prometheus) + metrics_faults(service)
    for fault in faults:
        print(fault)
    queries = sum(len(panel.get("targets", [])) for board in boards.values() for panel in board["panels"])
    print(f"{accepted} events, {len(boards)} dashboards, {queries} queries, {len(faults)} faults")
    sys.exit(1 if faults or not queries else 0)


if __name__ == "__main__":
    main()
