# SPDX-License-Identifier: Apache-2.0
"""Stories from reports to the messages that people get.

stories_test.py KENTONGAN SOURCE [STORY..]: each `stories/*.yaml` has rules, people (and what else routing.yaml says) and
stories. A story's events are played by `kentongan replay`, its alerts planned by `kentongan duty plan`; `expect` lists all
that people are told, in its order:

    - {at: 08:00:30, person: l, purpose: alert, says: "rule: fired"}      several alerts: [..], with their number in `alerts`
    - {at: 20:00, nobody: "rule: fired"}

`at` is a local time, with its day (`11 05:00`) where that is not the first. In an action `alert: RULE` stands for the last
alert of the rule. The reference data are those that the program comes with, but for people and routes.
"""

import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {kind: f"kentongan.{kind}.v1" for kind in ("report", "campaign", "consignment", "readiness", "action")}


def run(*command, lines=()):
    done = subprocess.run([str(part) for part in command], input="".join(line + "\n" for line in lines),
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


class Office:
    """Rules and people of one file."""

    def __init__(self, program, source, folder, document):
        self.program, self.folder = program, folder
        shutil.copytree(source / "rules/reference", folder / "reference")
        self.write("rules.yaml", {"version": 1, "rules": document["rules"]})
        self.write("reference/roster.yaml", {"version": 1, "people": document["people"]})
        self.write("reference/routing.yaml", {"version": 1, **document.get("routing", {"roles": ["posko"]})})
        self.add_days(document.get("days", []))

    def add_days(self, days):
        path = self.folder / "reference/days.csv"
        columns = path.read_text().splitlines()[0].split(",")
        with path.open("a", newline="") as file:
            out = csv.DictWriter(file, columns, restval="story")
            out.writerows({"date": day, "kind": kind} for day, kind in days)

    def write(self, name, content):
        (self.folder / name).write_text(yaml.safe_dump(content, sort_keys=False))

    def alerts(self, events, until=None):
        more = ["--until", until] if until else []
        return run(self.program, "replay", "--rules", self.folder, "--emit", "alerts", *more, "-",
                   lines=map(json.dumps, events))

    def plan(self, alerts):
        return run(self.program, "duty", "plan", "--rules", self.folder, "-", lines=map(json.dumps, alerts))


def moment(start, text):
    """`2h30m` behind the story's start."""
    minutes, number = 0, ""
    for letter in text:
        if letter.isdigit():
            number += letter
        else:
            minutes += int(number) * {"d": 1440, "h": 60, "m": 1}[letter]
            number = ""
    return (start + datetime.timedelta(minutes=minutes)).isoformat()


def event_of(office, story, number, written, before):
    start = story["start"]
    kind = next(key for key in written if key in TYPES)
    data = dict(written[kind])
    if kind == "report":
        data.setdefault("severity", 3)
        data["reporter"] = {"ref": data.get("reporter", "a")}
    if kind == "action":
        time = moment(start, written["at"])
        fired = [one["data"]["alert"] for one in office.alerts(before, time)
                 if one["data"]["rule"] == data["alert"] and one["data"]["step"] == "fired"]
        if not fired:
            sys.exit(f"{story['name']}: no alert of {data['alert']} before the action at {written['at']}")
        data["alert"] = fired[-1]
        data["actor"] = {"ref": data.get("actor", "o-1"), "role": "lurah"}
        if "until" in data:
            data["until"] = moment(start, data["until"])
    return {"specversion": "1.0", "id": f"s-{number}", "source": "/stories", "type": TYPES[kind],
            "time": moment(start, written["at"]), "data": data}


def said(notice):
    return f"{notice['rule']}: {notice['step']}" + (" proposed" if notice.get("proposed") else "")


def shown(told, first_day):
    """A delivery as a story expects it."""
    at = datetime.datetime.fromisoformat(told["at"])
    clock = at.strftime("%H:%M:%S").removesuffix(":00")
    day = "" if at.date() == first_day else f"{at.day} "
    if "nobody" in told:
        return {"at": day + clock, "nobody": said(told["notice"])}
    says = [said(notice) for notice in told["notices"]]
    line = {"at": day + clock, "person": told["person"], "purpose": told["purpose"],
            "says": says[0] if len(says) == 1 else says}
    if told["alerts"] != 1:
        line["alerts"] = told["alerts"]
    if "instead_of" in told:
        line["for"] = told["instead_of"]
    return line


def check(office, story):
    """What people are told, where that is not what is expected."""
    story["start"] = datetime.datetime.fromisoformat(str(story["start"]))
    events = []
    for number, written in enumerate(story["events"], 1):
        events.append(event_of(office, story, number, written, events))
    told = office.plan(office.alerts(events, moment(story["start"], story["until"])))
    lines = [shown(one, story["start"].date()) for one in told]
    ids = [one.get("delivery", one.get("nobody")) for one in told]
    if len(ids) != len(set(ids)):
        yield "two deliveries have the same id"
    expected = [{key: str(value) if key == "at" else value for key, value in line.items()} for line in story["expect"]]
    if lines == expected:
        return
    for kind, here, there in (("told, and not expected", lines, expected), ("expected, and not told", expected, lines)):
        for line in here:
            if line not in there:
                yield f"{kind}: {json.dumps(line)}"
    if sorted(map(str, lines)) == sorted(map(str, expected)):
        yield "all is told, in another order: " + json.dumps(lines)


def main():
    program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    paths = [pathlib.Path(name) for name in sys.argv[3:]] or sorted((HERE / "stories").glob("*.yaml"))
    played = failed = 0
    for path in paths:
        document = yaml.safe_load(path.read_text())
        with tempfile.TemporaryDirectory() as folder:
            office = Office(program, source, pathlib.Path(folder), document)
            for story in document["stories"]:
                played += 1
                faults = list(check(office, story))
                failed += bool(faults)
                for fault in faults:
                    print(f"{path.name}: {story['name']}: {fault}")
    print(f"{played} stories in {len(paths)} files, {failed} failed")
    sys.exit(1 if failed or not played else 0)


if __name__ == "__main__":
    main()
