#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Job J1 on Kentongan, Kafka Streams and Flink, exactly once, one after the other on the same broker and topic.

    benchmarks/peers/run.py [--events N] [--of N] [--engines kentongan,streams-memory,..]

Prints a line of JSON for each engine, then a table, and compares the sets of alerts (rule, area, time): exit code 1 when
one differs. Whole numbers of events in 24 and 6 hours (3,000,000 over 30 days) meet the edges of windows exactly.
Needs build/release with -DKENTONGAN_BENCHMARKS=ON (kentongan, kafka_bench), a JDK and what tests/kafka/broker needs.
"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "benchmarks/peers"
sys.path[:0] = [str(ROOT / "tests/kafka"), str(ROOT / "benchmarks/kafka")]
import cluster  # noqa: E402  pylint: disable=wrong-import-position
import run as pipeline  # noqa: E402  pylint: disable=wrong-import-position

JAVA = ["java", "-Xms512m", "-Xmx1g", "-XX:+UseParallelGC"]
# Flink on Java 17 looks into packages that the platform has closed since.
OPENED = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in
          ("java.util", "java.lang", "java.time", "java.util.concurrent", "java.nio")]


def java_classes(engine, folder):
    """Class path of one of the peers, compiled."""
    jars = subprocess.run([ROOT / "tests/kafka/maven_jars", HERE / engine / "pom.xml", f"j1-{engine}"], check=True,
                          capture_output=True, text=True).stdout.strip()
    sources = [*HERE.glob("common/src/**/*.java"), *HERE.glob(f"{engine}/src/**/*.java")]
    classes = folder / f"classes-{engine}"
    subprocess.run(["javac", "-nowarn", "-proc:none", "--release", "17", "-cp", f"{jars}/*", "-d", classes, *sources],
                   check=True)
    return f"{classes}:{jars}/*"


