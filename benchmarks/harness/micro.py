# SPDX-License-Identifier: Apache-2.0
"""The Google Benchmark programs: nanoseconds of CPU, or rates where the disk decides."""
import json
import os

from . import measured

GROUP = "micro"
PROGRAMS = ("codec_bench", "rules_bench", "engine_bench")
# What has its yardstick in the same program.
FLOORS = {"decode_report": "rapidjson_sax_default", "reject_report_of_unknown_area": "rapidjson_sax_default",
          **{f"apply_with_window/{n}": "apply_without_window" for n in (10, 100, 1000, 10000)},
          **{f"match_by_index/{n}": "match_by_index/10" for n in (50, 500, 3000)}}
UNITS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def run_program(name, runs, seconds, pattern="."):
    """Of each benchmark the runs, in the order of the program."""
    said = measured.cost([measured.tool(name), f"--benchmark_filter={pattern}", "--benchmark_format=json",
                          f"--benchmark_repetitions={runs}", f"--benchmark_min_time={seconds}"], keep=True)
    found = {}
    for one in json.loads(said.out)["benchmarks"]:
        if one["run_type"] == "iteration":
            found.setdefault(one["run_name"], []).append(one)
    return found


def measure(results, runs, seconds):
    for program in PROGRAMS:
        for name, entries in run_program(program, runs, seconds).items():
            if "items_per_second" in entries[0]:
                values = [1e9 / one["items_per_second"] for one in entries]
            else:
                values = [one["cpu_time"] * UNITS[one["time_unit"]] for one in entries]
            more = {"floor": FLOORS[name]} if name in FLOORS else {}
            for counter in ("candidates", "matches", "bytes_per_event", "records_per_event"):
                if counter in entries[0]:
                    more[counter] = round(entries[0][counter], 3)
            results.add(GROUP, name, "ns", values, **more)


def sqlite_floor(results, group, runs, rows):
    """Rows a second that SQLite alone commits durably, so many at a time, on the disk of build/bench."""
    measured.WORK.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(measured.WORK)
    for name, entries in run_program("sqlite_bench", runs, 1, f"RawSqliteCommit/({'|'.join(map(str, rows))})/").items():
        count = name.split("/")[1]
        results.add(group, f"SQLite alone, {count} rows a commit", "events/s", [one["records"] for one in entries])
