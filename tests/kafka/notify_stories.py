#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""People are told from the alerts topic: by several processes, through deaths and restarts, under one identity."""
import json
import shutil
import sys
import time

import base
import cities
from base import report

TIME = "2024-11-10T08:00:00+07:00"
RULES = """version: 1
rules:
  - id: any-report
    match: {severity: 2}
    count: {at_least: 1, within: 1h, per: area}
    alert: {level: siaga, to: [lurah], message: {id: "Laporan di {{ area.name }}"}, quiet_for: 6h}
"""
ROSTER = {"version": 1, "people": [{"id": "lurah-1", "roles": ["lurah"], "channels": [{"type": "file", "to": "lurah"}]}]}


class NotifyStories(base.Base):
    def __init__(self, broker, folder):
        super().__init__(broker, folder)
        self.rules = folder / "tell-rules"
        self.rules.mkdir()
        (self.rules / "rules.yaml").write_text(RULES)

    def telling(self, name):
        deployment = self.deployment(name, rules=self.rules)
        reference = self.folder / f"{name}-reference"
        shutil.copytree(self.reference, reference)
        (reference / "roster.yaml").write_text(json.dumps(ROSTER))
        deployment.reference = reference
        return deployment

    def office(self, deployment, instance):
        """A process with an outbox of its own; all append to one file."""
        self.settle(deployment, instance)
        worker = self.worker(deployment, instance)
        worker.wait_for("msg=ready")
        return worker

    def settle(self, deployment, instance):
        """What the next process that is started gets: each its own outbox."""
        told = self.folder / f"{deployment.name}.told"
        deployment.settings = {"notify": {"database": str(self.folder / f"{deployment.name}-{instance}.db"),
                                          "group_wait": "0s", "group_window": "0s", "file": {"path": str(told)}}}

    def told(self, deployment):
        path = self.folder / f"{deployment.name}.told"
        return [json.loads(line)["notice"] for line in path.read_text().splitlines()] if path.exists() else []

    def wait_told(self, deployment, alerts, seconds=60):
        """Until so many alerts were told: the notices."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            notices = self.told(deployment)
            if len({item["alert"] for notice in notices for item in notice["alerts"]}) >= alerts:
                return notices
            time.sleep(0.1)
        raise AssertionError(f"{len(self.told(deployment))} notices, {alerts} alerts were to be told")

    def write_reports(self, deployment, first, kelurahan):
        records = []
        for number in range(4):
            code = cities.code_of(number)
            for one in kelurahan:
                records.append((code, report(first + len(records), f"{code}.02.10{one:02d}", TIME)))
        deployment.write(deployment.topics["reports"], records)
        return len(records)

    @staticmethod
    def has_one_identity(notices):
        keys = {}
        for notice in notices:
            keys.setdefault(tuple(item["event"] for item in notice["alerts"]), set()).add(notice["key"])
        assert all(len(names) == 1 for names in keys.values()), keys

    def story_two_processes_tell_everything(self):
        deployment = self.telling("tell")
        first, second = self.office(deployment, "one"), self.office(deployment, "two")
        count = self.write_reports(deployment, 0, [1, 2, 3])
        self.has_one_identity(self.wait_told(deployment, count))
        first.kill()
        count += self.write_reports(deployment, 100, [4, 5])
        self.settle(deployment, "one")
        first.start()
        self.has_one_identity(self.wait_told(deployment, count, 90))
        first.wait_for("msg=ready")
        assert {first.stop(), second.stop()} == {0}

    def story_a_restart_tells_nobody_again(self):
        deployment = self.telling("again")
        worker = self.office(deployment, "one")
        count = self.write_reports(deployment, 0, [1, 2])
        self.wait_told(deployment, count)
        assert worker.stop() == 0
        before = len(self.told(deployment))
        worker.start()
        count += self.write_reports(deployment, 100, [3])
        notices = self.wait_told(deployment, count)
        assert len(notices) == before + 4, (before, len(notices))
        assert worker.stop() == 0


if __name__ == "__main__":
    sys.exit(base.main(NotifyStories))
