# SPDX-License-Identifier: Apache-2.0
"""A service that tells people, in a folder of its own."""
import base64
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
TOKEN = "12345:TELEGRAM-SECRET"
LINK_KEY = "a-key-for-the-links-of-tests-0123456789"
WHATSAPP_APP = "the secret of an app"
WHATSAPP_VERIFY = "verify-me"

# Each kelurahan with a report of intimidation is an alert; severity 5 makes it one that is only proposed.
RULES = """
version: 1
rules:
  - id: a-report
    title: {id: Laporan, en: A report}
    on: report
    match: {category: intimidation}
    count: {at_least: 1, within: 1h, per: area}
    alert:
      level: siaga
      message: {id: "Intimidasi di {{ area.name }}: {{ report.text }}", en: "Intimidation in {{ area.name }}: {{ report.text }}"}
      recommend: {id: Babinsa mendatangi RW terkait malam ini, en: The army of the village visits the RW tonight}
      to: [lurah]
      escalate: [{after: 1h, to: [camat]}]
      quiet_for: 6h
  - id: a-clash
    title: {id: Bentrokan, en: A clash}
    on: report
    match: {category: mass_clash}
    count: {at_least: 1, within: 1h, per: area}
    alert:
      level: awas
      message: {id: "Bentrokan di {{ area.name }}", en: "A clash in {{ area.name }}"}
      to: [lurah]
      quiet_for: 6h
"""


def binary():
    return os.environ["KENTONGAN_BINARY"]


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def person(name, *ways, roles=("lurah",), **more):
    return {"id": name, "roles": list(roles), "areas": ["35.73"],
            "channels": [{"type": kind, "to": to} for kind, to in ways], **more}


class Office:
    def __init__(self, folder, people, notify, *, rules=RULES, clock="wall"):
        self.folder = pathlib.Path(folder)
        self.environment = {**os.environ, "HOOK_SECRET": SECRET, "TELEGRAM_TOKEN": TOKEN, "WHATSAPP_TOKEN": "WA-SECRET",
                            "NTFY_TOKEN": "tk_secret", "MAIL_PASSWORD": "open sesame",
                            "LINK_KEY": LINK_KEY, "WHATSAPP_APP": WHATSAPP_APP,
                            "WHATSAPP_VERIFY": WHATSAPP_VERIFY}
        (self.folder / "rules").mkdir()
        (self.folder / "rules" / "rules.yaml").write_text(rules)
        reference = self.folder / "reference"
        shutil.copytree(ROOT / "rules" / "reference", reference)
        self.roster = reference / "roster.yaml"
        self.write_roster(people)
        self.config = self.folder / "kentongan.yaml"
        settings = {"own_networks": True, "patience": "2s", "group_wait": "0s", "group_window": "0s", **notify}
        self.config.write_text(yaml.safe_dump({
            "journal": {"path": str(self.folder / "data" / "kentongan.db")}, "rules": str(self.folder / "rules"),
            "reference": str(reference), "http": {"listen": "127.0.0.1:0"}, "clock": clock, "notify": settings}))
        self.log = self.folder / "log"
        self.process = None
        self.port = None
        self.number = 0

    def write_roster(self, people):
        self.roster.write_text(yaml.safe_dump({"version": 1, "people": people}, sort_keys=False))

    def start(self, environment=None, wait=True):
        began = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([binary(), "run", "--config", str(self.config)], stderr=log,
                                            stdout=subprocess.DEVNULL, env={**self.environment, **(environment or {})})
        while wait:
            found = re.search(r"msg=ready .*port=(\d+)", self.log.read_text()[began:])
            if found:
                self.port = int(found.group(1))
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.01)
        return True

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def ask(self, path, data=None, kind="application/json"):
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body,
                                         headers={"Content-Type": kind} if body else {})
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.startswith("{") else text

    def report(self, area="35.73.02.1004", *, category="intimidation", number=None, **more):
        self.number += 1
        name = f"r-{number if number is not None else self.number}"
        event = {"specversion": "1.0", "id": name, "source": "/test", "type": "kentongan.report.v1", "time": now(),
                 "data": {"area": area, "category": category, "severity": 3, "text": "dua orang asing",
                          "reporter": {"ref": name}, **more}}
        return self.ask("/v1/events", event)

    def alerts(self):
        return self.ask("/v1/alerts")["alerts"]

    def act(self, alert, action, **more):
        return self.ask(f"/v1/alerts/{alert}/actions", {"action": action, "actor": {"ref": "posko-1", "role": "posko"}, **more})

    def metric(self, name, **labels):
        wanted = {f'{key}="{value}"' for key, value in labels.items()}
        for line in self.ask("/metrics").splitlines():
            found = re.fullmatch(rf"{name}(?:\{{(.*)\}})? (\S+)", line)
            if found and wanted <= set((found.group(1) or "").split(",")):
                return float(found.group(2))
        return None

    def run(self, *arguments):
        return subprocess.run([binary(), *arguments], capture_output=True, text=True, env=self.environment, timeout=60,
                              check=False)

    def outbox(self, state=None):
        done = self.run("notify", "outbox", "list", "--format", "json", "--config", str(self.config),
                        *(["--state", state] if state else []))
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]


def is_signed(request, secret=SECRET):
    """Standard Webhooks 1.0, by its text."""
    headers = {name.lower(): value for name, value in request["headers"].items()}
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request["raw"]
    expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return expected in headers["webhook-signature"].split(" ")
