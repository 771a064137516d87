# SPDX-License-Identifier: Apache-2.0
"""What all stories with a broker share: deployments, workers, records written by a stranger, and how they are run."""
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

import cities
import cluster


def report(number, area, when, category="intimidation"):
    return json.dumps({"specversion": "1.0", "id": f"s-{number}", "source": "/stranger", "type": "kentongan.report.v1",
                       "time": when, "data": {"area": area, "category": category, "severity": 2,
                                              "reporter": {"ref": f"p{number}"}}}, separators=(",", ":"))


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Base:
    def __init__(self, broker, folder):
        self.broker, self.folder = broker, folder
        self.reference = folder / "reference"
        cities.write_reference(self.reference, 4)
        self.workers = []
        self.number = 0

    def deployment(self, name, partitions=4, **options):
        self.number += 1
        made = cluster.Deployment(cluster.binary(), self.broker, self.folder, f"{name}-{self.number}",
                                  options.pop("rules", cities.ROOT / "rules"), self.reference, **options)
        if partitions:
            made.create_topics(partitions)
        return made

    def worker(self, deployment, instance, **options):
        made = cluster.Worker(deployment, instance, **options)
        self.workers.append(made)
        return made

    @staticmethod
    def jars():
        return subprocess.run([cluster.HERE / "broker", "jars"], capture_output=True, text=True, check=True).stdout.strip()

    def java(self, program, *arguments):
        """One of Kafka's own tools, with the rights of an administrator."""
        subprocess.run(["java", "-cp", f"{self.jars()}/*", program, "--bootstrap-server", self.broker.address, *arguments],
                       check=True, capture_output=True)

    def end(self):
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.kill()
        self.workers = []

    def commit_kcat(self, topic, value, key=None, headers=(), partition=None):
        """One record, its value as it is; None: a null value."""
        path = self.folder / "value"
        arguments = ["kcat", "-q", "-b", self.broker.address, "-P", "-t", topic, "-X",
                     "partitioner=murmur2_random"]
        for header in headers:
            arguments += ["-H", header]
        if partition is not None:
            arguments += ["-p", str(partition)]
        if value is None:
            subprocess.run([*arguments, "-Z", "-K", ":"], input=f"{key}:\n", text=True, check=True)
        else:
            if key is not None:
                arguments += ["-k", key]
            path.write_bytes(value.encode() if isinstance(value, str) else value)
            subprocess.run([*arguments, str(path)], check=True)


def main(kind, nodes=1, environment=None):
    """Runs the methods of `kind` that are named story_.., or those whose names hold a word of the command line."""
    wanted = sys.argv[1:]
    failed = []
    with tempfile.TemporaryDirectory(prefix="kentongan-kafka-") as temporary:
        folder = pathlib.Path(temporary)
        broker = cluster.Broker(folder / "broker", nodes, environment(folder) if environment else None)
        stories = kind(broker, folder)
        try:
            for name in [one for one in dir(kind) if one.startswith("story_")]:
                if wanted and not any(word in name for word in wanted):
                    continue
                began = time.monotonic()
                try:
                    getattr(stories, name)()
                    print(f"ok      {name} ({time.monotonic() - began:.0f} s)", flush=True)
                except Exception:  # pylint: disable=broad-except
                    failed.append(name)
                    traceback.print_exc()
                    for worker in stories.workers:
                        print("\n".join(line for line in worker.text().splitlines()[-15:] if "msg=alert" not in line))
                    print(f"FAILED  {name}", flush=True)
                stories.end()
        finally:
            stories.end()
            broker.stop()
    return 1 if failed else 0