def java_peer(engine, main, store, job):
    state = job.folder / f"state-{engine}-{store}"
    state.mkdir()
    topic = job.deployment(f"{engine}-{store}").topics["alerts"]
    mode = [store] if engine == "streams" else []
    command = [*JAVA, *(OPENED if engine == "flink" else []), "-cp", job.classes(engine), f"kentongan.j1.{main}",
               job.broker.address, job.reports, topic, str(job.events), *mode, str(state)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    alerts = collections.Counter()
    for line in job.read(topic):
        alert = json.loads(line)
        alerts[alert["rule"], alert["area"], alert["time"]] += 1
    return json.loads(done.stdout.splitlines()[-1]), alerts


def millis(text):
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


def our_alerts(lines):
    """What the peers call an alert: a step upwards of a kelurahan, and an episode that fired."""
    levels = ("aman", "waspada", "siaga", "awas")
    alerts = collections.Counter()
    for line in lines:
        event = json.loads(line)
        data = event["data"]
        if "step" in data:
            if data["step"] == "fired":
                alerts[f"count-{int(data['rule'].split('-')[1])}", data["area"], millis(event["time"])] += 1
        elif data["area"].count(".") == 3 and levels.index(data["level"]) > levels.index(data["previous"]):
            alerts[f"risk-{data['level']}", data["area"], millis(event["time"])] += 1
    return alerts


def kentongan(dedupe, job):
    deployed = job.deployment(f"kentongan-{dedupe}", dedupe=dedupe)
    worker = cluster.Worker(deployed, "peer")
    try:
        pid, half = worker.process.pid, None
        worker.wait_for("msg=restored", 60)
        while (seen := pipeline.counted(worker)) < job.events:
            if half is None and seen >= job.events / 2:
                half = seen, pipeline.cpu_of(pid)
            time.sleep(0.25)
        cpu = pipeline.cpu_of(pid)
        peak = next(int(line.split()[1]) // 1024 for line in
                    pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
        share = (job.events / 2) / (job.events - half[0])
        measured = {"records": job.events, "cpu": round(cpu, 3), "cpu_second_half": round((cpu - half[1]) * share, 3),
                    "resident_mib": peak}
    finally:
        worker.stop()
    return measured, our_alerts(deployed.dump("alerts,risk"))


class Job:
    """The events, their topic, and what every engine needs to run."""

    def __init__(self, folder, broker, events, of):
        self.folder, self.broker, self.events = folder, broker, events
        self.path, self.rules = pipeline.job(folder / "job", events, of)
        self.reports = "j1.in"
        self.deployment("j1")
        pipeline.bench("produce", broker.address, self.reports, self.path)
        self._classes = {}

    def classes(self, engine):
        if engine not in self._classes:
            self._classes[engine] = java_classes(engine, self.folder)
        return self._classes[engine]

    def deployment(self, name, **settings):
        """Topics of its own but for the reports, which are the same for all."""
        made = cluster.Deployment(pipeline.BINARY, self.broker, self.folder, name, self.rules, ROOT / "rules/reference",
                                  properties={"session.timeout.ms": 10000, "heartbeat.interval.ms": 2000})
        made.topics.update({role: self.reports for role in cluster.ROLES[:5]})
        made.settings = settings
        made.create_topics(1)
        return made

    def read(self, topic):
        done = subprocess.run(["kcat", "-b", self.broker.address, "-C", "-e", "-q", "-t", topic, "-f", "%s\n", "-X",
                               "isolation.level=read_committed", "-o", "beginning"], check=True, capture_output=True)
        return done.stdout.decode().splitlines()


ENGINES = {
    "kentongan-0s": lambda job: kentongan("0s", job),
    "kentongan-7d": lambda job: kentongan("7d", job),
    "streams-memory": lambda job: java_peer("streams", "StreamsJob", "memory", job),
    "streams-rocksdb": lambda job: java_peer("streams", "StreamsJob", "rocksdb", job),
    "flink": lambda job: java_peer("flink", "FlinkJob", "heap", job),
}


def compare(found):
    (first, expected), *others = found.items()
    equal = True
    for name, alerts in others:
        missing, more = expected - alerts, alerts - expected
        print(f"alerts of {name}: {alerts.total()}, of {first}: {expected.total()}, missing {missing.total()}, "
              f"more {more.total()}")
        for example in [*missing.elements()][:3] + [*more.elements()][:3]:
            print(f"  differs: {example}")
        equal = equal and not missing and not more
    return equal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=3_000_000)
    parser.add_argument("--of", type=int, help="the events are the first ones of a job of so many over 30 days")
    parser.add_argument("--engines", default=",".join(ENGINES))
    arguments = parser.parse_args()
    rows, found = [], {}
    with tempfile.TemporaryDirectory(prefix="kentongan-peers-") as temporary:
        folder = pathlib.Path(temporary)
        broker = cluster.Broker(folder / "broker", 1, {"KENTONGAN_KAFKA_HEAP": "1g"})
        try:
            job = Job(folder, broker, arguments.events, arguments.of)
            for name in arguments.engines.split(","):
                measured, found[name] = ENGINES[name](job)
                row = {"engine": name, **measured, "alerts": found[name].total(),
                       "us_per_event": round(1e6 * measured["cpu"] / measured["records"], 2),
                       "us_per_event_warm": round(2e6 * measured["cpu_second_half"] / measured["records"], 2),
                       "load": round(os.getloadavg()[0], 1)}
                print(json.dumps(row), flush=True)
                rows.append(row)
        finally:
            broker.stop()
    print(f"{'engine':<16} {'us/event':>9} {'2nd half':>9} {'MiB':>6} {'alerts':>8}")
    for row in rows:
        print(f"{row['engine']:<16} {row['us_per_event']:>9} {row['us_per_event_warm']:>9} {row['resident_mib']:>6} "
              f"{row['alerts']:>8}")
    sys.exit(0 if compare(found) else 1)


if __name__ == "__main__":
    main()
