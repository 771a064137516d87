# SPDX-License-Identifier: Apache-2.0
"""Stories about the bundled rules together, which no single rule can tell.

pack_test.py KENTONGAN SOURCE [STORY..]: each `pack/*.story` holds tests as rule files do, whose expectations say which rule
they are about (`rule`; those about risk and score need none). They are put into one rule of a copy of the bundled rules,
and `kentongan test` plays them there. The reference data are the bundled ones and second_city beside them, a city two hours
further east.

A story shows nothing if it also holds where no rule runs, so every one is played a second time with all rules off, and
must fail.
"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ANY_RULE = "area-level"  # where the tests stand; its expectations name the rules that they are about


def value_of(mapping, key):
    return next((value for name, value in mapping.value if name.value == key), None)


def text(value):
    return yaml.ScalarNode("tag:yaml.org,2002:str", value)


def without(mapping, *keys):
    return yaml.MappingNode(mapping.tag, [(name, value) for name, value in mapping.value if name.value not in keys])


def test_of(story, file):
    """The story as a test that says in its name where it is from."""
    test = without(story, "name")
    test.value.insert(0, (text("name"), text(f"{file}: {value_of(story, 'name').value}")))
    return test


def stories_in(paths):
    for path in paths:
        for story in value_of(yaml.compose(path.read_text()), "stories").value:
            yield path.name, story


def write_rules(folder, source, tests, status=None):
    """The bundled rules with these tests instead of their own."""
    for path in sorted((source / "rules").glob("*.yaml")):
        document = yaml.compose(path.read_text())
        for rule in value_of(document, "rules").value:
            rule.value = without(rule, "tests", *(["status"] if status else [])).value
            if status:
                rule.value.append((text("status"), text(status)))
            if value_of(rule, "id").value == ANY_RULE:
                rule.value.append((text("tests"), yaml.SequenceNode("tag:yaml.org,2002:seq", tests)))
        (folder / path.name).write_text(yaml.serialize(document, width=10**9, allow_unicode=True))


def write_reference(folder, source):
    """The bundled reference data with the second city."""
    shutil.copytree(source / "rules/reference", folder)
    for path in (HERE / "second_city").glob("*.csv"):
        rows = list(csv.DictReader((folder / path.name).open(newline="")))
        more = list(csv.DictReader(path.open(newline="")))
        with (folder / path.name).open("w", newline="") as file:
            out = csv.DictWriter(file, fieldnames=list(more[0]), restval="")
            out.writeheader()
            out.writerows(rows + more)


def play(program, rules, reference):
    done = subprocess.run([program, "test", rules, "--reference", reference, "--format", "json"], capture_output=True,
                          text=True, check=False)
    if not done.stdout:
        sys.exit(f"the stories cannot be read:\n{done.stderr}")
    return json.loads(done.stdout)


def main():
    program, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    paths = [pathlib.Path(name) for name in sys.argv[3:]] or sorted((HERE / "pack").glob("*.story"))
    tests = [test_of(story, file) for file, story in stories_in(paths)]
    names = [value_of(test, "name").value for test in tests]
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        write_reference(folder / "reference", source)
        for status in ("live", "off"):
            (folder / status).mkdir()
            write_rules(folder / status, source, tests, None if status == "live" else status)
        told = play(program, folder / "live", folder / "reference")
        shown = {failure["test"] for failure in play(program, folder / "off", folder / "reference")["failures"]}
    for failure in told["failures"]:
        print(f"{failure['test']}\n   expected: {failure['expected']}\n   actual:   {failure['actual']}")
    empty = [name for name in names if name not in shown]
    for name in empty:
        print(f"{name}: holds where no rule runs")
    if len(names) != len(set(names)):
        print("two stories of a file have the same name")
    wrong = {failure["test"] for failure in told["failures"]}
    print(f"{len(names)} stories in {len(paths)} files, {len(wrong)} failed")
    played = told["passed"] + told["failed"] == len(tests)
    sys.exit(1 if wrong or empty or not names or not played or len(names) != len(set(names)) else 0)


if __name__ == "__main__":
    main()
