# SPDX-License-Identifier: Apache-2.0
"""What the log must never hold, after hostile inputs; and that each line of it can be read by a machine.

log_test.py BINARY RULES
"""

import json
import re
import sys

from service import Service, report

BINARY, RULES = sys.argv[1], sys.argv[2]
NIK = "3573010101900001"
NAME = "Budi Santoso Purnomo"
REF = "pseudonym-of-a-reporter"
FORGED = 'x" level=critical msg="forged line'
CONTROL = "bell\u0007 escape\u001b[31m newline\nforged=1 carriage\r"
RULE = """version: 1
rules:
  - id: per-station
    on: report
    match: {category: intimidation}
    count: {at_least: 1, within: 1h, per: [tps]}
    alert: {level: waspada, message: {id: "ada laporan"}, to: [lurah]}
  - id: per-consignment
    on: consignment
    match: {step: dispatched}
    count: {at_least: 1, within: 1h, per: consignment}
    alert: {level: waspada, message: {id: "ada kiriman"}, to: [lurah]}
"""
SECRETS = [NIK, NIK[:8], NAME, "Santoso", REF, "forged line\n", "\u001b", "\u0007"]


def hostile_events():
    yield report(1, text=f"{NAME} {NIK}")
    yield report(2, text=NAME, recommendation=FORGED, reporter={"ref": REF, "role": NAME})
    yield report(3, text=NAME, recommendation=CONTROL, reporter={"ref": REF})
    yield report(4, recommendation=NAME, reporter={"ref": REF})
    yield report(5, area=NAME)
    yield report(6, category=NAME)
    yield {**report(7), "type": NAME}
    yield {**report(8), "id": NAME, "source": f"/{NAME}"}
    yield {**report(9), "time": NAME}
    yield report(10, tps=NAME, rw=NAME, site=NAME)
    yield {"specversion": "1.0", "id": "c-1", "source": "/t", "type": "kentongan.campaign.v1",
           "time": "2024-11-10T08:00:00+07:00",
           "data": {"campaign": NAME, "status": "planned", "party": NAME, "method": "rally", "areas": ["35.73.02.1004"],
                    "venue": NAME, "starts_at": "2024-11-24T09:00:00+07:00", "ends_at": "2024-11-24T10:00:00+07:00"}}
    yield {"specversion": "1.0", "id": "k-1", "source": "/t", "type": "kentongan.consignment.v1",
           "time": "2024-11-10T08:00:00+07:00",
           "data": {"consignment": NAME, "area": "35.73.02", "goods": NAME, "step": "dispatched", "seals_expected": 3,
                    "seals_intact": 1, "due_at": "2024-11-10T08:00:01+07:00"}}
    yield {"specversion": "1.0", "id": "a-1", "source": "/t", "type": "kentongan.action.v1",
           "time": "2024-11-10T08:00:00+07:00",
           "data": {"alert": f"35.73-{NAME}", "action": "acknowledge", "actor": {"ref": REF, "role": NAME}, "note": NAME}}
    yield '{"broken": "' + NAME + "\n"
    for number in range(20, 30):  # enough of one place to raise levels and alerts of several rules
        yield report(number, severity=5, text=NAME, recommendation=f"{NAME} {number}", reporter={"ref": f"{REF}{number}"})


def check_log(log, reads):
    wrong = [f"the log holds {secret!r}" for secret in SECRETS if secret in log]
    if re.search(r"\b\d{16}\b", log):
        wrong.append("the log holds 16 digits in a row")
    for line in log.splitlines():
        problem = reads(line)
        if problem:
            wrong.append(f"{problem}: {line}")
    return wrong


def reads_as_json(line):
    try:
        fields = json.loads(line)
    except ValueError:
        return "no JSON"
    return None if {"time", "level", "msg"} <= fields.keys() else "no time, level or msg"


PAIR = re.compile(r'[a-z0-9_]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)')


def reads_as_logfmt(line):
    rest = PAIR.sub("", line).strip()
    if rest:
        return f"no logfmt ({rest})"
    return None if line.startswith("time=") and " level=" in line and " msg=" in line else "no time, level or msg"


def main():
    wrong = []
    for form, reads in (("logfmt", reads_as_logfmt), ("json", reads_as_json)):
        with Service(BINARY, RULES, f"clock: event\nlog: {{format: {form}, level: debug}}\n") as service:
            rules = service.folder / "rules"
            rules.mkdir()
            (rules / "a.yaml").write_text(RULE)
            text = service.config.read_text().replace(f"rules: {RULES}", f"rules: {rules}\nreference: {RULES}/reference")
            # First the bundled rules, then rules whose scopes hold what a sender wrote.
            for number, config in enumerate((service.config.read_text(), text)):
                service.config.write_text(config)
                if number:
                    service.port = None
                    service.database.unlink()
                    service.start()
                status, answer = service.post(list(hostile_events()))
                assert status == 202, answer
                service.wait_applied(json.loads(answer)["accepted"])
                service.get(f"/v1/alerts/{NAME.replace(' ', '%20')}")
                service.get(f"/v1/areas/{NIK}")
                service.ask("POST", "/v1/rules/check?file=a.yaml", f"rules: [{NAME}]".encode(), "application/yaml")
                assert service.metric('kentongan_alerts_total') > 0, "no alert was logged"
                assert service.stop() == 0
                log = service.log()
                assert "alert" in log, log
                wrong += check_log(log, reads)
    for line in wrong:
        print("FAILED", line)
    print(f"{len(wrong)} failed")
    return 1 if wrong else 0


sys.exit(main())
