#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Workers are killed, stopped, doubled and restarted, and the broker too, while events come. In the end the committed
outputs, read by strangers, must be those of `kentongan replay`, city by city, byte by byte.

example: KENTONGAN_BINARY=build/release/src/app/kentongan tests/kafka/chaos.py --seeds 10
"""
import argparse
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

import cities
import cluster

CITIES = 6
PARTITIONS = 4
INSTANCES = ("a", "b", "c")


class Feeder(threading.Thread):
    """Writes the events bit by bit."""

    def __init__(self, deployment, records, chance):
        super().__init__()
        self.deployment, self.records, self.chance = deployment, records, chance
        self.error = None
        self.turn = threading.Lock()  # kcat gives up when its broker goes, and nobody knows what it has written

    def run(self):
        try:
            rest = self.records
            while rest:
                count = self.chance.randrange(10, 160)
                with self.turn:
                    self.deployment.write(self.deployment.topics["reports"], rest[:count])
                rest = rest[count:]
                time.sleep(self.chance.uniform(0.05, 0.6))
        except Exception as error:  # pylint: disable=broad-except
            self.error = error


class Trouble:
    """What is done to the workers; one deed at a time."""

    def __init__(self, deployment, chance, told, feeder):
        self.deployment, self.chance, self.told, self.feeder = deployment, chance, told, feeder
        self.static = chance.random() < 0.7
        self.workers = [cluster.Worker(deployment, one if self.static else "") for one in INSTANCES]
        for number, worker in enumerate(self.workers):
            worker.log = worker.log.with_suffix(f".{number}.log")
            worker.kill()
            worker.start()
        self.broker_died = False

    def do(self):
        deeds = [self.kill] * 6 + [self.freeze] * 2 + [self.end] * 2 + [self.double, self.kill_all]
        if not self.broker_died:
            deeds.append(self.kill_broker)
        deed = self.chance.choice(deeds)
        self.told.append(deed.__name__)
        deed()

    def one(self):
        return self.chance.choice(self.workers)

    def kill(self):
        worker = self.one()
        worker.kill()
        time.sleep(self.chance.choice([0, 0, 0.3, 4]))
        worker.start()

    def kill_all(self):
        for worker in self.workers:
            worker.kill()
        for worker in self.workers:
            worker.start()

    def freeze(self):
        worker = self.one()
        worker.send(signal.SIGSTOP)
        time.sleep(self.chance.uniform(3.2, 5))
        worker.send(signal.SIGCONT)

    def end(self):
        worker = self.one()
        code = worker.stop()
        assert code == 0, f"SIGTERM: exit code {code}"
        worker.start()

    def double(self):
        """A second process under the same name; in the end the first is alone again."""
        worker = self.one()
        twin = cluster.Worker(self.deployment, worker.instance)
        time.sleep(self.chance.uniform(0.5, 2))
        twin.kill()

    def kill_broker(self):
        self.broker_died = True
        with self.feeder.turn:
            self.deployment.broker.restart_after_kill()


def differences(deployment, expected):
    """None: the outputs are those of the replay."""
    dumped = cluster.by_city(deployment.dump())
    for source in sorted(set(expected) | set(dumped)):
        if dumped.get(source, []) != expected.get(source, []):
            return f"{source}: {len(dumped.get(source, []))} outputs, expected {len(expected.get(source, []))}"
    return None


def first_difference(deployment, expected):
    dumped = cluster.by_city(deployment.dump())
    for source, lines in expected.items():
        for at, line in enumerate(lines):
            found = dumped.get(source, [])[at:at + 1]
            if found != [line]:
                return f"{source}, output {at}:\n  expected {line}\n  found    {found}"
    return "more than expected"


def run_seed(binary, broker, folder, seed):
    chance = random.Random(seed)
    folder.mkdir()
    reference = folder / "reference"
    cities.write_reference(reference, CITIES)
    records = cities.events(CITIES, chance)
    deployment = cluster.Deployment(binary, broker, folder, f"chaos-{seed}", cities.ROOT / "rules", reference,
                                    workers=chance.choice([1, 2]))
    deployment.create_topics(PARTITIONS)
    outputs, summary = deployment.replay([line for _, line in records])
    expected = cluster.by_city(outputs)
    told = []
    feeder = Feeder(deployment, records, random.Random(seed + 1))
    trouble = Trouble(deployment, chance, told, feeder)
    try:
        feeder.start()
        while feeder.is_alive():
            time.sleep(chance.uniform(0.1, 1.2))
            trouble.do()
        feeder.join()
        if feeder.error:
            raise feeder.error
        try:
            cluster.wait_until(lambda: differences(deployment, expected) is None, 60, "the outputs of the replay")
        except (AssertionError, subprocess.CalledProcessError) as error:
            print(f"{error}\n{differences(deployment, expected)}\n{first_difference(deployment, expected)}")
            return False, told, summary
        # And nothing comes behind them.
        time.sleep(0.5)
        return differences(deployment, expected) is None, told, summary
    finally:
        for worker in trouble.workers:
            worker.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first", type=int, default=None, help="the first seed; default: by the clock")
    parser.add_argument("--keep", help="a folder for logs, kept")
    arguments = parser.parse_args()
    first = arguments.first if arguments.first is not None else int(time.time())
    bad = []
    with tempfile.TemporaryDirectory(prefix="kentongan-chaos-") as temporary:
        folder = pathlib.Path(arguments.keep or temporary)
        folder.mkdir(exist_ok=True)
        broker = cluster.Broker(folder / "broker")
        try:
            for seed in range(first, first + arguments.seeds):
                began = time.monotonic()
                good, told, summary = run_seed(cluster.binary(), broker, folder / f"seed-{seed}", seed)
                print(f"seed {seed}: {'ok' if good else 'FAILED'}, {summary['read']} events, {summary['alerts']} alerts, "
                      f"{time.monotonic() - began:.0f} s, {' '.join(told)}", flush=True)
                if not good:
                    bad.append(seed)
        finally:
            broker.stop()
    if bad:
        print("failed seeds:", *bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
