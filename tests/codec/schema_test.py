# SPDX-License-Identifier: Apache-2.0
"""Schema and codec accept and refuse the same documents.

schema_test.py JUDGE SCHEMAS DOCUMENTS: each file of DOCUMENTS holds a good event (`base`) and `cases`, small
changes of it: `set` (JSON Pointer to value) and `drop` (pointers), with the codec's `reason` and pointer `at`
where it refuses. `beyond_schema` marks what a schema cannot say (an unknown area, a NIK, an order of times):
there the schema accepts. Beside these every known field is given every value of a pool, and schema and codec
must be of one mind.
"""

import copy
import json
import pathlib
import subprocess
import sys

from jsonschema import Draft202012Validator

POOL = [
    None, True, False, 0, -1, 1, 3.0, 6, 7, 3.5, 180.5, -90, 1e18, 2**63, "", "x", "A", "35.73.02.1004", "35.73.02",
    "35.73-1", "hoax", "rally", "planned", "2024-11-10", "2024-11-10T08:00:00+07:00", [], {}, [[0, 0]], ["35.73.02"],
    {"ref": "a"}, {"lat": 0, "lon": 0},
]
BEYOND = {"unknown_area", "unknown_category", "unknown_alert", "personal_data"}


def place_of(document, pointer):
    """The container of a pointer's target, and its key there."""
    *path, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for key in path:
        document = document[int(key) if isinstance(document, list) else key]
    return document, last


def changed(base, case):
    document = copy.deepcopy(base)
    for pointer, value in case.get("set", {}).items():
        container, key = place_of(document, pointer)
        container[key] = value
    for pointer in case.get("drop", []):
        container, key = place_of(document, pointer)
        del container[key]
    return document


def fields_of(schema, pointer=""):
    for key, part in schema.get("properties", {}).items():
        yield f"{pointer}/{key}"
        yield from fields_of(part, f"{pointer}/{key}")


def judged(judge, documents):
    lines = "".join(json.dumps(document, ensure_ascii=True) + "\n" for document in documents)
    done = subprocess.run([judge], input=lines, capture_output=True, text=True, check=True)
    verdicts = done.stdout.splitlines()
    assert len(verdicts) == len(documents), "the judge must answer each line"
    return verdicts


def check_table(name, table, validator, judge):
    documents = [changed(table["base"], case) for case in table["cases"]]
    for case, document, verdict in zip(table["cases"], documents, judged(judge, documents)):
        reason = case.get("reason")
        expected = f"{reason} {case['at']}" if reason else "ok"
        if verdict != expected:
            yield f"{name}: codec says '{verdict}', expected '{expected}': {json.dumps(case)}"
        accepts = validator.is_valid(document)
        if accepts != (reason is None or case.get("beyond_schema", False)):
            yield f"{name}: the schema {'accepts' if accepts else 'refuses'}: {json.dumps(case)}"


def check_pool(name, table, schema, validator, judge):
    cases = []
    for pointer in fields_of(schema):
        cases += [{"set": {pointer: value}} for value in POOL]
        cases.append({"drop": [pointer]})
    documents, used = [], []
    for case in cases:
        try:
            documents.append(changed(table["base"], case))
            used.append(case)
        except (KeyError, TypeError):
            continue  # the base lacks the object around this field
    for case, document, verdict in zip(used, documents, judged(judge, documents)):
        reason, _, pointer = verdict.partition(" ")
        if reason in BEYOND or pointer in ("/data/ends_at",):
            continue
        if validator.is_valid(document) != (verdict == "ok"):
            yield f"{name}: codec '{verdict}', schema the opposite: {json.dumps(case)}"
    print(f"{name}: {len(table['cases'])} cases, {len(used)} of the pool")


def check_outputs(judge, schemas):
    lines = subprocess.run([judge, "--outputs"], capture_output=True, text=True, check=True).stdout.splitlines()
    for line in lines:
        event = json.loads(line)
        schema = json.loads((schemas / (event["type"].split(".")[1] + ".schema.json")).read_text())
        for error in Draft202012Validator(schema).iter_errors(event):
            yield f"output {event['id']}: {error.json_path}: {error.message}"
    print(f"{len(lines)} outputs")


def main():
    judge, schemas, documents = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    faults = list(check_outputs(judge, schemas))
    for file in sorted(documents.glob("*.json")):
        table = json.loads(file.read_text())
        schema = json.loads((schemas / f"{file.stem}.schema.json").read_text())
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        faults += check_table(file.stem, table, validator, judge)
        faults += check_pool(file.stem, table, schema, validator, judge)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
