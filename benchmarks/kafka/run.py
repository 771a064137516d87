#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The service on Kafka, beside what a client alone can do with the same topic in the same run. Prints JSON lines.

    benchmarks/kafka/run.py throughput|latency|restore [--events N] [--areas N]

Needs build/release with -DKENTONGAN_BENCHMARKS=ON (kentongan, kafka_bench) and what tests/kafka/broker needs.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/kafka"))
import cities  # noqa: E402  pylint: disable=wrong-import-position
import cluster  # noqa: E402  pylint: disable=wrong-import-position

BUILD = pathlib.Path(os.environ.get("KENTONGAN_BUILD", ROOT / "build/release"))
BINARY = pathlib.Path(os.environ.get("KENTONGAN_BINARY", BUILD / "src/app/kentongan"))
BENCH = BUILD / "benchmarks/kafka_bench"
TICKS = os.sysconf("SC_CLK_TCK")
PROBE = """
  - id: probe
    match: {site: $probes}
    check: {per: [report.rw]}
    alert: {level: waspada, quiet_for: 1s, message: {id: "probe"}}
"""


def bench(*arguments):
    done = subprocess.run([BENCH, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def cpu_of(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def job(folder, events, of=None):
    subprocess.run([sys.executable, ROOT / "benchmarks/make_j1.py", str(of or events), folder, str(events)], check=True)
    return folder / "events.ndjson", folder / "rules"


def deployment(broker, folder, name, rules, reference, partitions=1, **settings):
    made = cluster.Deployment(BINARY, broker, folder, name, rules, reference,
                              properties={"session.timeout.ms": 10000, "heartbeat.interval.ms": 2000})
    made.settings = settings
    made.create_topics(partitions)
    return made


def counted(worker):
    return int(worker.metric("kentongan_events_total")[0])


def pipeline(deployed, events):
    """The whole way, from the first commit to the last: reading, rules, outputs, state, offsets."""
    worker = cluster.Worker(deployed, "bench")
    try:
        worker.wait_for("msg=restored", 60)
        pid = worker.process.pid
        while counted(worker) == 0:
            time.sleep(0.01)
        first, cpu, began = counted(worker), cpu_of(pid), time.monotonic()
        while counted(worker) < events:
            time.sleep(0.25)
        seconds = time.monotonic() - began
        measured = {"records": events - first, "seconds": round(seconds, 3), "cpu": round(cpu_of(pid) - cpu, 3),
                    "resident_mib": round(resident_mib(pid))}
        worker.kill()
        worker.start()
        worker.wait_for("msg=restored", 120)
        measured["restore_seconds"] = worker.metric("kentongan_restore_duration_seconds")[0]
        measured["restore_records"] = worker.metric("kentongan_restore_records")[0]
        measured["restored_mib"] = round(resident_mib(worker.process.pid))
        return measured
    finally:
        worker.kill()


def log_bytes(broker, topic):
    """As the broker keeps them, compressed."""
    return sum(one.stat().st_size for one in (broker.folder / "node-1/data").glob(f"{topic}-*/*.log"))


def per_event(measured):
    return 1e6 * measured["cpu"] / measured["records"]


def throughput(broker, folder, arguments):
    events, rules = job(folder / "j1", arguments.events, arguments.of)
    for dedupe in ("0s", "7d"):
        deployed = deployment(broker, folder, f"throughput-{dedupe}", rules, ROOT / "rules/reference", dedupe=dedupe)
        topic = deployed.topics["reports"]
        bench("produce", broker.address, topic, events)
        read = bench("consume", broker.address, topic)
        parsed = bench("parse", broker.address, topic)
        whole = pipeline(deployed, arguments.events)
        written = {role: log_bytes(broker, deployed.topics[role]) for role in ("reports", "state", "alerts", "risk")}
        print(json.dumps({
            "dedupe": dedupe, "log_bytes": written, "consume": read, "parse": parsed, "pipeline": whole,
            "us_cpu_per_event": {"consume": round(per_event(read), 3), "parse": round(per_event(parsed), 3),
                                 "pipeline": round(per_event(whole), 3)},
            "cpu_ratio_pipeline_to_parse": round(per_event(whole) / per_event(parsed), 2),
            "rate_ratio_pipeline_to_parse": round((whole["records"] / whole["seconds"]) /
                                                  (parsed["records"] / parsed["seconds"]), 2)}), flush=True)
    return whole["records"] / whole["seconds"]


def with_probes(source, target, warm, count, every):
    """`warm` and `count` events of the job; of the latter each `every`th becomes an alert of its own."""
    with source.open() as lines, target.open("w") as out:
        for number, line in enumerate(lines):
            if number == warm + count:
                break
            if number >= warm and number % every == 0:
                event = json.loads(line)
                event["data"].update(site="probe", rw=f"p{number}")
                line = json.dumps(event, separators=(",", ":")) + "\n"
            out.write(line)


def latency(broker, folder, arguments):
    rate = arguments.rate or throughput(broker, folder, arguments)
    most = int(rate * 0.9 * (arguments.warm + arguments.seconds)) + 1
    events, rules = job(folder / "j2", max(arguments.events, most))
    text = (rules / "j1.yaml").read_text().replace("rules:\n", "lists: {probes: [probe]}\nrules:\n", 1)
    (rules / "j1.yaml").write_text(text.rstrip() + "\n" + PROBE.lstrip("\n"))
    for share in arguments.shares:
        deployed = deployment(broker, folder, f"latency-{int(share * 10)}", rules, ROOT / "rules/reference")
        chosen = folder / "probes.ndjson"
        count = int(rate * share * arguments.seconds)
        with_probes(events, chosen, int(rate * share * arguments.warm), count, max(1, count // 2000))
        worker = cluster.Worker(deployed, "bench")
        try:
            worker.wait_for("msg=restored", 60)
            measured = bench("latency", broker.address, deployed.topics["reports"], deployed.topics["alerts"], chosen,
                             rate * share)
            print(json.dumps({"share": share, **measured}), flush=True)
        finally:
            worker.kill()


def restore(broker, folder, arguments):
    """A state as it is after a week: some reports in every kelurahan."""
    count = -(-arguments.areas // 57)
    reference = folder / "nation"
    cities.write_reference(reference, count)
    _, rules = job(folder / "j3", 1)
    with (reference / "areas.csv").open(newline="") as file:
        codes = [row["code"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    path = folder / "nation.ndjson"
    with path.open("w") as out:
        for number in range(arguments.reports):
            for code in codes:
                out.write(json.dumps({
                    "specversion": "1.0", "id": f"{code}-{number}", "source": "/nation", "type": "kentongan.report.v1",
                    "time": f"2024-11-{10 + number % 7:02d}T08:00:00+07:00",
                    "data": {"area": code, "category": "intimidation", "severity": 3, "source": "A", "content": 1,
                             "reporter": {"ref": f"{code}-{number % 5}"}}}, separators=(",", ":")) + "\n")
    events = len(codes) * arguments.reports
    deployed = deployment(broker, folder, "restore", rules, reference, partitions=4)
    bench("produce", broker.address, deployed.topics["reports"], path)
    worker = cluster.Worker(deployed, "bench")
    try:
        worker.wait_for("msg=restored", 60)
        cluster.wait_until(lambda: counted(worker) == events, 600, "all are applied")
        took = []
        for _ in range(3):
            worker.kill()
            worker.start()
            worker.wait_for("msg=restored", 120)
            took.append(worker.metric("kentongan_restore_duration_seconds")[0])
        print(json.dumps({"areas": len(codes), "reports": events, "records": worker.metric("kentongan_restore_records")[0],
                          "seconds": took, "seconds_per_10000_areas": round(min(took) * 10_000 / len(codes), 2),
                          "state_log_bytes": log_bytes(broker, deployed.topics["state"]), "resident_mib": round(resident_mib(worker.process.pid))}), flush=True)
    finally:
        worker.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["throughput", "latency", "restore"])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--of", type=int, help="the events are the first ones of a job of so many over 30 days")
    parser.add_argument("--rate", type=float, help="the greatest rate, when it is known; else it is measured first")
    parser.add_argument("--seconds", type=int, default=20, help="of each rate of the latency")
    parser.add_argument("--warm", type=int, default=40,
                        help="seconds at the same rate before them: the broker and the group begin cold")
    parser.add_argument("--shares", type=lambda text: [float(one) for one in text.split(",")], default=[0.1, 0.5, 0.9],
                        help="of the greatest rate, as 0.1,0.5")
    parser.add_argument("--areas", type=int, default=10_000)
    parser.add_argument("--reports", type=int, default=5, help="for each area, of the restore")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-") as temporary:
        folder = pathlib.Path(temporary)
        broker = cluster.Broker(folder / "broker", 1, {"KENTONGAN_KAFKA_HEAP": "1g"})
        try:
            {"throughput": throughput, "latency": latency, "restore": restore}[arguments.what](broker, folder, arguments)
        finally:
            broker.stop()


if __name__ == "__main__":
    main()
