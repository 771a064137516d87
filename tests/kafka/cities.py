# SPDX-License-Identifier: Apache-2.0
"""Several cities made of the example day: the same places and events under other codes, each city with its own ids."""
import csv
import json
import pathlib
import shutil

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = "35.73"


def code_of(number):
    """Thirty to a province."""
    return f"{35 + number // 30}.{70 + number % 30}"


def write_reference(folder, cities):
    """A reference folder with this many cities; the neighbours of each stay within it."""
    source = ROOT / "rules/reference"
    shutil.copytree(source, folder)
    for name in ("areas.csv", "neighbours.csv", "polling_stations.csv", "sites.csv"):
        rows = list(csv.reader((source / name).open(newline="")))
        with (folder / name).open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(rows[0])
            for number in range(cities):
                code = code_of(number)
                for row in rows[1:]:
                    cells = [cell.replace(MODEL, code) for cell in row]
                    if name == "sites.csv":
                        cells[0] = f"{code}-{cells[0]}"
                    out.writerow(cells)


def events(cities, random):
    """(city code, line) of all cities, each in its own order, the cities mixed. Dead letters are among them, and
    every twentieth event comes twice."""
    model = (ROOT / "deploy/example/malang-day.ndjson").read_text().splitlines()
    queues = []
    for number in range(cities):
        code = code_of(number)
        lines = []
        for line in model:
            line = line.replace(MODEL, code)
            lines.append(line)
            if random.random() < 0.05:
                lines.append(line)
        queues.append((code, lines))
    mixed = []
    while queues:
        at = random.randrange(len(queues))
        code, lines = queues[at]
        for _ in range(random.randrange(1, 8)):
            if lines:
                mixed.append((code, lines.pop(0)))
        if not lines:
            queues.pop(at)
    return mixed


def topic_of(line):
    """Role of the topic in which an event belongs; what cannot be read is a report."""
    kinds = {"campaign": "campaigns", "consignment": "logistics", "readiness": "readiness", "action": "actions"}
    try:
        return kinds.get(json.loads(line)["type"].split(".")[1], "reports")
    except (ValueError, KeyError, IndexError):
        return "reports"
