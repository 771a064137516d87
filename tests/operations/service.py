# SPDX-License-Identifier: Apache-2.0
"""The real service for tests that look at it from outside. Standard library only."""

import json
import pathlib
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


class Service:
    """`kentongan run` in a folder of its own, which goes away with it. `more` is added to its configuration."""

    def __init__(self, binary, rules, more="clock: event\n", folder=None, wrapper=(), environment=None):
        self.binary, self.wrapper, self.environment = binary, list(wrapper), environment
        self.own = tempfile.TemporaryDirectory() if folder is None else None
        self.folder = pathlib.Path(self.own.name if folder is None else folder)
        self.config = self.folder / "kentongan.yaml"
        self.database = self.folder / "data" / "kentongan.db"
        self.log_path = self.folder / "log"
        self.config.write_text(
            f'journal: {{path: "{self.database}"}}\nrules: {rules}\nhttp: {{listen: "127.0.0.1:0"}}\n{more}')
        self.process, self.port = None, None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.own:
            self.own.cleanup()

    def start(self, wait=True):
        with open(self.log_path, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([*self.wrapper, self.binary, "run", "--config", str(self.config)], stderr=log,
                                            env=self.environment)
        if wait:
            self.wait_until(lambda: self.listening() and self.get("/readyz")[0] == 200, "the service is not ready")

    def listening(self):
        for line in self.log().splitlines():
            fields = json.loads(line) if line.startswith("{") else dict(
                part.split("=", 1) for part in line.split() if "=" in part)
            if fields.get("msg") == "ready":
                self.port = int(fields["port"])
        return self.port is not None

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=20)

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, holds, otherwise, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if holds():
                return
            if self.process.poll() is not None:
                raise AssertionError(f"the service ended with {self.process.returncode}:\n{self.log()}")
            time.sleep(0.02)
        raise AssertionError(f"{otherwise}:\n{self.log()[-4000:]}")

    def ask(self, method, path, body=None, kind=None):
        """(status, headers, text); status 0 where nobody answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method, data=body)
        if kind:
            request.add_header("Content-Type", kind)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                endless = answer.headers.get_content_type() == "text/event-stream"
                return answer.status, answer.headers, (answer.readline() if endless else answer.read()).decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0, {}, ""

    def get(self, path):
        status, _, text = self.ask("GET", path)
        return status, text

    def post(self, lines):
        body = "".join(line if isinstance(line, str) else json.dumps(line) for line in
                       (line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
        status, _, text = self.ask("POST", "/v1/events", body.encode(), "application/x-ndjson")
        return status, text

    def metric(self, name):
        """The sum of all series that begin with `name`."""
        status, text = self.get("/metrics")
        assert status == 200, text
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))

    def wait_applied(self, events):
        self.wait_until(lambda: self.metric("kentongan_events_total") >= events, f"not all of {events} events were read")


def report(number, area="35.73.02.1004", when="2024-11-10T08:00:00+07:00", **data):
    return {"specversion": "1.0", "id": f"r-{number}", "source": "/test", "type": "kentongan.report.v1", "time": when,
            "data": {"area": area, "category": "intimidation", "severity": 4, "source": "A", "content": 1,
                     "reporter": {"ref": f"p{number}"}, **data}}
