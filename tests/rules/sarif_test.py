# SPDX-License-Identifier: Apache-2.0
"""What `check --format sarif` prints is SARIF, and says the same as `--format json`.

sarif_test.py KENTONGAN FILES REFERENCE: each of FILES/*.bad.yaml by itself, and all at once. The schema below is ours:
of SARIF 2.1.0 the objects that the program writes, with nothing beside them. Where KENTONGAN_SARIF_SCHEMA names a
copy of the standard's own schema, the logs are held against that one too.
"""

import json
import os
import pathlib
import subprocess
import sys
import urllib.parse

import jsonschema


def closed(required, **properties):
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
POSITION = {"type": "integer", "minimum": 1}
LOCATION = closed(
    ["physicalLocation"],
    physicalLocation=closed(
        ["artifactLocation"],
        artifactLocation=closed(["uri"], uri={"type": "string", "pattern": "^[A-Za-z0-9._~%/-]+$|^file:///"}),
        region=closed(["startLine", "startColumn"], startLine=POSITION, startColumn=POSITION),
    ),
)
REGION = closed(
    ["startLine", "startColumn", "endLine", "endColumn"],
    startLine=POSITION,
    startColumn=POSITION,
    endLine=POSITION,
    endColumn=POSITION,
)
REPLACEMENT = closed(["deletedRegion"], deletedRegion=REGION, insertedContent=closed([], text={"type": "string"}))
CHANGE = closed(
    ["artifactLocation", "replacements"],
    artifactLocation=LOCATION["properties"]["physicalLocation"]["properties"]["artifactLocation"],
    replacements={"type": "array", "items": REPLACEMENT, "minItems": 1},
)
FIX = closed(["artifactChanges"], artifactChanges={"type": "array", "items": CHANGE, "minItems": 1})
RESULT = closed(
    ["ruleId", "message"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=closed(["text"], text=TEXT),
    locations={"type": "array", "items": LOCATION, "minItems": 1, "uniqueItems": True},
    fixes={"type": "array", "items": FIX, "minItems": 1, "uniqueItems": True},
)
RULE = closed(["id"], id=TEXT, defaultConfiguration=closed(["level"], level=LEVEL))
DRIVER = closed(["name"], name=TEXT, version=TEXT, rules={"type": "array", "items": RULE, "uniqueItems": True})
RUN = closed(
    ["tool", "columnKind", "results"],
    tool=closed(["driver"], driver=DRIVER),
    columnKind={"const": "unicodeCodePoints"},
    results={"type": "array", "items": RESULT},
)
LOG = closed(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN, "minItems": 1, "maxItems": 1},
)


def validators():
    yield jsonschema.Draft7Validator(LOG)
    standard = os.environ.get("KENTONGAN_SARIF_SCHEMA")
    if standard:
        schema = json.loads(pathlib.Path(standard).read_text())
        yield jsonschema.validators.validator_for(schema)(schema)


def faults_of(name, log, said, validators):
    for validator in validators:
        for error in validator.iter_errors(log):
            yield f"{name}: {error.json_path}: {error.message}"
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    results = log["runs"][0]["results"]
    if [rule["id"] for rule in rules] != sorted({result["ruleId"] for result in results}):
        yield f"{name}: the rules of the driver are not the codes found"
    shown = []
    for result in results:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            yield f"{name}: ruleIndex leads to another rule: {result}"
        place = result["locations"][0]["physicalLocation"]
        region = place.get("region", {"startLine": 0, "startColumn": 0})
        path = urllib.parse.unquote(place["artifactLocation"]["uri"].removeprefix("file://"))
        text = result["message"]["text"].replace("{{", "{").replace("}}", "}")
        shown.append((result["level"], path, region["startLine"], region["startColumn"], result["ruleId"], text))
    expected = [
        (level[:-1], f["file"], f["line"], f["column"], f["code"], "; ".join(filter(None, [f["message"], f["hint"]])))
        for level in ("errors", "warnings")
        for f in said[level]
    ]
    fixed = [f.get("fix") for level in ("errors", "warnings") for f in said[level] if "fix" in f]
    if len(fixed) != sum("fixes" in result for result in results):
        yield f"{name}: the log and --format json do not repair the same"
    if sorted(shown) != sorted(expected):
        yield f"{name}: the log does not say what --format json says"


def run(program, format, reference, paths):
    command = [program, "check", "--format", format, "--reference", reference, *paths]
    done = subprocess.run(command, capture_output=True, check=False)
    return json.loads(done.stdout.decode("utf-8"))


def main():
    program, folder, reference = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    files = sorted(folder.glob("*.bad.yaml"))
    schemas = list(validators())
    faults = []
    for paths in [[file] for file in files] + [files]:
        name = paths[0].name if len(paths) == 1 else "all"
        log, said = (run(program, format, reference, paths) for format in ("sarif", "json"))
        faults += faults_of(name, log, said, schemas)
    print(f"{len(files)} files, {len(schemas)} schemas")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults or not files else 0)


main()
