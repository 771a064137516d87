#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Faults that chaos meets only by chance, each by itself: death at every step of a transaction, a worker that hangs, a
producer that never ends its transaction, clocks that jump, a broker without room."""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import base
import cities
import cluster
import deeds
from base import now, report

RULES = """version: 1
risk: {}
rules:
  - id: any-intimidation
    match: {category: intimidation}
    check: {per: area}
    alert: {level: waspada, quiet_for: 1h, expires: 2d, message: {id: "Intimidasi"}, escalate: [{after: 30m, to: [camat]}]}
"""


class FaultStories(base.Base):
    def feed(self, deployment, seed, count):
        """Events of four cities in so many parts, and what a replay makes of all of them."""
        records = cities.events(4, random.Random(seed))
        outputs, _ = deployment.replay([line for _, line in records])
        size = -(-len(records) // count)
        return [records[at:at + size] for at in range(0, len(records), size)], cluster.by_city(outputs)

    def equals(self, deployment, expected):
        cluster.wait_until(lambda: cluster.by_city(deployment.dump()) == expected, 60, "the outputs of the replay")

    def at_every_step(self, name, deed, number):
        """One after the other, each time with new events on their way."""
        deployment = self.deployment(name)
        steps = [(key, when) for key in deeds.STEPS for when in ("before", "after")]
        parts, expected = self.feed(deployment, 11, len(steps))
        worker = self.worker(deployment, "a", start=False)
        for (key, when), part in zip(steps, parts):
            # InitProducerId comes once at each start; of the others a later one has a batch before it.
            at = 1 if key == 22 else number
            worker.start({"FAULT_AT": f"{key}:{at}", "FAULT_WHEN": when, "FAULT_DO": deed})
            half = len(part) // 2
            deployment.write(deployment.topics["reports"], part[:half])
            if key != 22:
                worker.wait_for("msg=restored")
                time.sleep(0.3)
            deployment.write(deployment.topics["reports"], part[half:])
            yield worker, deeds.STEPS[key], when
        worker.start()
        self.equals(deployment, expected)

    def story_killed_at_every_step_of_a_transaction(self):
        for number in (1, 2):
            for worker, step, when in self.at_every_step(f"steps-{number}", "kill", number):
                assert worker.died_within(15), f"{when} {step} number {number} never came"

    def story_put_to_sleep_at_every_step_of_a_transaction(self):
        """Longer than the session and the transaction last; another worker goes on meanwhile."""
        deployment = self.deployment("sleep")
        steps = [(key, when) for key in deeds.STEPS if key != 22 for when in ("before", "after")]
        # The last ones may lie in few partitions, perhaps in none of the sleeper's.
        parts, expected = self.feed(deployment, 12, len(steps) + 6)
        self.worker(deployment, "b")
        sleeper = self.worker(deployment, "a", start=False)
        for (key, when), part in zip(steps, parts):
            sleeper.start({"FAULT_AT": f"{key}:1", "FAULT_WHEN": when, "FAULT_DO": "stop"})
            sleeper.wait_for("msg=restored")
            deployment.write(deployment.topics["reports"], part)
            cluster.wait_until(sleeper.is_stopped, 15, f"{when} {deeds.STEPS[key]}")
            time.sleep(4.5)
            sleeper.send(signal.SIGCONT)
            time.sleep(1)
            assert sleeper.stop() == 0
        for part in parts[len(steps):]:
            deployment.write(deployment.topics["reports"], part)
        self.equals(deployment, expected)

    def story_two_processes_with_one_name(self):
        deployment = self.deployment("twins")
        parts, expected = self.feed(deployment, 13, 10)
        twins = [self.worker(deployment, "a", log=one) for one in ("first", "second")]
        for part in parts:
            deployment.write(deployment.topics["reports"], part)
            time.sleep(0.5)
        texts = "".join(twin.log.read_text() for twin in twins)
        assert "journal.instance" in texts, texts[-2000:]
        twins[0].kill()
        self.equals(deployment, expected)

    def story_a_worker_that_hangs_is_ended_to_be_started_anew(self):
        deployment = self.deployment("hang")
        deployment.settings = {"watchdog": "12s"}
        parts, expected = self.feed(deployment, 14, 2)
        worker = self.worker(deployment, "a", start=False)
        # The thread that talks to the broker stops: whatever waits for it waits for ever.
        worker.start({"FAULT_AT": "26:1", "FAULT_WHEN": "before", "FAULT_DO": "hang"})
        deployment.write(deployment.topics["reports"], parts[0])
        worker.wait_for("msg=\"no progress\"", 60)
        detail = json.loads(worker.get_any("/readyz"))["detail"]
        assert "has not come round" in detail, detail
        assert worker.metric("kentongan_stalled_seconds")[0] >= 5
        assert worker.died_within(30) and worker.process.returncode == 3, worker.process.returncode
        assert "to be started anew" in worker.text()
        worker.start()
        deployment.write(deployment.topics["reports"], parts[1])
        self.equals(deployment, expected)

    def story_a_transaction_that_nobody_ends_is_told(self):
        """A stranger dies before it commits: until the broker ends its transaction, nothing behind it can be read."""
        deployment = self.deployment("open", partitions=1)
        deployment.settings = {"watchdog": "24s"}
        worker = self.worker(deployment, "a")
        worker.wait_for("msg=restored")
        code = cities.code_of(0)
        line = report(1, f"{code}.02.1004", now())
        environment = {**os.environ, "LD_PRELOAD": os.environ["KENTONGAN_FAULTS"], "FAULT_AT": "26:1"}
        subprocess.run(["kcat", "-q", "-b", self.broker.address, "-P", "-t", deployment.topics["reports"], "-k", code, "-X",
                        "transactional.id=stranger", "-X", "transaction.timeout.ms=300000"], input=line, text=True,
                       env=environment, check=False)
        deployment.write(deployment.topics["reports"], [(code, report(2, f"{code}.02.1004", now()))])
        cluster.wait_until(lambda: "records wait" in worker.get_any("/readyz"), 40, "not ready")
        assert worker.died_within(40) and worker.process.returncode == 3

    def story_a_broker_that_is_away_for_long_is_waited_for(self):
        deployment = self.deployment("gone", partitions=1)
        deployment.settings = {"watchdog": "14s"}
        worker = self.worker(deployment, "a")
        parts, expected = self.feed(deployment, 15, 2)
        deployment.write(deployment.topics["reports"], parts[0])
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == len(parts[0]), 30, "the first half")
        self.broker.kill()
        time.sleep(25)
        assert worker.process.poll() is None, worker.text()[-3000:]
        self.broker.start()
        deployment.write(deployment.topics["reports"], parts[1])
        self.equals(deployment, expected)

    def story_clocks_that_jump_change_nothing_in_event_time(self):
        deployment = self.deployment("jump")
        parts, expected = self.feed(deployment, 16, 6)
        clock = self.folder / "clock"
        clock.write_text("0")
        worker = self.worker(deployment, "a", environment={"FAULT_CLOCK": str(clock)})
        for part, hours in zip(parts, (0, 30 * 24, -400 * 24, 1, -1, 0)):
            clock.write_text(str(hours * 3_600_000))
            deployment.write(deployment.topics["reports"], part)
            time.sleep(1)
        self.equals(deployment, expected)
        assert worker.process.poll() is None

    def story_a_wall_clock_that_jumps_back_repeats_nothing(self):
        rules = self.folder / "jump-rules"
        rules.mkdir()
        (rules / "rules.yaml").write_text(RULES)
        deployment = self.deployment("wall", rules=rules)
        deployment.settings = {"clock": "wall"}
        clock = self.folder / "wall-clock"
        clock.write_text("0")
        worker = self.worker(deployment, "a", environment={"FAULT_CLOCK": str(clock)})
        worker.wait_for("msg=restored")
        code = cities.code_of(2)
        deployment.write(deployment.topics["reports"], [(code, report(1, f"{code}.02.1004", now()))])
        steps = lambda: [json.loads(one["payload"])["step"] for one in deployment.read("alerts")]
        cluster.wait_until(lambda: steps() == ["fired"], 20, "an alert")
        for shift, seen in ((40, ["fired", "escalated"]), (0, ["fired", "escalated"]),
                            (61, ["fired", "escalated", "resolved"]), (-600, ["fired", "escalated", "resolved"])):
            clock.write_text(str(shift * 60_000))
            cluster.wait_until(lambda wanted=seen: steps() == wanted, 20, f"{seen} at {shift} minutes")
            time.sleep(1.5)
            assert steps() == seen
        worker.kill()
        worker.start()
        worker.wait_for("msg=restored")
        time.sleep(1)
        assert steps() == ["fired", "escalated", "resolved"]

    def story_every_reason_of_a_dead_letter(self):
        deployment = self.deployment("reasons", one_topic=False)
        topic = deployment.topics["reports"]
        code = cities.code_of(0)
        area = f"{code}.02.1004"
        time_of_day = "2024-11-10T08:00:00+07:00"

        def changed(number, **changes):
            event = json.loads(report(number, area, time_of_day))
            event["data"].update(changes)
            return json.dumps(event)
        deep = report(2, area, time_of_day).replace('"severity"', '"x":' + "[" * 70 + "]" * 70 + ',"severity"')
        records = {
            "too_large": report(1, area, time_of_day).replace("p1", "x" * 900_000),
            "too_deep": deep,
            "malformed_json": report(3, area, time_of_day)[:-1],
            "invalid_event": changed(4, severity="much"),
            "unknown_type": report(5, area, time_of_day).replace("kentongan.report.v1", "kentongan.rumour.v1"),
            "personal_data": changed(6, text="NIK 3573010101900001"),
            "unknown_category": changed(7, category="weather"),
            "unknown_area": changed(8, area="99.99.99.9999"),
            "unknown_alert": json.dumps({"specversion": "1.0", "id": "s-9", "source": "/stranger",
                                         "type": "kentongan.action.v1", "time": time_of_day,
                                         "data": {"alert": f"{code}-none", "action": "resolve", "actor": {"ref": "o"}}}),
            "too_old": report(10, area, "2024-10-01T08:00:00+07:00"),
        }
        self.commit_kcat(topic, report(0, area, time_of_day), key=code)
        for value in records.values():
            self.commit_kcat(topic, value, key=code, headers=["x-unknown=\u00e9\u00ff", "empty=", "ce_=", "ce_data={}"])
        self.commit_kcat(topic, None, key=code)
        self.commit_kcat(topic, report(11, area, time_of_day), key=code, headers=["ce_specversion=0.3"])
        worker = self.worker(deployment, "a")
        count = len(records) + 3
        cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == count, 30, "all are counted")
        found = {}
        for one in deployment.read("deadletter"):
            found.setdefault(one["headers"]["__connect.errors.exception.class.name"], []).append(one)
        extra = {"malformed_json": 1, "invalid_event": 1}  # the null value; the specversion that is none
        for reason in records:
            assert len(found.get(reason, [])) == 1 + extra.get(reason, 0), (reason, {k: len(v) for k, v in found.items()})
        verdicts = worker.metric("kentongan_events_total")[1]
        assert verdicts['{type="kentongan.report.v1",verdict="applied"}'] == 1, verdicts

    def story_a_broker_without_room_is_outlived(self):
        """Its disk is full: it ends; with room it comes back, and what was going on is done once."""
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk], capture_output=True, check=False)
        if mounted.returncode != 0:
            print("        left out: no file system may be mounted here")
            return
        broker = None
        try:
            extra = self.folder / "small.properties"
            extra.write_text("log.segment.bytes=4194304\nlog.index.size.max.bytes=65536\noffsets.topic.segment.bytes=1048576\n"
                             "transaction.state.log.segment.bytes=1048576\n")
            broker = cluster.Broker(disk / "broker", 1, {"KENTONGAN_KAFKA_EXTRA": str(extra)})
            usual, self.broker = self.broker, broker
            deployment = self.deployment("full", partitions=2)
            ballast_topic = self.deployment("ballast", partitions=1).topics["alerts"]
            self.broker = usual
            parts, expected = self.feed(deployment, 17, 4)
            worker = self.worker(deployment, "a")
            deployment.write(deployment.topics["reports"], parts[0])
            cluster.wait_until(lambda: worker.metric("kentongan_events_total")[0] == len(parts[0]), 30, "the first part")
            ballast = disk / "ballast"
            with ballast.open("wb") as file:
                try:
                    while True:
                        file.write(b"x" * 65536)
                        file.flush()
                except OSError:
                    pass
            # A stranger's records, of another topic, are one too many.
            subprocess.run(["kcat", "-q", "-b", broker.address, "-P", "-t", ballast_topic, "-X", "message.timeout.ms=20000"],
                           input="x" * 500_000 + "\n", text=True, check=False, capture_output=True)
            pid = broker.pid()
            cluster.wait_until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), 60, "the broker ends")
            assert worker.process.poll() is None
            ballast.unlink()
            broker.start()
            for part in parts[1:]:
                deployment.write(deployment.topics["reports"], part)
            self.equals(deployment, expected)
        finally:
            self.end()
            if broker:
                broker.kill()
            subprocess.run(["umount", disk], check=False)


if __name__ == "__main__":
    sys.exit(base.main(FaultStories))
