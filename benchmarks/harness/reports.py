# SPDX-License-Identifier: Apache-2.0
"""Reports of the benchmark job in variations, written to files that are kept for the next run."""
import csv
import hashlib
import inspect
import itertools
import json
import os
import pathlib
import sys

from . import measured

sys.path[:0] = [str(measured.ROOT / "benchmarks"), str(measured.ROOT / "tests/kafka")]
import cities  # noqa: E402  pylint: disable=wrong-import-position
import make_j1  # noqa: E402  pylint: disable=wrong-import-position

# As dense as so many reports in 30 days.
DENSITY = 3_000_000


def areas_of(reference):
    with (reference / "areas.csv").open(newline="", encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]


def reference_with(areas):
    """A folder of reference data with at least so many kelurahan: whole cities like the example's."""
    if areas <= 57:
        return measured.REFERENCE
    folder = measured.WORK / f"reference-{areas}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = folder.with_name(f"{folder.name}.part")
        cities.write_reference(made, -(-areas // 57))
        made.rename(folder)
    return folder


def written(name, events):
    """A file of these events (dictionaries or lines), made once."""
    path = measured.WORK / f"{name}.ndjson"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as out:
            for event in events:
                out.write(event if isinstance(event, str) else json.dumps(event, separators=(",", ":")))
                out.write("\n")
        part.rename(path)
    return path


def job(count, change=None, mark="", areas=57, reporters=600, density=DENSITY):
    """The first `count` reports of the job. `change(event, number)` may alter each; `mark` names what it does."""
    source = inspect.getsource(make_j1) + (inspect.getsource(change) if change else "")
    name = hashlib.sha256(f"{source} {mark} {areas} {reporters} {density}".encode()).hexdigest()[:12]

    def made():
        codes = areas_of(reference_with(areas))
        for number, event in enumerate(itertools.islice(make_j1.events(density, codes, reporters), count)):
            if change:
                change(event, number)
            yield event

    return written(f"reports-{count}-{name}", made())


def first_lines(path, count):
    """A file with the first lines of another."""
    target = path.with_name(f"{path.stem}-first-{count}.ndjson")
    if not target.exists():
        with path.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
            out.writelines(itertools.islice(lines, count))
    return target


def rule_folder(text):
    """A folder with these rules, named after what they say."""
    folder = measured.WORK / f"rules-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    return folder


def job_rules():
    return rule_folder(make_j1.rules())


def size_of(path):
    return os.stat(path).st_size


def empty():
    path = pathlib.Path(measured.WORK / "nothing.ndjson")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path
