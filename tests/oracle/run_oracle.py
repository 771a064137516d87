#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the program against the oracle. See README.md."""
import argparse
import json
import os
import sys
import time

import compare
import generate


def judge(made, ids, seed):
    try:
        return compare.difference(made, ids=ids) or compare.order_matters(made, seed)
    except compare.Refused as refused:
        return f"refused: {refused}"


def build(seed, blocks=()):
    made = generate.case(seed, blocks)
    lines = compare.program(made)[0]
    if "expressions" not in blocks:
        made = generate.add_actions(made, seed, compare.alert_ids(lines), compare.refutable(lines, made))
    return made, compare.normal(lines)[1]


def fails(made, ids):
    try:
        return compare.difference(made, scan=False, ids=ids)
    except compare.Refused:
        return None


def smaller(made):
    """Cases with one thing less."""
    events, rules = made["events"], made["rules"]["rules"]
    for size in (8, 4, 2, 1):
        for n in range(0, len(events), size):
            yield {**made, "events": events[:n] + events[n + size :]}
    for n in range(len(rules)):
        yield {**made, "rules": {**made["rules"], "rules": rules[:n] + rules[n + 1 :]}}
    for key in list(made["rules"].get("risk", {})):
        yield {**made, "rules": {**made["rules"], "risk": {k: v for k, v in made["rules"]["risk"].items() if k != key}}}
    if made["options"]:
        yield {**made, "options": {}}
    if made["until"] is not None:
        yield {**made, "until": None}
    for n, rule in enumerate(rules):
        for path in (("match",), ("status",), ("score", "spill"), ("level", "for"), ("count", "distinct")) + tuple(
            ("alert", k) for k in rule.get("alert", {}) if k not in ("message", "level")
        ):
            inner = rule if len(path) == 1 else rule.get(path[0])
            if inner and path[-1] in inner:
                less = {k: v for k, v in inner.items() if k != path[-1]}
                new = less if len(path) == 1 else {**rule, path[0]: less}
                yield {**made, "rules": {**made["rules"], "rules": rules[:n] + [new] + rules[n + 1 :]}}


def shrink(made, ids, seconds=60):
    end, again = time.monotonic() + seconds, True
    while again and time.monotonic() < end:
        again = False
        for less in smaller(made):
            if time.monotonic() < end and less["events"] and fails(less, ids):
                made, again = less, True
                break
    return made


def report(made, seed, found):
    print(f"== seed {seed}: {found}")
    print("risk " + json.dumps(made["rules"].get("risk", {})))
    for rule in made["rules"]["rules"]:
        print("rule " + json.dumps(rule))
    for e in made["events"]:
        print(f"{e['id']:5} {e['time'][8:-6]} {e['type'][10:13]} " + json.dumps({**e["data"]}))
    for name, text in made.get("reference", {}).items():
        print(name, json.dumps(text))
    print("until", made["until"] and generate.moment(made["until"]), made["options"], flush=True)


def main():
    parser = argparse.ArgumentParser(description="compare the program with the reference engine")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after this time")
    parser.add_argument("--stop", type=int, default=1, help="stop after so many differences")
    parser.add_argument("--save", help="folder for the cases that differ")
    parser.add_argument("--case", help="run one saved case")
    parser.add_argument("--blocks", default="", help="rules of these blocks above all: sequence,absence,members,spike,stages,others,when,expressions")
    parser.add_argument("--no-shrink", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("KENTONGAN", "kentongan")
    if arguments.case:
        saved = json.load(open(arguments.case))
        found = judge(saved["case"], {k: tuple(v) for k, v in saved["ids"].items()}, 0)
        report(saved["case"], arguments.case, found)
        return 1 if found else 0
    end, done, bad = time.monotonic() + arguments.seconds, 0, 0
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        if time.monotonic() > end or bad >= arguments.stop:
            break
        try:
            made, ids = build(seed, [b for b in arguments.blocks.split(",") if b])
        except compare.Refused as refused:
            print(f"== seed {seed}: refused: {refused}")
            bad += 1
            continue
        found = judge(made, ids, seed)
        done += 1
        if found:
            bad += 1
            if not arguments.no_shrink and fails(made, ids):
                made = shrink(made, ids)
                found = judge(made, ids, seed)
            report(made, seed, found)
            if arguments.save:
                json.dump({"case": made, "ids": ids}, open(f"{arguments.save}/{seed}.json", "w"), indent=1)
    print(f"{done} cases, {bad} differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
