#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The service on a real broker, as operators, reporters and strangers with kcat meet it."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import base
import cities
import cluster
from base import now, report

RULES = """version: 1
risk: {}
rules:
  - id: any-intimidation
    title: {id: Intimidasi, en: Intimidation}
    match: {category: intimidation}
    check: {per: area}
    alert: {level: waspada, quiet_for: 6s, message: {id: "Intimidasi"}}
"""


class Stories(base.Base):
    def story_every_event_is_counted_once(self):
        deployment = self.deployment("counts", one_topic=False)
        records = cities.events(4, random.Random(7))
        for role in cluster.ROLES[:5]:
            deployment.write(deployment.topics[role],
                             [(code, line) for code, line in records if cities.topic_of(line) == role])
        workers = [self.worker(deployment, one) for one in "ab"]
        cluster.wait_until(lambda: sum(w.metric("kentongan_events_total")[0] for w in workers) == len(records), 60,
                           "all events are counted")
        partitions = [int(worker.metric("kentongan_partitions")[0]) for worker in workers]
        assert sum(partitions) == 4 and all(partitions), partitions
        for worker in workers:
            cluster.wait_until(lambda w=worker: w.metric("kentongan_consumer_lag_records")[0] == 0, 20, "no lag is left")
        dead = sum(w.metric("kentongan_dead_letters_total")[0] for w in workers)
        _, summary = deployment.replay([line for _, line in records])
        assert dead == summary["dead_letter"] == len(deployment.read("deadletter")), (dead, summary)

    def story_outputs_are_those_of_a_replay_while_workers_come_and_go(self):
        deployment = self.deployment("rebalance", workers=2)
        records = cities.events(4, random.Random(8))
        outputs, _ = deployment.replay([line for _, line in records])
        expected = cluster.by_city(outputs)
        parts = [records[at:at + 250] for at in range(0, len(records), 250)]
        running = []
        for number, part in enumerate(parts):
            if number % 2 == 0 and len(running) < 3:
                running.append(self.worker(deployment, ""))
            elif len(running) > 1:
                gone = running.pop(0)
                assert gone.stop() == 0
            deployment.write(deployment.topics["reports"], part)
            time.sleep(0.7)
        cluster.wait_until(lambda: cluster.by_city(deployment.dump()) == expected, 60, "the outputs of the replay")
        # A stranger sees the same, binary CloudEvents with the city's key.
        alerts = deployment.read("alerts")
        assert len(alerts) == sum('"type":"kentongan.alert.v1"' in line for line in outputs)
        for record in alerts:
            assert record["headers"]["ce_source"].endswith("/" + record["key"]), record
            assert json.loads(record["payload"])["alert"].startswith(record["key"] + "-"), record
        risk = deployment.read("risk")
        assert risk and all(json.loads(one["payload"])["area"] == one["key"] for one in risk)

    def story_rules_are_read_again_while_workers_come_and_go(self):
        """The rules say the same each time, so that the outputs stay those of a replay."""
        rules = self.folder / "live-rules"
        shutil.copytree(cities.ROOT / "rules", rules)
        deployment = self.deployment("reload", workers=2, rules=rules)
        records = cities.events(4, random.Random(9))
        outputs, _ = deployment.replay([line for _, line in records])
        running = [self.worker(deployment, "")]
        for number, at in enumerate(range(0, len(records), 250)):
            if number % 3 == 1:
                running.append(self.worker(deployment, ""))
            elif number % 3 == 2 and len(running) > 1:
                gone = running.pop(0)
                assert gone.stop() == 0
            (rules / "more.yaml").write_text(f"version: 1 # {number}\nrules: []\n", encoding="utf-8")
            deployment.write(deployment.topics["reports"], records[at:at + 250])
            time.sleep(0.7)
        cluster.wait_until(lambda: cluster.by_city(deployment.dump()) == cluster.by_city(outputs), 60,
                           "the outputs of the replay")
        cluster.wait_until(lambda: all("rules swapped" in worker.text() for worker in running), 20, "rules are swapped")
        (rules / "more.yaml").write_text("version: 1\nrules: [{id: x, chek: {}}]\n", encoding="utf-8")
        for worker in running:
            cluster.wait_until(lambda w=worker: w.metric("kentongan_rules_reload_success")[0] == 0, 20, "it is told")
            assert worker.stop() == 0

    def story_a_record_under_a_wrong_key_is_put_back_once(self):
        deployment = self.deployment("keys", one_topic=False)
        worker = self.worker(deployment, "a")
        time_of_day = "2024-11-10T08:00:00+07:00"
        topic = deployment.topics["reports"]
        self.commit_kcat(topic, report(1, "35.70.02.1004", time_of_day), key="elsewhere", partition=0)
        self.commit_kcat(topic, report(2, "35.71.02.1004", time_of_day), partition=1)
        self.commit_kcat(topic, report(3, "35.72.02.1004", time_of_day), key="35.70", partition=2)
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[1]
                           ['{type="kentongan.report.v1",verdict="applied"}'] == 3, 30, "all three are applied")
        verdicts = worker.metric("kentongan_events_total")[1]
        assert verdicts['{type="kentongan.report.v1",verdict="rekeyed"}'] == 3, verdicts
        back = [one for one in deployment.read("reports") if "kentongan-rekeyed" in one["headers"]]
        assert sorted(one["key"] for one in back) == ["35.70", "35.71", "35.72"], back
        # One that is marked and still astray: a dead letter, and no circle.
        wrong = (back[0]["partition"] + 1) % 4
        self.commit_kcat(topic, report(4, "35.70.02.1004", time_of_day), key="x", headers=["kentongan-rekeyed=1"],
                         partition=next(p for p in range(4) if p != self.home(back, "35.70")))
        cluster.wait_until(lambda: worker.metric("kentongan_dead_letters_total")[0] == 1, 30, f"a dead letter {wrong}")

    @staticmethod
    def home(records, city):
        return next(one["partition"] for one in records if one["key"] == city)

    def story_poison_becomes_dead_letters_and_nothing_stops(self):
        deployment = self.deployment("poison")
        topic = deployment.topics["reports"]
        time_of_day = "2024-11-10T08:00:00+07:00"
        self.commit_kcat(topic, None, key="35.70")
        self.commit_kcat(topic, "{broken", key="35.70", headers=["x=\u00ff", "ce_id="])
        self.commit_kcat(topic, b"\xff\xfe\x00", key="35.70")
        self.commit_kcat(topic, report(1, "35.70.02.1004", time_of_day).replace("p1", "x" * 990_000), key="35.70")
        self.commit_kcat(topic, report(2, "35.70.02.1004", time_of_day).replace("p2", "3573010101800001"), key="35.70")
        self.commit_kcat(topic, '{"area":"35.70.02.1004","category":"intimidation","severity":2,"reporter":{"ref":"b"}}',
                         key="35.70", headers=["ce_specversion=1.0", "ce_id=b-1", "ce_source=/binary",
                                               "ce_type=kentongan.report.v1", f"ce_time={time_of_day}",
                                               "content-type=application/json"])
        worker = self.worker(deployment, "a")
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == 6, 30, "all six are counted")
        assert worker.metric("kentongan_events_total")[1]['{type="kentongan.report.v1",verdict="applied"}'] == 1
        dead = deployment.read("deadletter")
        reasons = sorted(one["headers"]["__connect.errors.exception.class.name"] for one in dead)
        assert reasons == ["malformed_json"] * 3 + ["personal_data", "too_large"], reasons
        for one in dead:
            assert one["headers"]["__connect.errors.topic"] == topic
            assert one["headers"]["__connect.errors.partition"] == str(one["partition"])
            assert json.loads(one["payload"])["reason"] == one["headers"]["__connect.errors.exception.class.name"]
            assert "3573010101800001" not in json.dumps(one)
        assert sorted(int(one["headers"]["__connect.errors.offset"]) for one in dead) == [0, 1, 2, 3, 4]

    def story_http_beside_kafka(self):
        deployment = self.deployment("http", one_topic=False)
        workers = [self.worker(deployment, one) for one in "ab"]
        records = cities.events(4, random.Random(9))
        lines = [line for _, line in records if cities.topic_of(line) != "reports" or '"type":"kentongan.report' in line]
        for at in range(0, len(lines), 200):
            status, answer = workers[at // 200 % 2].post("/v1/events", "\n".join(lines[at:at + 200]))
            assert status == 202 and answer["accepted"] > 150, answer
        expected = sum(worker.metric("kentongan_http_rejected_total")[0] for worker in workers)
        cluster.wait_until(lambda: sum(w.metric("kentongan_events_total")[0] for w in workers) == len(lines) - expected,
                           60, "all accepted events are counted")

        def all_known(worker):
            alerts = json.loads(worker.get("/v1/alerts"))["alerts"]
            return len({one["alert"] for one in alerts}) == len({json.loads(one["payload"])["alert"]
                                                                  for one in deployment.read("alerts")})
        for worker in workers:
            cluster.wait_until(lambda w=worker: all_known(w), 20, "every worker knows every alert")
            assert json.loads(worker.get("/readyz"))["status"] == "ready"
        risks = [json.loads(worker.get("/v1/risk"))["areas"] for worker in workers]
        levels = [{one["area"]: one["level"] for one in risk} for risk in risks]
        assert levels[0] == levels[1] and len(levels[0]) == 4 * 57
        assert any(level != "aman" for level in levels[0].values())
        alert = json.loads(workers[0].get("/v1/alerts?state=firing"))["alerts"][0]["alert"]
        status, _ = workers[1].post(f"/v1/alerts/{alert}/actions",
                                    '{"action":"acknowledge","actor":{"ref":"o-1","role":"lurah"}}', "application/json")
        assert status == 202
        for worker in workers:
            cluster.wait_until(lambda w=worker: json.loads(w.get(f"/v1/alerts/{alert}"))["state"] == "acknowledged", 20,
                               "the acknowledgement is known everywhere")

    def story_a_deadline_fires_once_when_nothing_comes(self):
        rules = self.folder / "idle-rules"
        rules.mkdir()
        (rules / "rules.yaml").write_text(RULES)
        deployment = self.deployment("idle", rules=rules)
        workers = [self.worker(deployment, one) for one in "ab"]
        for worker in workers:
            path = pathlib.Path(deployment.config(worker.instance))
            path.write_text(path.read_text().replace('"clock": "event"', '"clock": "wall"'))
            worker.kill()
            worker.process = subprocess.Popen([deployment.binary, "run", "--config", str(path)],
                                              stdout=worker.log.open("ab"), stderr=subprocess.STDOUT)
        for worker in workers:
            worker.wait_for("msg=restored")
        deployment.write(deployment.topics["reports"],
                         [(cities.code_of(n), report(n, f"{cities.code_of(n)}.02.1004", now())) for n in range(4)])
        cluster.wait_until(lambda: len(deployment.read("alerts")) == 4, 30, "four alerts")
        workers[0].kill()  # whoever comes after it must bring them to an end
        cluster.wait_until(lambda: len(deployment.read("alerts")) == 8, 40, "four ends")
        time.sleep(3)
        steps = [json.loads(one["payload"])["step"] for one in deployment.read("alerts")]
        assert sorted(steps) == ["fired"] * 4 + ["resolved"] * 4, steps

    def story_wrong_topics_are_refused_with_the_command_that_mends_them(self):
        deployment = self.deployment("missing", partitions=0)
        refused = deployment.run("run", "--config", deployment.config("a"), check=False)
        assert refused.returncode == 2 and "kentongan topics create" in refused.stderr, refused
        checked = deployment.run("topics", "check", "--config", deployment.config("a"), check=False)
        assert checked.returncode == 1 and checked.stdout.count("does not exist") == 5, checked
        deployment.create_topics(3)
        deployment.topics["risk"] = "missing-other-count"
        made = deployment.run("topics", "create", "--config", deployment.config(), "--partitions", "2", check=False)
        assert made.returncode == 1 and "created missing-other-count" in made.stdout, made
        refused = deployment.run("run", "--config", deployment.config("a"), check=False)
        assert refused.returncode == 2 and "--partitions 3" in refused.stderr, refused
        deployment.topics["risk"] = f"{deployment.name}.risk"
        deployment.topics["state"] = deployment.topics["alerts"]
        deployment.topics["alerts"] = f"{deployment.name}.state"
        refused = deployment.run("run", "--config", deployment.config("a"), check=False)
        assert refused.returncode == 2 and "compact" in refused.stderr, refused

    def story_more_partitions_are_refused_where_state_is(self):
        deployment = self.deployment("grown", partitions=1)
        worker = self.worker(deployment, "a")
        deployment.write(deployment.topics["reports"], cities.events(4, random.Random(3))[:50])
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == 50, 30, "fifty events")
        worker.kill()
        for topic in sorted(set(deployment.topics.values())):
            self.java("org.apache.kafka.tools.TopicCommand", "--alter", "--partitions", "3", "--topic", topic)
        worker.start()
        worker.wait_for("holds cities that belong into other partitions", 40)
        assert "partitions" in json.loads(worker.get_any("/readyz"))["detail"]

    def story_a_broker_that_is_away_is_waited_for(self):
        deployment = self.deployment("away", partitions=0)
        address, self.broker.address = self.broker.address, "127.0.0.1:1"
        worker = self.worker(deployment, "a")
        self.broker.address = address
        worker.wait_for("waiting for Kafka.*127.0.0.1:1")
        began = time.monotonic()
        assert worker.stop() == 0 and time.monotonic() - began < 10

    def story_it_stops_in_time_when_the_broker_is_frozen(self):
        deployment = self.deployment("frozen")
        worker = self.worker(deployment, "a")
        deployment.write(deployment.topics["reports"], cities.events(4, random.Random(3))[:50])
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == 50, 30, "fifty events")
        pid = self.broker.pid()
        os.kill(pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            code = worker.stop()
            assert code == 0 and time.monotonic() - began < 10, code
        finally:
            os.kill(pid, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(base.main(Stories))
