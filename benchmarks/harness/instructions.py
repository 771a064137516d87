# SPDX-License-Identifier: Apache-2.0
"""How many instructions fixed jobs take, counted by callgrind: the same on a busy machine and on a quiet one."""
import json
import re

from . import measured, reports, scaling

KEPT = measured.ROOT / "benchmarks/instructions.json"
EVENTS = 20_000
COUNTED = re.compile(r"Collected\s*:\s*(\d+)")


def counted(command):
    said = measured.stderr_of(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command])
    found = COUNTED.search(said)
    if not found:
        raise measured.Failed(f"callgrind has counted nothing: {said[-1000:]}")
    return int(found.group(1))


def jobs():
    """Each a pair: the whole, and the same without what is to be counted. Per how many it is told."""
    events, nothing, rules = reports.job(EVENTS), reports.empty(), reports.job_rules()
    some, many = (reports.rule_folder(scaling.detection(count)) for count in (10, 510))
    decode = [measured.tool("decode_file"), measured.REFERENCE]
    check = [measured.KENTONGAN, "check", "--reference", measured.REFERENCE]
    plain = ("--dedupe", "0s")
    return {
        "decode a report": ([*decode, events], [*decode, nothing], EVENTS),
        "replay a report of the job, nothing remembered": (
            measured.replay(rules, events, *plain), measured.replay(rules, nothing, *plain), EVENTS),
        "replay a report of the job, as it comes": (
            measured.replay(rules, events), measured.replay(rules, nothing), EVENTS),
        "replay a report past 510 detection rules": (
            measured.replay(many, events, *plain), measured.replay(many, nothing, *plain), EVENTS),
        "check a detection rule": ([*check, many], [*check, some], 500),
    }


def measure():
    """Instructions of one: event, rule."""
    found = {}
    for name, (whole, without, count) in jobs().items():
        found[name] = round((counted(whole) - counted(without)) / count)
    return found


def surroundings():
    around = measured.surroundings()
    return {key: around[key] for key in ("commit", "compiler", "processor", "system")}


def kept():
    return json.loads(KEPT.read_text(encoding="utf-8"))


def renew(found):
    KEPT.write_text(json.dumps({"tolerance": 0.02, **surroundings(), "instructions": found}, indent=1) + "\n",
                    encoding="utf-8")


def judged(found, document):
    """(name, before, now, share, verdict): `more` is beyond the tolerance, `fewer` asks for a renewal."""
    rows = []
    for name, now in found.items():
        before = document["instructions"].get(name)
        if before is None:
            rows.append((name, 0, now, 0.0, "new"))
            continue
        share = now / before - 1
        beyond = abs(now - before) > before * document["tolerance"]
        rows.append((name, before, now, share, ("more" if share > 0 else "fewer") if beyond else "as before"))
    return rows
