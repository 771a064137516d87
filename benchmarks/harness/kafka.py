# SPDX-License-Identifier: Apache-2.0
"""The job on a real broker, exactly once, beside a client that only consumes and one that consumes and parses."""
import json
import os
import sys

from . import measured

GROUP = "kafka"


def measure(results, events, of, runs):
    environment = {**os.environ, "KENTONGAN_BUILD": str(measured.BUILD), "KENTONGAN_BINARY": str(measured.KENTONGAN)}
    os.environ.update(environment)
    lines = []
    for _ in range(runs):
        said = measured.cost([sys.executable, measured.ROOT / "benchmarks/kafka/run.py", "throughput", "--events", events,
                              "--of", of], keep=True, at_most=1800)
        lines += [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]
    floors = {"consume only": "consume", "consume and parse": "parse"}
    for name, key in floors.items():
        results.add(GROUP, name, "us CPU/event", [one["us_cpu_per_event"][key] for one in lines], events=events)
    for dedupe, name in (("0s", "exactly once, nothing remembered"), ("7d", "exactly once, as it comes")):
        ours = [one for one in lines if one["dedupe"] == dedupe]
        results.add(GROUP, name, "us CPU/event", [one["us_cpu_per_event"]["pipeline"] for one in ours],
                    floor="consume and parse", events=events,
                    peak_mib=max(one["pipeline"]["resident_mib"] for one in ours),
                    rate_to_parser=[one["rate_ratio_pipeline_to_parse"] for one in ours])
