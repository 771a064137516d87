# SPDX-License-Identifier: Apache-2.0
"""The real service with a generated story in it, and a real Prometheus beside it, for tests."""

import contextlib
import http.server
import json
import pathlib
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def ask(url, body=None, kind="application/json"):
    """Status and text; errors of the server are answers too."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": kind} if body is not None else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


class Program:
    """A process that is ended at the end of `with`; its output is kept for when it fails."""

    def __init__(self, command, folder, name):
        self.log = pathlib.Path(folder) / f"{name}.log"
        self.name, self.command = name, command

    def __enter__(self):
        self.output = self.log.open("w")
        self.process = subprocess.Popen(self.command, stdout=self.output, stderr=subprocess.STDOUT)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.output.close()

    def wait_for(self, what, happened):
        """Until it has happened; ends the test when the process ends or nothing happens for long."""
        for _ in range(1200):
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
            try:
                if happened():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit(f"{self.name}: not {what}:\n{self.log.read_text()[-3000:]}")


class Service(Program):
    """kentongan run with the embedded journal and the clock of the events; `more` is added to its configuration."""

    def __init__(self, program, rules, folder, more=""):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        config = pathlib.Path(folder) / "kentongan.yaml"
        config.write_text(
            f"journal: {{type: sqlite, path: {folder}/kentongan.db}}\nrules: {rules}\n"
            f'http: {{listen: "127.0.0.1:{self.port}"}}\nclock: event\n{more}'
        )
        super().__init__([program, "run", "--config", str(config)], folder, "kentongan")

    def ready(self):
        self.wait_for("ready", lambda: ask(self.url + "/readyz")[0] == 200)

    def metrics(self):
        return ask(self.url + "/metrics")[1]

    def read(self):
        """How many events it has read."""
        lines = [line for line in self.metrics().splitlines() if line.startswith("kentongan_events_total")]
        return int(sum(float(line.rsplit(" ", 1)[1]) for line in lines))

    def post(self, lines):
        """How many of these were accepted."""
        status, text = ask(self.url + "/v1/events", "\n".join(lines).encode(), "application/x-ndjson")
        assert status in (202, 400), text
        return json.loads(text).get("accepted", 0)

    def wait_until_read(self, events):
        self.wait_for(f"done with {events} events", lambda: self.read() >= events)

    def alerts(self, state=""):
        return json.loads(ask(f"{self.url}/v1/alerts?state={state}")[1])["alerts"]

    def act(self, alert, action, **more):
        body = {"action": action, "actor": {"ref": "o-1", "role": "posko"}, **more}
        status, text = ask(f"{self.url}/v1/alerts/{urllib.parse.quote(alert)}/actions", json.dumps(body).encode())
        assert status == 202, text


class Watcher(http.server.BaseHTTPRequestHandler):
    """Takes heartbeats."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def watcher():
    """The address of something outside that wants to hear that the service lives."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Watcher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/alive"
    finally:
        server.shutdown()


class Prometheus(Program):
    """With the rules of deploy/prometheus, scraping every second."""

    def __init__(self, folder, rules, target, alertmanager=None):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        config = pathlib.Path(folder) / "prometheus.yml"
        alerting = f'alerting: {{alertmanagers: [{{static_configs: [{{targets: ["{alertmanager}"]}}]}}]}}\n'
        config.write_text(
            "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
            f"rule_files: [{rules}/*.yml]\n{alerting if alertmanager else ''}"
            f'scrape_configs: [{{job_name: kentongan, static_configs: [{{targets: ["{target}"]}}]}}]\n'
        )
        command = ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder}/prometheus",
                   f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"]
        super().__init__(command, folder, "prometheus")

    def ready(self):
        self.wait_for("ready", lambda: ask(self.url + "/-/ready")[0] == 200)

    def answer(self, path, **parameters):
        status, text = ask(f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}")
        answer = json.loads(text)
        if status != 200 or answer["status"] != "success":
            raise ValueError(f"{parameters}: {answer.get('error', text)}")
        return answer["data"]

    def value(self, expression):
        """Of a query with one row; 0 while it has none."""
        rows = self.rows(expression)
        return float(rows[0]["value"][1]) if rows else 0

    def last_evaluation(self):
        """When the group of rules that waits for longest was evaluated; the times sort as texts."""
        return min(group["lastEvaluation"] for group in self.answer("rules")["groups"])

    def rows(self, expression):
        """The rows of a query now, those without a number left out."""
        data = self.answer("query", query=expression)
        if data["resultType"] == "scalar":
            return [data["result"]]
        return [row for row in data["result"] if row["value"][1] != "NaN"]
