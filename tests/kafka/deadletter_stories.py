#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`kentongan deadletter` and the trace of a request, on both journals."""
import base64
import json
import shutil
import subprocess
import sys
import time
import urllib.request

import base
import cities
import cluster
from base import report

TIME = "2024-11-10T08:00:00+07:00"
RULES = """version: 1
risk: {}
rules:
  - id: score-all
    match: {severity: 2}
    score: {add: 60, half_life: 1d}
  - id: any-report
    match: {severity: 2}
    check: {per: area}
    alert: {level: waspada, message: {id: "Laporan"}}
"""
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class DeadLetterStories(base.Base):
    def __init__(self, broker, folder):
        super().__init__(broker, folder)
        self.rules = folder / "any-report"
        self.rules.mkdir()
        (self.rules / "rules.yaml").write_text(RULES)

    def letters(self, deployment, *arguments):
        done = deployment.run("deadletter", "list", "--config", deployment.config(), "--json", *arguments)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def retry(self, deployment, letter):
        return deployment.run("deadletter", "retry", letter, "--config", deployment.config(), check=False)

    def story_listed_shown_and_put_back_on_kafka(self):
        deployment = self.deployment("dead", one_topic=False, rules=self.rules)
        deployment.reference = self.folder / "smaller"
        shutil.copytree(self.reference, deployment.reference)
        # A kelurahan that the reference data do not know yet.
        for name in ("areas.csv", "neighbours.csv", "polling_stations.csv", "sites.csv"):
            path = deployment.reference / name
            lines = path.read_text().splitlines(keepends=True)
            path.write_text("".join(line for line in lines if "35.70.02.1004" not in line))
        topic = deployment.topics["reports"]
        self.commit_kcat(topic, report(1, "35.70.02.1004", TIME), key="35.70", headers=[f"traceparent={PARENT}"])
        self.commit_kcat(topic, "{broken", key="35.70")
        self.commit_kcat(topic, report(2, "35.70.02.1003", TIME).replace("p2", "3573010101900001"), key="35.70")
        worker = self.worker(deployment, "a")
        cluster.wait_until(lambda: len(deployment.read("deadletter")) == 3, 30, "three dead letters")
        found = self.letters(deployment)
        assert sorted(one["reason"] for one in found) == ["malformed_json", "personal_data", "unknown_area"], found
        assert [one["reason"] for one in self.letters(deployment, "--reason", "unknown_area")] == ["unknown_area"]
        assert len(self.letters(deployment, "--since", "2024-11-10T00:00:00Z")) == 2  # what cannot be read has no time
        assert self.letters(deployment, "--since", "2d") == []
        table = deployment.run("deadletter", "list", "--config", deployment.config()).stdout.splitlines()
        assert len(table) == 4 and table[0].startswith("ID ") and "unknown_area" in "".join(table), table
        by_reason = {one["reason"]: one["id"] for one in found}
        unknown = by_reason["unknown_area"]
        shown = deployment.run("deadletter", "show", unknown, "--config", deployment.config()).stdout
        for text in ("__connect.errors.topic: " + topic, "kentongan-sequence: ", f"traceparent: {PARENT}", "unknown_area",
                     '"area":"35.70.02.1004"'):
            assert text in shown, (text, shown)
        one = json.loads(deployment.run("deadletter", "show", unknown, "--config", deployment.config(), "--json").stdout)
        assert base64.b64decode(one["raw_base64"]).decode() == report(1, "35.70.02.1004", TIME)
        raw = deployment.run("deadletter", "show", by_reason["malformed_json"], "--raw", "--config", deployment.config())
        assert raw.stdout == "{broken", raw
        masked = self.retry(deployment, by_reason["personal_data"])
        assert masked.returncode == 1 and "masked" in masked.stderr, masked
        assert self.retry(deployment, "dead-nothing").returncode == 2

        # As it is, it comes back; and then it may be put back again, but not twice.
        done = self.retry(deployment, unknown)
        assert done.returncode == 0 and topic in done.stdout, done
        cluster.wait_until(lambda: len(self.letters(deployment, "--reason", "unknown_area")) == 2, 30, "it came back")
        assert worker.stop() == 0
        shutil.rmtree(deployment.reference)
        shutil.copytree(self.reference, deployment.reference)
        worker.start()
        worker.wait_for("msg=restored")
        assert self.retry(deployment, unknown).returncode == 0
        again = self.retry(deployment, unknown)
        assert again.returncode == 1 and "already" in again.stderr, again
        verdict = '{type="kentongan.report.v1",verdict="applied"}'
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[1].get(verdict) == 1, 30, "it is applied")
        # Its trace has come all the way.
        alerts = deployment.read("alerts")
        assert all(alert["headers"]["traceparent"] == PARENT for alert in alerts), alerts

    def story_listed_shown_and_put_back_in_one_file(self):
        path = self.folder / "embedded.yaml"
        journal = self.folder / "embedded" / "kentongan.db"

        def configure(port):
            path.write_text(json.dumps({"journal": {"type": "sqlite", "path": str(journal)}, "clock": "event",
                                        "rules": str(self.rules), "reference": str(self.reference),
                                        "http": {"listen": f"127.0.0.1:{port}"}}))

        def run(*arguments, check=True):
            return subprocess.run([str(cluster.binary()), *arguments, "--config", str(path)], capture_output=True,
                                  text=True, check=check)

        def service():
            log = (self.folder / "embedded.log").open("wb")
            process = subprocess.Popen([str(cluster.binary()), "run", "--config", str(path)], stdout=log, stderr=log)
            cluster.wait_until(lambda: "msg=ready" in (self.folder / "embedded.log").read_text(), 20, "the service is up")
            text = (self.folder / "embedded.log").read_text()
            return process, int(text.split("port=")[1].split()[0])
        configure(0)
        process, port = service()
        configure(port)
        code = cities.code_of(0)
        action = json.dumps({"specversion": "1.0", "id": "x-1", "source": "/stranger", "type": "kentongan.action.v1",
                             "time": TIME, "data": {"alert": f"{code}-unknown", "action": "resolve",
                                                    "actor": {"ref": "o"}}})

        def post(body):
            request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/events", body.encode(),
                                             {"Content-Type": "application/json", "traceparent": PARENT})
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert answer.status == 202
        post(report(1, f"{code}.02.1004", TIME))
        post(action)

        def dead():
            return [json.loads(line) for line in run("deadletter", "list", "--json").stdout.splitlines()]
        cluster.wait_until(lambda: len(dead()) == 1, 20, "a dead letter")
        letter = dead()[0]["id"]
        shown = run("deadletter", "show", letter).stdout
        assert f"traceparent: {PARENT}" in shown and "unknown_alert" in shown, shown
        # The service runs: through its door. It becomes a dead letter again, so once more is allowed.
        done = run("deadletter", "retry", letter)
        assert "posted to the service" in done.stdout, done
        cluster.wait_until(lambda: len(dead()) == 2, 20, "it came back")
        process.terminate()
        assert process.wait(timeout=10) == 0
        done = run("deadletter", "retry", letter)
        assert "stored in the journal" in done.stdout, done
        again = run("deadletter", "retry", letter, check=False)
        assert again.returncode == 1 and "already" in again.stderr, again
        process, port = service()
        try:
            cluster.wait_until(lambda: len(dead()) == 3, 20, "the next start applies it")
            for line in run("journal", "dump", "--emit", "alerts,risk,deadletters").stdout.splitlines():
                assert json.loads(line)["traceparent"] == PARENT, line
        finally:
            process.terminate()
            process.wait(timeout=10)

    def story_a_trace_goes_from_an_event_to_what_it_brings_about(self):
        deployment = self.deployment("trace", one_topic=False, rules=self.rules)
        worker = self.worker(deployment, "a")
        code, topic = cities.code_of(1), deployment.topics["reports"]

        def parent(number):
            return PARENT.replace("b7ad6b7169203331", f"{number:016x}")

        def event(number, area, **attributes):
            made = {**json.loads(report(number, f"{code}.02.{area}", TIME)), **attributes}
            return json.dumps(made, separators=(",", ":"))
        self.commit_kcat(topic, event(1, 1001, traceparent=parent(1), tracestate="vendor=a:b"), key=code)
        self.commit_kcat(topic, event(2, 1002), key=code, headers=[f"traceparent={parent(2)}"])
        # The event's own goes before that of its record; one that is none is left out; a wrong key loses nothing.
        self.commit_kcat(topic, event(3, 1003, traceparent=parent(3)), key=code, headers=[f"traceparent={parent(9)}"])
        self.commit_kcat(topic, event(4, 1004, traceparent="00-nonsense"), key=code)
        self.commit_kcat(topic, event(5, 1005), key="elsewhere", headers=[f"traceparent={parent(5)}"])
        data = json.dumps(json.loads(event(6, 1006))["data"])
        self.commit_kcat(topic, data, key=code, headers=[
            "ce_specversion=1.0", "ce_id=b-6", "ce_source=/binary", "ce_type=kentongan.report.v1", f"ce_time={TIME}",
            f"ce_traceparent={parent(6)}", "content-type=application/json"])
        port = worker.wait_for(r"msg=ready .*port=(\d+)").group(1)
        request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/events", event(7, 1007).encode(),
                                         {"Content-Type": "application/json", "traceparent": parent(7)})
        urllib.request.urlopen(request, timeout=30).close()
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == 8, 30, "seven events and one put back")
        time.sleep(0.3)
        traces = {}
        for record in deployment.read("alerts"):
            made = json.loads(record["payload"])
            area = made["area"][-4:]
            if made["step"] == "fired" and made["scope"]["kind"] == "area":
                traces.setdefault(area, set()).add(record["headers"].get("traceparent"))
                assert record["headers"].get("traceparent") == record["headers"].get("ce_traceparent")
        assert traces, "no alert"
        wanted = {"1001": parent(1), "1002": parent(2), "1003": parent(3), "1004": None, "1005": parent(5),
                  "1006": parent(6), "1007": parent(7)}
        assert {area: traces.get(area) for area in wanted} == {area: {one} for area, one in wanted.items()}, traces
        states = [one["headers"].get("tracestate") for one in deployment.read("alerts") if one["headers"].get("tracestate")]
        assert set(states) == {"vendor=a:b"}, states


if __name__ == "__main__":
    sys.exit(base.main(DeadLetterStories))
