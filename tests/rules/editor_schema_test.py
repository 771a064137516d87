# SPDX-License-Identifier: Apache-2.0
"""The schema for editors and the checker are of one mind, as far as a schema can know.

editor_schema_test.py KENTONGAN SOURCE: every good rule file of the source tree is accepted; of the bad ones those are
refused that have a fault which a schema can know; those with warnings only are accepted. YAML is read as editors read
it, by the core schema of YAML 1.2: `on` is a word, a time is a text.
"""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml

# Codes that a schema can know, whatever the file. The others need the reference data, other files, or CEL.
KNOWN = {
    "bad-distance", "bad-duration", "bad-moment", "missing-block", "missing-key", "person-in-key",
    "several-blocks", "several-events", "several-expectations", "unknown-event", "unknown-key", "unknown-level", "unsupported-version", "wrong-type",
}
# Files whose fault only the checker sees, though its code is one of those.
BEYOND = {
    "list_inside_list",  # `$name` among the values of a list
    "score_huge",  # too large for the program, not for JSON
}
# Files with warnings only that the schema refuses: what cannot match is underlined at once.
STRICTER = set()


class Yaml12(yaml.SafeLoader):
    """Scalars by the core schema of YAML 1.2."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?([.][0-9]+|[0-9]+([.][0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def read(path):
    """The document as JSON has it: keys are texts."""
    return json.loads(json.dumps(yaml.load(path.read_bytes().decode("utf-8-sig"), Yaml12)))


def parts_of(schema, place="#"):
    """Every schema within, with its place."""
    yield place, schema
    if not isinstance(schema, dict):
        return
    for key in ("properties", "definitions"):
        for name, part in schema.get(key, {}).items():
            yield from parts_of(part, f"{place}/{name}")
    for part in schema.get("anyOf", []):
        yield from parts_of(part, place)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from parts_of(schema[key], f"{place}/{key}")


def faults_of_schema(schema):
    jsonschema.Draft7Validator.check_schema(schema)
    for place, part in parts_of(schema):
        if part == {} or (isinstance(part, dict) and set(part) == {"description"}):
            yield f"{place} says nothing about its values"


def codes_in(expected):
    return {(kind, code) for kind, code in re.findall(r": (error|warning): .* \[([a-z0-9-]+)\]\n", expected)}


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    schema = json.loads(subprocess.run([program, "schema"], capture_output=True, check=True).stdout)
    faults = list(faults_of_schema(schema))
    validator = jsonschema.Draft7Validator(schema)
    files = source / "tests/rules/files"
    good = [*source.glob("rules/*.yaml"), *source.glob("tests/scenarios/*.yaml"), *files.glob("*.good.yaml")]
    for path in good:
        for error in validator.iter_errors(read(path)):
            faults.append(f"{path.name} is good, but {error.json_path}: {error.message[:300]}")
    refused = 0
    for path in sorted(files.glob("*.bad.yaml")):
        name = path.name.removesuffix(".bad.yaml")
        codes = codes_in((files / f"{name}.expected").read_text())
        if ("error", "anchor") in codes:
            continue  # aliases are spelled out here, and a bomb of them takes all memory
        try:
            accepted = validator.is_valid(read(path))
        except (yaml.YAMLError, UnicodeDecodeError, TypeError, RecursionError, ValueError):
            continue  # no YAML: the editor says so
        refused += not accepted
        knows = any(kind == "error" and code in KNOWN for kind, code in codes)
        only_warnings = all(kind == "warning" for kind, _ in codes)
        if accepted and knows != (name in BEYOND):
            faults.append(f"{path.name} is accepted: {codes}")
        if not accepted and only_warnings != (name in STRICTER):
            faults.append(f"{path.name} has only warnings, but is refused: {codes}")
    print(f"{len(good)} good files, {refused} bad ones refused")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults or not good or not refused else 0)


main()
