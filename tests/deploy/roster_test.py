# SPDX-License-Identifier: Apache-2.0
"""Every alert of every bundled rule reaches somebody, wherever it is and at any hour of the week, in the program's words.

roster_test.py KENTONGAN RULES: `kentongan check` finds no hour without anybody in the bundled roster, and finds one when
any person of it who is alone at some hour is left out. The people are invented, and nothing they have leads anywhere.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

ALONE = ["piket-posko-3", "lurah-klojen-malam", "camat-blimbing-siang", "piket-inspektorat"]


def findings(program, rules):
    """Of those who are on duty, from `kentongan check`."""
    done = subprocess.run([program, "check", rules, "--format", "json"], capture_output=True, text=True, check=True)
    return [one["message"] for one in json.loads(done.stdout)["warnings"] if one["code"] == "nobody-on-duty"]


def without(person, rules, folder):
    """A copy of the rules without this person."""
    shutil.copytree(rules, folder)
    roster = folder / "reference/roster.yaml"
    content = yaml.safe_load(roster.read_text())
    content["people"] = [one for one in content["people"] if one["id"] != person]
    roster.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
    return folder


def invented(people):
    """What makes a person look real."""
    for person in people:
        if not person["name"].startswith("Petugas contoh "):
            yield f"{person['id']}: an example's name says that it is one"
        for channel in person["channels"]:
            if not any(mark in channel["to"] for mark in ("contoh-", "@example.invalid", "http://127.0.0.1:9/")):
                yield f"{person['id']}: {channel['to']} may lead somewhere"


def main():
    program, rules = sys.argv[1], pathlib.Path(sys.argv[2])
    people = yaml.load((rules / "reference/roster.yaml").read_text(), yaml.BaseLoader)["people"]
    faults = findings(program, rules) + list(invented(people))
    with tempfile.TemporaryDirectory() as place:
        for person in ALONE:
            roles = next(one["roles"] for one in people if one["id"] == person)
            told = findings(program, without(person, rules, pathlib.Path(place) / person))
            if not any(f"`{role}`" in message for role in roles for message in told):
                faults.append(f"without {person} nobody is missed as {roles}: {told}")
    for fault in faults:
        print(fault)
    print(f"{len(people)} people, {len(faults)} faults")
    sys.exit(1 if faults or not 55 <= len(people) <= 70 else 0)


if __name__ == "__main__":
    main()
