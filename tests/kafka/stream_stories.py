#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""GET /v1/stream of several processes: each hands out what all of them commit, and takes up what another began."""
import http.client
import json
import sys

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


class Reader:
    """Somebody who reads a stream."""

    def __init__(self, worker, query="?type=alerts", last=None):
        port = int(worker.wait_for(r"msg=ready .*port=(\d+)").group(1))
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.request("GET", "/v1/stream" + query, headers={"Last-Event-ID": last} if last else {})
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.status
        self.answer.fp.readline()  # it has begun

    def next(self):
        event = {}
        while True:
            line = self.answer.fp.readline().decode()
            assert line, "the stream has ended"
            name, _, value = line.rstrip("\n").partition(": ")
            if name in ("id", "event", "data"):
                event[name] = value
            elif not line.strip() and "data" in event:
                return event

    def alerts(self, count):
        """The alerts of so many events, and the id of the last."""
        events = [self.next() for _ in range(count)]
        assert all(one["event"] == "alert" for one in events), events
        return {json.loads(one["data"])["id"] for one in events}, events[-1]["id"]

    def close(self):
        self.connection.close()


class StreamStories(base.Base):
    def reports(self, deployment, first, kelurahan):
        records = []
        for number in range(4):
            code = cities.code_of(number)
            records += [(code, report(first + len(records) + i, f"{code}.02.10{one:02d}", TIME))
                        for i, one in enumerate(kelurahan)]
        deployment.write(deployment.topics["reports"], records)
        return len(records)

    def story_every_process_streams_what_all_commit(self):
        rules = self.folder / "stream-rules"
        rules.mkdir()
        (rules / "rules.yaml").write_text(RULES)
        deployment = self.deployment("stream", rules=rules)
        workers = [self.worker(deployment, one) for one in "ab"]
        readers = [Reader(worker) for worker in workers]
        count = self.reports(deployment, 1, range(1, 4))
        (one, last), (other, _) = (reader.alerts(count) for reader in readers)
        assert one == other and len(one) == count, (len(one), len(other))
        for reader in readers:
            reader.close()
        more = self.reports(deployment, 100, range(4, 7))
        resumed, _ = Reader(workers[1], last=last).alerts(more)  # where the other process had ended
        assert len(resumed) == more and not resumed & one, resumed & one
        assert workers[0].stop() == 0
        again = self.worker(deployment, "c")
        restarted, _ = Reader(again, last=last).alerts(more)
        assert restarted == resumed
        assert Reader(again, last="a0.99999999").next()["event"] == "reset"


if __name__ == "__main__":
    sys.exit(base.main(StreamStories))
