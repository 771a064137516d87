# SPDX-License-Identifier: Apache-2.0
"""Where the programs are, what a command costs, and what was measured on which machine."""
import dataclasses
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KENTONGAN_BUILD", ROOT / "build/release"))
KENTONGAN = pathlib.Path(os.environ.get("KENTONGAN_BINARY", BUILD / "src/app/kentongan"))
WORK = pathlib.Path(os.environ.get("KENTONGAN_BENCH", ROOT / "build/bench"))
REFERENCE = ROOT / "rules/reference"


class Failed(Exception):
    """A benchmark that could not be run."""


def tool(name):
    """A program of the benchmarks."""
    path = BUILD / "benchmarks" / name
    if not path.exists():
        raise Failed(f"{path} is not there; build it: cmake --preset release -DKENTONGAN_BENCHMARKS=ON "
                     "&& cmake --build --preset release")
    return path


@dataclasses.dataclass
class Cost:
    """Of a process: CPU seconds (user and system), peak of resident memory, seconds of the clock, what it wrote."""
    cpu: float
    peak_mib: float
    seconds: float
    out: str


def cost(command, keep=False, at_most=900):
    """Of a command that must succeed within `at_most` seconds. `keep`: what it writes to standard output is kept, else
    it is thrown away."""
    began = time.monotonic()
    told, tell = os.pipe()
    starter = [sys.executable, "-I", "-S", str(ROOT / "benchmarks/harness/starter.py"), str(tell), str(at_most)]
    try:
        done = subprocess.run([*starter, *(str(part) for part in command)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE if keep else subprocess.DEVNULL, stderr=subprocess.PIPE,
                              pass_fds=(tell,), check=False)
    finally:
        os.close(tell)
    with os.fdopen(told) as pipe:
        usage = pipe.read().split()
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace")
        raise Failed(f"{' '.join(map(str, command))} ended with {done.returncode}: {said[-2000:]}")
    return Cost(float(usage[0]), float(usage[1]) / 1024, time.monotonic() - began, done.stdout.decode() if keep else "")


def stderr_of(command):
    """What a command that must succeed writes to standard error."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode(errors="replace")
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} ended with {done.returncode}: {said[-2000:]}")
    return said


def replay(rules, events, *more, reference=REFERENCE):
    return [KENTONGAN, "replay", "--rules", rules, "--reference", reference, *more, events]


def version_of(*command):
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (said.stdout or said.stderr).strip().split("\n", maxsplit=1)[0]


def commit():
    """Of what is measured, and whether files were changed since."""
    name = version_of("git", "-C", str(ROOT), "rev-parse", "--short=12", "HEAD")
    changed = version_of("git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no")
    return f"{name}, changed" if changed else name


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def surroundings():
    """Beside which the numbers are to be read."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "processor": processor(),
            "cores": os.cpu_count(), "memory_gib": round(memory, 1), "system": platform.platform(),
            "commit": commit(), "program": version_of(str(KENTONGAN), "--version"),
            "compiler": version_of("c++", "--version"), "python": platform.python_version(),
            "load_before": [round(load, 2) for load in os.getloadavg()]}


class Results:
    """What was measured: each thing with its values, one a run. Lower is better, but for a `rate`."""

    def __init__(self, quiet=False):
        self.list = []
        self.quiet = quiet

    def add(self, group, name, unit, values, **more):
        """`more`: what explains it, such as `floor`: the name of what it stands beside."""
        values = [round(float(value), 6) for value in values]
        entry = {"group": group, "name": name, "unit": unit, "values": values, **more,
                 "load": round(os.getloadavg()[0], 2)}
        self.list.append(entry)
        if not self.quiet:
            print(f"   {group:<10} {name:<52} {shown(statistics.median(values)):>12} {unit}", file=sys.stderr,
                  flush=True)
        return entry

    def find(self, group, name):
        return next((one for one in self.list if one["group"] == group and one["name"] == name), None)


def shown(number):
    """Three digits that say something."""
    size = abs(number)
    if size >= 10_000:
        return f"{number:,.0f}"
    return f"{number:.0f}" if size >= 1000 else f"{number:.1f}" if size >= 100 else f"{number:.2f}"


def is_rate(unit):
    return unit.endswith("/s")


def middle(entry):
    return statistics.median(entry["values"])


def write(path, around, results):
    document = {"version": 1, **around, "load_after": [round(load, 2) for load in os.getloadavg()],
                "results": results.list}
    pathlib.Path(path).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return document
