#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Workers are killed at any step, put to sleep, doubled and restarted, brokers die, and the network between them
falters, while events come. In the end the committed outputs, read by strangers, must be those of `kentongan replay`, city
by city, byte by byte.

example: KENTONGAN_BINARY=build/release/src/app/kentongan KENTONGAN_FAULTS=build/release/tests/kafka/libkafka_faults.so \\
         tests/kafka/chaos.py --seeds 10
"""
import argparse
import concurrent.futures
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

import cities
import cluster
import deeds
import weeks

CITIES = 6
PARTITIONS = 4
# One that is killed looks through the logs of all seeds before when it comes back, and takes minutes for it in the end.
SEEDS_OF_A_BROKER = 25


class Feeder(threading.Thread):
    """Writes the events bit by bit."""

    def __init__(self, deployment, records, chance):
        super().__init__()
        self.deployment, self.records, self.chance = deployment, records, chance
        self.error = None
        self.turn = threading.Lock()

    def run(self):
        try:
            rest = self.records
            while rest:
                count = self.chance.randrange(5, 100)
                with self.turn:
                    self.deployment.write(self.deployment.topics["reports"], rest[:count])
                rest = rest[count:]
                time.sleep(self.chance.uniform(0.05, 1.2))
        except Exception as error:  # pylint: disable=broad-except
            self.error = error


def differences(deployment, expected):
    """None: the outputs are those of the replay."""
    try:
        dumped = cluster.by_city(deployment.dump())
    except subprocess.CalledProcessError as error:
        # A broker that was killed may need its time.
        return f"journal dump: exit code {error.returncode}: {error.stderr}"
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


def story_of(seed, deployment, reference, chance):
    """The example day with the bundled rules, or two weeks with all blocks; most seeds take the latter."""
    if seed % 4 == 0:
        return cities.events(CITIES, chance)
    deployment.rules = cluster.HERE / "all_blocks"

    def replay(lines):
        return deployment.replay(lines)[0]
    return weeks.events(CITIES, reference, chance, replay)


def run_seed(binary, broker, folder, seed):
    chance = random.Random(seed)
    folder.mkdir()
    reference = folder / "reference"
    cities.write_reference(reference, CITIES)
    deployment = cluster.Deployment(binary, broker, folder, f"chaos-{broker.nodes}-{seed}", cities.ROOT / "rules",
                                    reference, workers=chance.choice([1, 2]))
    records = story_of(seed, deployment, reference, chance)
    deployment.create_topics(PARTITIONS)
    outputs, summary = deployment.replay([line for _, line in records])
    expected = cluster.by_city(outputs)
    feeder = Feeder(deployment, records, random.Random(seed + 1))
    trouble = deeds.Trouble(deployment, broker, chance, feeder.turn)
    try:
        feeder.start()
        while feeder.is_alive():
            time.sleep(chance.uniform(0.1, 1.2))
            trouble.do()
        trouble.finish()
        feeder.join()
        if feeder.error:
            raise feeder.error
        try:
            cluster.wait_until(lambda: differences(deployment, expected) is None, 60, "the outputs of the replay")
        except AssertionError as error:
            print(f"{error}\n{differences(deployment, expected)}\n{first_difference(deployment, expected)}")
            return False, trouble.told, summary
        # And nothing comes behind them.
        time.sleep(0.5)
        return differences(deployment, expected) is None, trouble.told, summary
    finally:
        trouble.end_all()


def run_seeds(brokers, folder, seeds):
    """The seeds that failed, on brokers of their own."""
    broker = cluster.Broker(folder / f"broker-{seeds[0]}", brokers)
    bad = []
    try:
        for seed in seeds:
            began = time.monotonic()
            try:
                good, told, summary = run_seed(cluster.binary(), broker, folder / f"seed-{seed}", seed)
                print(f"seed {seed}: {'ok' if good else 'FAILED'}, {summary['read']} events, {summary['alerts']} "
                      f"alerts, {time.monotonic() - began:.0f} s, {' '.join(told)}", flush=True)
            except (AssertionError, RuntimeError, subprocess.SubprocessError) as error:
                # The seeds behind it are worth running all the same.
                good = False
                print(f"seed {seed}: FAILED, {error}\n{getattr(error, 'stderr', None) or ''}", flush=True)
            if not good:
                bad.append(seed)
    finally:
        broker.stop()
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first", type=int, default=None, help="the first seed; default: by the clock")
    parser.add_argument("--brokers", type=int, choices=[1, 3], default=1)
    parser.add_argument("--jobs", type=int, default=1, help="so many clusters at the same time, each with seeds of its own")
    parser.add_argument("--keep", help="a folder for logs, kept")
    arguments = parser.parse_args()
    first = arguments.first if arguments.first is not None else int(time.time())
    with tempfile.TemporaryDirectory(prefix="kentongan-chaos-") as temporary:
        folder = pathlib.Path(arguments.keep or temporary)
        folder.mkdir(exist_ok=True)
        end = first + arguments.seeds
        groups = [range(begin, min(begin + SEEDS_OF_A_BROKER, end)) for begin in range(first, end, SEEDS_OF_A_BROKER)]
        with concurrent.futures.ProcessPoolExecutor(arguments.jobs) as jobs:
            running = [jobs.submit(run_seeds, arguments.brokers, folder, group) for group in groups]
            bad = [seed for group in running for seed in group.result()]
    print(f"{arguments.seeds} seeds, {len(bad)} failed")
    if bad:
        print("failed seeds:", *bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
