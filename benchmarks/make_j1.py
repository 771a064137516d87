#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the benchmark job: N reports over 30 days of event time, and its 50 rules.

    benchmarks/make_j1.py EVENTS FOLDER [FIRST]

Of the N reports only the first FIRST are written: as dense as the whole, and sooner there.
FOLDER gets events.ndjson (about 690 bytes a line) and rules/ (40 score rules, 10 count rules). The same
numbers give the same bytes. Uses the reference data of rules/reference.
"""
import bisect
import csv
import itertools
import json
import os
import random
import sys
from datetime import datetime, timedelta, timezone

CATEGORIES = ["intimidation", "provocation", "hate_speech", "hoax", "vote_buying", "campaign_violation", "public_order"]
JAKARTA = timezone(timedelta(hours=7))
START = datetime(2024, 10, 1, tzinfo=JAKARTA)
DAYS = 30
TEXT = (
    "Sekelompok orang mendatangi warga di depan balai RW dan meminta mereka memilih calon tertentu; "
    "beberapa warga merasa takut dan pulang. Ketua RT sudah diberi tahu dan akan mencatat siapa saja "
    "yang hadir, petugas Linmas berjaga sampai malam."
)


def chooser(weights):
    sums = list(itertools.accumulate(weights))
    return lambda dice: bisect.bisect(sums, dice.random() * sums[-1])


def events(count, areas, reporters=600):
    dice = random.Random(1)
    area_of = chooser([1 / (rank + 1) ** 0.5 for rank in range(len(areas))])
    reporter_of = chooser([1 / (rank + 1) ** 0.5 for rank in range(reporters)])
    category_of = chooser([1 / (rank + 1) for rank in range(len(CATEGORIES))])
    severity_of = chooser([5, 4, 3, 2, 1])
    step = timedelta(days=DAYS) / count
    for i in range(count):
        area = areas[area_of(dice)]
        time = START + step * i
        yield {
            "specversion": "1.0",
            "id": f"j1-{i:08d}",
            "source": "/fkdm/malang",
            "type": "kentongan.report.v1",
            "time": time.isoformat(timespec="milliseconds"),
            "subject": area,
            "datacontenttype": "application/json",
            "data": {
                "area": area,
                "rw": f"{dice.randrange(1, 20):02d}",
                "kind": "incident",
                "athg": "threat",
                "category": CATEGORIES[category_of(dice)],
                "severity": severity_of(dice) + 1,
                "source": "ABCDEF"[dice.randrange(6)],
                "content": dice.randrange(1, 7),
                "reporter": {"ref": f"reporter-{reporter_of(dice):04d}", "role": "rw"},
                "crowd": dice.randrange(0, 200),
                "location": {"lat": round(-7.98 + dice.random() / 20, 6), "lon": round(112.6 + dice.random() / 20, 6)},
                "status": "unverified",
                "text": TEXT,
            },
        }


def rules():
    lines = [
        "version: 1",
        "risk:",
        "  levels: {waspada: 2000, siaga: 8000, awas: 20000}",
        "  leave_at: 1",
        "  independent: {waspada: 1, siaga: 1, awas: 1}",
        "  voice: {factor: 1, within: 7d}",
        "rules:",
    ]
    for i in range(40):
        severities = list(range(1 + i % 5, 6))
        contents = list(range(1, 3 + i % 5))
        for severity in severities:
            # `add` is a number here: one rule a severity stands for (1 + i/10) x severity.
            lines += [
                f"  - id: score-{i:02d}-{severity}",
                f"    match: {{category: {CATEGORIES[i % 7]}, severity: {severity}, content: {contents}}}",
                f"    score: {{add: {round((1 + i / 10) * severity, 6)}, half_life: 3d}}",
            ]
    for j in range(10):
        severities = list(range(1 + j % 3, 6))
        lines += [
            f"  - id: count-{j}",
            f"    match: {{category: {CATEGORIES[j % 7]}, severity: {severities}}}",
            f"    count: {{at_least: {3 + j % 4}, distinct: report.reporter.ref, within: 24h, per: area}}",
            "    alert: {level: siaga, quiet_for: 6h, again_after: 6h, to: [posko], message: {id: 'Berulang di {{ area.name }}'}}",
        ]
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    count, folder = int(sys.argv[1]), sys.argv[2]
    first = int(sys.argv[3]) if len(sys.argv) == 4 else count
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../rules/reference/areas.csv"), encoding="utf-8") as file:
        areas = [row["code"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    os.makedirs(os.path.join(folder, "rules"), exist_ok=True)
    with open(os.path.join(folder, "rules/j1.yaml"), "w", encoding="utf-8") as file:
        file.write(rules())
    with open(os.path.join(folder, "events.ndjson"), "w", encoding="utf-8") as file:
        for event in itertools.islice(events(count, areas), first):
            file.write(json.dumps(event, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
