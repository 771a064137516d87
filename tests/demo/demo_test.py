# SPDX-License-Identifier: Apache-2.0
"""`kentongan demo` as somebody sees it who knows nothing: on a terminal, without one, and what is left of it.

demo_test.py KENTONGAN SOURCE [FRAME-FILE]: with a file the last frame that was drawn is written there.
"""

import fcntl
import json
import os
import pathlib
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time

PROGRAM, SOURCE = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
RULES = ["--rules", str(SOURCE / "rules")]
ENOUGH = 120  # seconds after which something hangs


def check(good, what):
    if not good:
        sys.exit(f"demo: {what}")


def run(*arguments, **more):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=ENOUGH, check=False, **more)


def lines_without_a_terminal(folder):
    done = run("demo", "--once", "--speed", "100000x", "--days", "4", "--seed", "3", "--data", str(folder), "--lang", "en",
               *RULES)
    check(done.returncode == 0, f"exit code {done.returncode}: {done.stderr}")
    check("\033" not in done.stdout, "escapes where there is no terminal")
    check(re.search(r"\d\d:\d\d  (waspada|siaga|awas) ", done.stdout), f"no alert is told:\n{done.stdout}")
    check("What happened:" in done.stdout and "kentongan report --config" in done.stdout, "no end")
    return done.stdout


def report_of_what_is_left(folder, told):
    command = next(line for line in told.splitlines() if "kentongan report" in line)
    words = command.replace("> report.html", "").split()[1:]
    page = run(*words)
    check(page.returncode == 0 and "</html>" in page.stdout, f"the command shown fails: {command}\n{page.stderr}")
    data = run(*[word if word != "html" else "json" for word in words])
    figures = json.loads(data.stdout)["tables"]
    check(figures["alerts"]["all"]["answered"] > 0, "no officer answered")
    dump = run("journal", "dump", "--config", str(folder / "kentongan.yaml"), "--emit", "alerts").stdout.splitlines()
    fired = [json.loads(line)["data"] for line in dump if '"step":"fired"' in line]
    check(figures["alerts"]["all"]["fired"] == len([one for one in fired if not one.get("shadow")]),
          "the report counts other alerts than the journal has")
    again = run("demo", "--once", "--data", str(folder), *RULES)
    check(again.returncode == 2 and "holds a journal already" in again.stderr, "a journal is used twice")


class Terminal:
    """A terminal of 80 columns with the program in it."""

    def __init__(self, *arguments):
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            os.execv(PROGRAM, [PROGRAM, *arguments])
        self.resize(80, 24)
        self.seen = b""

    def resize(self, width, height):
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def read_until(self, done):
        until = time.monotonic() + ENOUGH
        while not done(self.seen):
            check(time.monotonic() < until, f"waited in vain; seen:\n{self.seen[-3000:].decode(errors='replace')}")
            if select.select([self.file], [], [], 1)[0]:
                try:
                    self.seen += os.read(self.file, 65536)
                except OSError:
                    return

    def end(self):
        until = time.monotonic() + ENOUGH
        while time.monotonic() < until:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                return os.waitstatus_to_exitcode(status)
            if select.select([self.file], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.file, 65536)
                except OSError:
                    pass
        return None


def plain(text):
    return re.sub(r"\033\[[0-9;?]*[a-zA-Z]", "", text)


def frames_on_a_terminal():
    terminal = Terminal("demo", "--speed", "40000x", "--days", "6", "--lang", "en", *RULES)
    terminal.read_until(lambda seen: seen.count(b"Latest alerts") > 8 and b"why: " in seen)
    terminal.resize(60, 20)
    drawn = terminal.seen.count(b"Latest alerts")
    terminal.read_until(lambda seen: seen.count(b"Latest alerts") > drawn + 2)
    terminal.resize(80, 24)
    drawn = terminal.seen.count(b"Latest alerts")
    terminal.read_until(lambda seen: seen.count(b"Latest alerts") > drawn + 6)
    os.write(terminal.file, b"\x03")
    code = terminal.end()
    check(code == 0, f"exit code {code} behind Ctrl-C")
    text = terminal.seen.decode()
    check(text.rfind("\033[?1049l") > text.rfind("\033[?1049h") and "\033[?25h" in text, "the terminal is not given back")
    check("What happened:" in text, "no end")
    frame = plain(text.split("\033[H")[-2]).replace("\r", "").split("\n")
    for line in frame:
        check(len(line) <= 80, f"{len(line)} columns: {line}")
    check(len(frame) <= 24, f"{len(frame)} lines")
    for part in ("KENTONGAN", "Klojen", "Lowokwaru", "applied", "40000x", "/v1/alerts"):
        check(any(part in line for line in frame), f"no {part} in\n" + "\n".join(frame))
    return "\n".join(frame)


def main():
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "demo"
        report_of_what_is_left(folder, lines_without_a_terminal(folder))
    frame = frames_on_a_terminal()
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text(frame + "\n")
    for wrong in (["--speed", "fast"], ["--speed", "0"], ["--days", "99"], ["--rules", "/nowhere"]):
        check(run("demo", "--once", *wrong).returncode == 2, f"{wrong} is taken")


main()
