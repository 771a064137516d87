# SPDX-License-Identifier: Apache-2.0
"""A broker, workers of the service, and kcat as a stranger that writes and reads."""
import collections
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROLES = ("reports", "campaigns", "logistics", "readiness", "actions", "alerts", "risk", "deadletter", "state")


class Broker:
    """One broker or several. `environment` is for tests/kafka/broker."""

    def __init__(self, folder, nodes=1, environment=None):
        self.folder = folder
        self.nodes = nodes
        self.environment = {**os.environ, **(environment or {})}
        self.address = self._run("start", str(nodes))

    def _run(self, command, *arguments):
        done = subprocess.run([HERE / "broker", command, self.folder, *arguments], capture_output=True, text=True,
                              env=self.environment, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def port(self, name, node=1):
        for line in (self.folder / f"node-{node}" / "ports").read_text().splitlines():
            if line.split()[0] == name:
                return int(line.split()[1])
        raise KeyError(name)

    def pid(self, node=1):
        return int((self.folder / f"node-{node}" / "pid").read_text())

    def kill(self, node="*"):
        self._run("kill", str(node))

    def start(self):
        self._run("start")

    def restart_after_kill(self, node="*"):
        self.kill(node)
        self.start()

    def stop(self):
        self._run("stop")


class Deployment:
    """Topics and a configuration of their own on a broker that others use too."""

    def __init__(self, binary, broker, folder, name, rules, reference, one_topic=True, workers=1, properties=None):
        self.binary = str(binary)
        self.broker = broker
        self.brokers = None  # what workers are told, where that is another address than the strangers'
        self.folder = folder
        self.name = name
        self.settings = {}  # more keys of the configuration
        inputs = ROLES[:5]
        self.topics = {role: f"{name}.in" if one_topic and role in inputs else f"{name}.{role}" for role in ROLES}
        self.rules = rules
        self.reference = reference
        self.workers = workers
        self.properties = {"session.timeout.ms": 3000, "heartbeat.interval.ms": 500, "transaction.timeout.ms": 3000,
                           **(properties or {})}

    def config(self, instance=""):
        text = json.dumps({
            "journal": {"type": "kafka", "brokers": self.brokers or self.broker.address, "group": self.name,
                        **({"instance": instance} if instance else {}),
                        "topics": self.topics, "properties": {k: str(v) for k, v in self.properties.items()}},
            "workers": self.workers, "rules": str(self.rules), "reference": str(self.reference),
            "http": {"listen": "127.0.0.1:0"}, "clock": "event", **self.settings})
        path = self.folder / f"{self.name}-{instance or 'any'}.yaml"
        path.write_text(text)
        return str(path)

    def run(self, *arguments, check=True):
        return subprocess.run([self.binary, *arguments], capture_output=True, text=True, check=check)

    def create_topics(self, partitions):
        self.run("topics", "create", "--config", self.config(), "--partitions", str(partitions))

    def dump(self, emit="alerts,risk,deadletters"):
        return self.run("journal", "dump", "--config", self.config(), "--emit", emit).stdout.splitlines()

    def replay(self, lines):
        """Outputs by city, and the summary."""
        path = self.folder / f"{self.name}.ndjson"
        path.write_text("".join(line + "\n" for line in lines))
        summary = self.folder / f"{self.name}.summary"
        out = self.run("replay", "--rules", str(self.rules), "--reference", str(self.reference), "--emit",
                       "alerts,risk,deadletters", "--summary", str(summary), str(path)).stdout.splitlines()
        return out, json.loads(summary.read_text())

    def write(self, topic, records):
        """(key, value) pairs, by kcat. Idempotent: without it a retry can put a batch behind the next one."""
        text = "".join(f"{key}\t{value}\n" for key, value in records)
        subprocess.run(["kcat", "-q", "-b", self.broker.address, "-P", "-t", topic, "-K", "\t", "-X",
                        "partitioner=murmur2_random", "-X", "enable.idempotence=true", "-X", "message.timeout.ms=60000"],
                       input=text, text=True, check=True)

    def read(self, role):
        """All committed records of a topic as a stranger reads them: partition, offset, key, headers, value."""
        out = subprocess.run(["kcat", "-q", "-C", "-b", self.broker.address, "-t", self.topics[role], "-o",
                              "beginning", "-e", "-J", "-X", "isolation.level=read_committed"],
                             capture_output=True, text=True, check=True).stdout
        records = []
        for line in out.splitlines():
            record = json.loads(line)
            flat = record.get("headers") or []
            record["headers"] = dict(zip(flat[::2], flat[1::2]))
            records.append(record)
        return records


class Worker:
    """`kentongan run` as a process."""

    def __init__(self, deployment, instance="", log="", start=True, environment=None):
        self.deployment = deployment
        self.instance = instance
        self.environment = environment or {}
        self.log = deployment.folder / f"{deployment.name}-{log or instance or 'any'}.log"
        self.process = None
        if start:
            self.start()

    def start(self, fault=None):
        """`fault`: variables for faults.cpp."""
        environment = {**os.environ, **self.environment, **(fault or {})}
        if fault or self.environment:
            environment["LD_PRELOAD"] = os.environ["KENTONGAN_FAULTS"]
        with self.log.open("ab") as log:
            self.from_byte = log.tell()
            self.process = subprocess.Popen([self.deployment.binary, "run", "--config",
                                             self.deployment.config(self.instance)], stdout=log, stderr=log,
                                            env=environment)

    def died_within(self, seconds):
        """Whether it ended by itself."""
        try:
            self.process.wait(timeout=seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def is_stopped(self):
        return pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"

    def send(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.send(signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=10):
        """The exit code; raises when it takes longer."""
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        return self.process.wait(timeout=seconds)

    def text(self):
        return self.log.read_bytes()[self.from_byte:].decode()

    def wait_for(self, pattern, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = re.search(pattern, self.text())
            if found:
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{self.instance}: the log never said {pattern}:\n{self.text()}")

    def get(self, path):
        port = self.wait_for(r"msg=ready .*port=(\d+)").group(1)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def get_any(self, path):
        """As get(), whatever the status."""
        try:
            return self.get(path)
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def post(self, path, body, kind="application/x-ndjson"):
        port = self.wait_for(r"msg=ready .*port=(\d+)").group(1)
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body.encode(), {"Content-Type": kind})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())

    def metric(self, name):
        """Sum of a metric over its labels, and the values by labels."""
        values = {}
        for line in self.get("/metrics").splitlines():
            if line.startswith(name) and line[len(name)] in " {":
                labels, value = line[len(name):].rsplit(" ", 1)
                values[labels] = float(value)
        return sum(values.values()), values


def by_city(lines):
    """Events by their source, in their order."""
    cities = collections.defaultdict(list)
    for line in lines:
        cities[json.loads(line)["source"]].append(line)
    return cities


def wait_until(condition, seconds, what):
    until = time.monotonic() + seconds
    while True:
        if condition():
            return
        if time.monotonic() > until:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.2)


def binary():
    return pathlib.Path(os.environ["KENTONGAN_BINARY"])
