# SPDX-License-Identifier: Apache-2.0
"""The embedded service over HTTP: durable events in batches, and one a request over 64 connections; beside what SQLite
alone commits on the same disk."""
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request

from . import hostile_cases, measured, micro, reports

GROUP = "http"
TICKS = os.sysconf("SC_CLK_TCK")


class Service:
    """`kentongan run` on one core, with a journal of its own."""

    def __init__(self, rules):
        self.folder = measured.WORK / "service"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        config = self.folder / "kentongan.yaml"
        config.write_text(json.dumps({"journal": {"type": "sqlite", "path": str(self.folder / "k.db")}, "clock": "event",
                                      "rules": str(rules), "reference": str(measured.REFERENCE),
                                      "http": {"listen": "127.0.0.1:0"}}), encoding="utf-8")
        self.log = self.folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(["taskset", "-c", "0", measured.KENTONGAN, "run", "--config", config],
                                            stdout=log, stderr=log)
        self.port = self._port()

    def _port(self):
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(r"msg=ready .*port=(\d+)", self.log.read_text(encoding="utf-8"))
            if found:
                return found.group(1)
            time.sleep(0.02)
        self.stop()
        raise measured.Failed(f"the service was not ready: {self.log.read_text(encoding='utf-8')[-1000:]}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_mib(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))

    def applied(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=30) as answer:
            text = answer.read().decode()
        return sum(int(float(line.rsplit(" ", 1)[1])) for line in text.splitlines()
                   if line.startswith("kentongan_events_total{"))


def one_run(events, count, batch, connections):
    service = Service(reports.job_rules())
    try:
        cpu, began = service.cpu(), time.monotonic()
        client = ["taskset", "-c", "1"] if (os.cpu_count() or 1) > 1 else []
        told = json.loads(measured.cost([*client, measured.tool("http_bench"), service.port, events, batch, connections],
                                        keep=True).out)
        answered = service.cpu() - cpu
        while service.applied() < count:
            if service.process.poll() is not None or time.monotonic() - began > 600:
                raise measured.Failed("the service did not apply what it took")
            time.sleep(0.05)
        told.update(cpu_answered=answered, cpu=service.cpu() - cpu, applied_seconds=time.monotonic() - began,
                    peak_mib=service.peak_mib())
        return told
    finally:
        service.stop()


def measure_form(results, name, runs, count, batch, connections, floor):
    job = reports.job(count)
    told = [one_run(job, count, batch, connections) for _ in range(runs)]
    more = {"events": count, "connections": connections, "held_back": max(one["held_back"] for one in told),
            "peak_mib": round(max(one["peak_mib"] for one in told), 1)}
    results.add(GROUP, f"{name}: durable (202)", "events/s", [one["events"] / one["seconds"] for one in told],
                floor=floor, **more)
    results.add(GROUP, f"{name}: applied too", "events/s", [count / one["applied_seconds"] for one in told], floor=floor)
    results.add(GROUP, f"{name}: CPU of the service, all in all", "us CPU/event", [1e6 * one["cpu"] / count for one in told])
    results.add(GROUP, f"{name}: a request, p50", "ms", [one["p50_ms"] for one in told])
    results.add(GROUP, f"{name}: a request, p99", "ms", [one["p99_ms"] for one in told])


def neighbours(events, hostile=None):
    """What an ordinary sender of single posts on 8 connections is told, with a hostile one beside it: batches of the
    largest events, full of keys, on 16 connections, for as long as the ordinary one sends."""
    service = Service(reports.job_rules())
    senders = []
    try:
        for _ in range(4 if hostile else 0):
            senders.append(subprocess.Popen([measured.tool("http_bench"), service.port, hostile, "20", "4"],
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        time.sleep(0.5 if hostile else 0)
        return json.loads(measured.cost([measured.tool("http_bench"), service.port, events, 1, 8], keep=True).out)
    finally:
        for sender in senders:
            sender.kill()
            sender.wait()
        service.stop()


def measure_neighbours(results, runs, count):
    job = reports.job(count)
    keys = next(case for case in hostile_cases.CASES if case.name == "as many keys as there is room for")
    names = "one a request on 8 connections", "the same beside a hostile sender"
    for name, hostile, floor in ((names[0], None, None), (names[1], keys.events(400), names[0])):
        told = [neighbours(job, hostile) for _ in range(runs)]
        for unit, what, values in (("events/s", "durable (202)", [one["events"] / one["seconds"] for one in told]),
                                   ("ms", "a request, p50", [one["p50_ms"] for one in told]),
                                   ("ms", "a request, p99", [one["p99_ms"] for one in told])):
            more = {"floor": f"{floor}: {what}"} if floor else {}
            more["held_back"] = max(one["held_back"] for one in told)
            results.add(GROUP, f"{name}: {what}", unit, values, events=count, **more)


def measure(results, runs, batched, single):
    """`batched`, `single`: how many events."""
    micro.sqlite_floor(results, GROUP, runs, (1, 64, 1000))
    measure_form(results, "batches of 1,000 on 4 connections", runs, batched, 1000, 4, "SQLite alone, 1000 rows a commit")
    measure_form(results, "one a request on 64 connections", runs, single, 1, 64, "SQLite alone, 64 rows a commit")
    measure_neighbours(results, runs, max(200, single // 40))
    print("   the service had core 0, the client core 1", file=sys.stderr)
