# SPDX-License-Identifier: Apache-2.0
"""Every alert of every bundled rule reaches somebody, wherever it is and at any hour of the week.

roster_test.py RULES: of each role that a rule tells or escalates to, or that routing.yaml names, roster.yaml has somebody
on duty in each kelurahan at each half hour of the week. The people are invented, and nothing they have leads anywhere.
"""

import csv
import itertools
import pathlib
import sys

import yaml

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def read(path):
    return yaml.load(path.read_text(), yaml.BaseLoader)


def half_hours(duty):
    """Those of the week that a duty time covers."""
    begin, end = (int(duty[key][:2]) * 2 + int(duty[key][3:]) // 30 for key in ("from", "to"))
    assert begin < end, f"{duty} ends before it begins: write a duty over midnight as two"
    return {(day, half) for day in duty.get("days", DAYS) for half in range(begin, end)}


def hours_of(person):
    if "duty" not in person:
        return set(itertools.product(DAYS, range(48)))
    return set().union(*(half_hours(duty) for duty in person["duty"]))


def addressed(rules, routing):
    """Each role with one place that addresses it."""
    roles = {}
    for path in sorted(rules.glob("*.yaml")):
        for rule in read(path).get("rules", []):
            alert = rule.get("alert", {})
            steps = [alert.get("to", [])] + [step["to"] for step in alert.get("escalate", [])]
            for role in itertools.chain(*steps):
                roles.setdefault(role, f"{path.name}: {rule['id']}")
    for route in routing["routes"]:
        for role in route["to"]:
            roles.setdefault(role, "routing.yaml")
    return roles


def gaps(role, people, areas):
    """(kelurahan, day, half hour) without anybody; one for each kelurahan."""
    for area in areas:
        covered = set()
        for person in people:
            if role in person["roles"] and any((area + ".").startswith(place + ".") for place in person["areas"]):
                covered |= hours_of(person)
        missing = sorted(set(itertools.product(DAYS, range(48))) - covered)
        if missing:
            yield area, *missing[0]


def main():
    rules = pathlib.Path(sys.argv[1])
    reference = rules / "reference"
    people = read(reference / "roster.yaml")["people"]
    with (reference / "areas.csv").open(newline="") as file:
        areas = [row["code"] for row in csv.DictReader(file)]
    found = []
    roles = addressed(rules, read(reference / "routing.yaml"))
    for role, place in sorted(roles.items()):
        for area, day, half in gaps(role, people, areas):
            found.append(f"{place}: nobody is {role} in {area} on {day} at {half // 2:02}:{half % 2 * 30:02}")
    for person in people:
        if not person["name"].startswith("Petugas contoh "):
            found.append(f"{person['id']}: an example's name says that it is one")
        for channel in person["channels"]:
            if not any(mark in channel["to"] for mark in ("contoh-", "@example.invalid", "http://127.0.0.1:9/")):
                found.append(f"{person['id']}: {channel['to']} may lead somewhere")
    for fault in found:
        print(fault)
    print(f"{len(people)} people, {len(roles)} roles, {len(areas)} kelurahan, {len(found)} faults")
    sys.exit(1 if found or not roles or not 55 <= len(people) <= 70 else 0)


if __name__ == "__main__":
    main()
