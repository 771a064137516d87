#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Answers of people to the real service: links in messages, `kentongan alerts`, the stream, WhatsApp's callbacks.

    KENTONGAN_BINARY=.. tests/notify/answers_test.py [-v] [NAME..]
"""
import base64
import email
import email.policy
import hashlib
import hmac
import http.client
import json
import re
import subprocess
import time
import unittest
import urllib.parse

import counterparts
import office
from notify_test import Telling, find
from office import person

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BASE = "https://siaga.example"


def text_of(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def make_link(person_id, alert, seconds, key=office.LINK_KEY):
    """As docs/operations/channels/links.md describes it."""
    content = text_of(f"{seconds}\n{person_id}\n{alert}".encode())
    signature = hmac.new(key.encode(), b"kentongan answer link 1\n" + content.encode(), hashlib.sha256).digest()
    return content + "." + text_of(signature)


class Answering(Telling):
    LINKS = {"links": {"url": BASE, "key": "env:LINK_KEY"}}

    def http(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.office.port, timeout=20)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def state(self):
        return self.office.alerts()[0]["state"]


class Links(Answering):
    def told_link(self, **more):
        self.open([person("lurah-1", ("webhook", self.hook()))], {**self.WEBHOOK, **self.LINKS}, **more).report()
        link = find(self.wait_told("/hook")[0], "data")["link"]
        self.assertTrue(link.startswith(BASE + "/answer/"), link)
        return link.removeprefix(BASE)

    def test_looking_changes_nothing_and_a_press_acknowledges(self):
        path = self.told_link()
        for _ in range(3):  # a mail scanner, a preview
            answer, page = self.http("GET", path)
            self.assertEqual(answer.status, 200)
            self.assertEqual(self.http("HEAD", path)[0].status, 200)
        self.assertIn("Belum ada yang tercatat", page)
        self.assertIn("SIAGA: Kiduldalem, Klojen", page)
        self.assertNotIn("Benarkan AWAS", page)
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(self.state(), "firing")
        answer, page = self.http("POST", path, "action=acknowledge", {**FORM, "Origin": "null", "Host": "siaga.example"})
        self.assertEqual((answer.status, "Diterima. Terima kasih." in page), (200, True), page)
        self.wait(lambda: self.state() == "acknowledged")
        self.assertEqual(self.office.alerts()[0]["actor"], {"ref": "lurah-1", "role": "lurah"})
        for method in ("GET", "POST"):
            answer, page = self.http(method, path, "action=acknowledge" if method == "POST" else None, FORM)
            self.assertEqual((answer.status, "sudah dijawab" in page), (200, True), page)
        self.assertEqual([one["step"] for one in self.office.alerts()[0]["steps"]], ["fired", "acknowledged"])
        self.office.act(self.office.alerts()[0]["alert"], "resolve")
        self.wait(lambda: self.state() == "resolved")
        answer, page = self.http("GET", path)
        self.assertEqual((answer.status, "sudah ditutup" in page), (410, True), page)

    def test_a_proposal_is_confirmed(self):
        self.open([person("lurah-1", ("webhook", self.hook()), language="en")], {**self.WEBHOOK, **self.LINKS})
        self.office.report(category="mass_clash")
        path = find(self.wait_told("/hook")[0], "data")["link"].removeprefix(BASE)
        self.assertIn("Confirm AWAS", self.http("GET", path)[1])
        self.assertIn("AWAS is confirmed", self.http("POST", path, "action=confirm", FORM)[1])
        self.wait(lambda: "proposed" not in self.office.alerts()[0])

    def test_links_that_may_do_nothing(self):
        path = self.told_link()
        alert = self.office.alerts()[0]["alert"]
        later = int(time.time()) + 600
        cases = [(make_link("lurah-1", alert, int(time.time()) - 1), 410, "tidak berlaku"),
                 (make_link("lurah-1", alert, later, "x" * 32), 403, "bukan dari Kentongan"),
                 (path.removeprefix("/answer/")[:-5], 403, "bukan dari Kentongan"),
                 ("x", 403, "bukan dari Kentongan"), ("%3Cscript%3E", 403, "bukan dari Kentongan"),
                 (make_link("nobody", alert, later), 403, "tidak lagi tercantum"),
                 (make_link("lurah-1", "35.73-unknown", later), 404, "tidak dikenal")]
        for link, status, said in cases:
            for method, body in (("GET", None), ("POST", "action=acknowledge")):
                answer, page = self.http(method, "/answer/" + link, body, FORM)
                self.assertEqual((answer.status, said in page), (status, True), page)
                self.assertNotIn("<script", page)
        for body in ("", "action=resolve", "action=acknowledgement", "x=action=acknowledge", "action"):
            self.assertEqual(self.http("POST", path, body, FORM)[0].status, 400, body)
        self.assertEqual(self.state(), "firing")
        self.assertEqual(self.http("GET", "/answer/" + make_link("lurah-1", alert, later))[0].status, 200)

    def test_stand_in_mails_and_in_ntfy(self):
        ca, certificate, key = counterparts.make_certificates(self.folder.name)
        mail = counterparts.Mail(certificate, key)
        self.addCleanup(mail.close)
        settings = {"email": {"server": f"smtp://127.0.0.1:{mail.port}", "from": "kentongan@example.invalid",
                              "user": "kentongan", "password": "env:MAIL_PASSWORD"}, "ca_file": str(ca),
                    "ntfy": {"url": self.web.url}, **self.LINKS}
        people = [person("lurah-1", ("email", "lurah@example.invalid")), person("lurah-2", ("ntfy", "siaga"), language="en")]
        self.open(people, settings).report()
        message = email.message_from_bytes(self.wait(lambda: mail.mails)[0][1], policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        link = re.search(rf"Jawab di halaman ini:\n({BASE}/answer/\S+)", text).group(1)
        self.assertIn(f'<a href="{link}"', html)
        sent = self.wait_told("/")[0]["data"]
        self.assertTrue(sent["click"].startswith(BASE + "/answer/"))
        self.assertEqual(sent["actions"], [{"action": "view", "label": "Answer on this page", "url": sent["click"], "clear": True}])
        self.assertNotEqual(sent["click"], link, "each person has a link")

    def test_without_links_messages_are_as_before(self):
        self.open([person("lurah-1", ("webhook", self.hook()))], self.WEBHOOK).report()
        self.assertNotIn("link", find(self.wait_told("/hook")[0], "data"))
        answer, page = self.http("GET", "/answer/" + make_link("lurah-1", "35.73-x", int(time.time()) + 60))
        self.assertEqual((answer.status, "tidak memakai tautan" in page), (404, True))


class Command(Answering):
    def run_alerts(self, *arguments, code=0, **environment):
        done = subprocess.run([office.binary(), "alerts", *arguments], capture_output=True, text=True, timeout=60, check=False,
                              env={**self.office.environment, "USER": "posko", "LANG": "C", **environment})
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    @property
    def url(self):
        return ["--url", f"http://127.0.0.1:{self.office.port}"]

    def test_looks_and_acts(self):
        self.open([], {}).report()
        self.office.report("35.73.01.1001", category="mass_clash")
        self.wait(lambda: len(self.office.alerts()) == 2)
        siaga = next(one["alert"] for one in self.office.alerts() if one["level"] == "siaga")
        awas = next(one["alert"] for one in self.office.alerts() if one["level"] == "awas")
        lines = self.run_alerts("list", *self.url).stdout.splitlines()
        self.assertEqual(lines[0].split(), ["LEVEL", "STATE", "AGE", "AREA", "RULE", "ALERT"])
        self.assertEqual(len(lines), 3)
        self.assertIn(f"awas?   firing     now 35.73.01.1001 a-clash              {awas}", lines)
        for filters, count in ((("--level", "awas"), 1), (("--area", "35.73.02"), 1), (("--rule", "a-*"), 2),
                               (("--rule", "a-report", "--level", "awas"), 0), (("--state", "resolved"), 0)):
            listed = self.run_alerts("list", "--format", "json", *filters, *self.url).stdout.splitlines()
            self.assertEqual(len(listed), count, filters)
        shown = self.run_alerts("show", awas, *self.url).stdout
        self.assertIn("awas?: A clash in", shown)
        self.assertRegex(shown, r"step +\S+ \S+ \+07:00  fired")
        self.assertEqual(json.loads(self.run_alerts("show", awas, "--format", "json", *self.url).stdout)["alert"], awas)
        self.assertEqual(self.run_alerts("ack", siaga, "--wait", "--role", "posko", *self.url).stdout,
                         f"{siaga}  acknowledge  now acknowledged\n")
        self.assertEqual(self.office.ask(f"/v1/alerts/{siaga}")["actor"], {"ref": "posko", "role": "posko"})
        self.run_alerts("confirm", awas, "--wait", "--actor", "camat-1", *self.url)
        self.assertNotIn("proposed", self.office.ask(f"/v1/alerts/{awas}"))
        self.run_alerts("assign", siaga, "--to", "babinsa-3", "--wait", *self.url)
        self.assertEqual(self.office.ask(f"/v1/alerts/{siaga}")["assignee"], "babinsa-3")
        self.run_alerts("snooze", siaga, "--until", "2h", "--wait", *self.url)
        self.run_alerts("false-alarm", siaga, "--note", "salah lihat", "--wait", *self.url)
        self.run_alerts("resolve", awas, "--wait", *self.url)
        self.assertEqual(self.run_alerts("list", *self.url).stderr, "there are no such alerts\n")
        steps = [one["step"] for one in self.office.ask(f"/v1/alerts/{siaga}")["steps"]]
        self.assertEqual(steps, ["fired", "acknowledged", "assigned", "snoozed", "resolved"])
        self.assertIn("is closed (resolved, now ago); nothing was done",
                      self.run_alerts("ack", siaga, *self.url, code=1).stderr)

    def test_what_goes_wrong_is_said(self):
        self.open([], {}).report()
        alert = self.wait(self.office.alerts)[0]["alert"]
        self.assertIn("there is no alert 35.73-x;", self.run_alerts("ack", "35.73-x", *self.url, code=1).stderr)
        both = self.run_alerts("ack", "35.73-x", alert, "--format", "json", *self.url, code=1)
        self.assertEqual(json.loads(both.stdout), {"alert": alert, "action": "acknowledge"})
        self.assertIn("--actor is missing", self.run_alerts("ack", alert, *self.url, code=2, USER="").stderr)
        self.assertIn("--until takes", self.run_alerts("snooze", alert, "--until", "soon", *self.url, code=2).stderr)
        self.assertIn("no service answers at http://127.0.0.1:1",
                      self.run_alerts("list", "--url", "http://127.0.0.1:1", code=3).stderr)
        self.assertIn("--url takes", self.run_alerts("list", "--url", "ftp://x", code=2).stderr)
        self.assertIn("does not answer as Kentongan does",
                      self.run_alerts("list", "--url", self.web.url, code=3).stderr)
        self.run_alerts("list", "--state", "odd", code=2)
        self.assertIn("cannot be read", self.run_alerts("list", "--config", "/no/such/file", code=2).stderr)

    def test_a_token_is_shown(self):
        self.web.always["/v1/alerts?state=firing&next="] = ("status", 401, {"detail": "Show a token."})
        self.open([], {})
        done = self.run_alerts("list", "--url", self.web.url, code=2, KENTONGAN_TOKEN="kt_secret")
        self.assertIn("does not allow this: Show a token.", done.stderr)
        self.assertNotIn("kt_secret", done.stderr)
        self.assertEqual(self.web.requests[-1]["headers"]["Authorization"], "Bearer kt_secret")

    def test_watch_without_a_terminal_tells_each_step(self):
        self.open([], {}).report()
        alert = self.wait(self.office.alerts)[0]["alert"]
        watch = subprocess.Popen([office.binary(), "alerts", "watch", "--every", "1s", *self.url], stdout=subprocess.PIPE,
                                 text=True, env={**self.office.environment, "LANG": "C"})
        self.addCleanup(watch.stdout.close)
        try:
            first = watch.stdout.readline()
            self.assertRegex(first, rf"fired +siaga +35\.73\.02\.1004  {alert}  a-report  Intimidation in Kiduldalem")
            self.office.act(alert, "acknowledge")
            self.assertIn(f"acknowledged  siaga    35.73.02.1004  {alert}", watch.stdout.readline())
            self.office.act(alert, "resolve")
            self.assertIn("resolved", watch.stdout.readline())
            self.office.report("35.73.01.1001")
            self.assertIn("35.73.01.1001", watch.stdout.readline())
        finally:
            watch.kill()
            watch.wait()


class Stream(Answering):
    def follow(self, query="", last=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.office.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", "/v1/stream" + query, headers={"Last-Event-ID": last} if last else {})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        return answer

    @staticmethod
    def next_event(answer):
        event = {}
        while True:
            line = answer.fp.readline().decode()
            if not line:
                raise AssertionError("the stream has ended")
            line = line.rstrip("\n")
            if not line and "data" in event:
                return event
            if ": " in line and not line.startswith(":"):
                name, value = line.split(": ", 1)
                event[name] = value

    def test_alerts_and_risk_come_and_go_on_behind_an_id(self):
        rules = office.RULES.replace("rules:\n", "risk: {levels: {waspada: 1, siaga: 5, awas: 50}, independent: {siaga: 1}}\n"
                                     "rules:\n  - id: weight\n    title: {id: B, en: W}\n    on: report\n"
                                     "    score: {add: 30, half_life: 7d}\n", 1)
        self.open([], {}, rules=rules)
        everything, alerts = self.follow(), self.follow("?type=alerts&area=35.73.02")
        self.office.report("35.73.01.1001", source="A", content=1)
        self.office.report("35.73.02.1004", source="A", content=1)
        seen = [self.next_event(everything) for _ in range(4)]
        self.assertLessEqual({"risk", "alert"}, {one["event"] for one in seen})
        for one in seen:
            event = json.loads(one["data"])
            self.assertEqual(event["type"], f"kentongan.{one['event']}.v1")
        first = self.next_event(alerts)
        self.assertEqual((first["event"], json.loads(first["data"])["data"]["area"]), ("alert", "35.73.02.1004"))
        again = self.follow(last=seen[0]["id"])
        self.assertEqual([self.next_event(again)["id"] for _ in range(3)], [one["id"] for one in seen[1:]])
        self.assertEqual(self.office.stop(), 0)
        self.assertTrue(self.office.start())
        after = self.follow(last=seen[0]["id"])  # another process, the same journal
        self.assertEqual([self.next_event(after)["id"] for _ in range(3)], [one["id"] for one in seen[1:]])
        self.assertEqual(self.next_event(self.follow(last="j.99999"))["event"], "reset")


class Whatsapp(Answering):
    def open_whatsapp(self):
        self.open([person("lurah-1", ("whatsapp", "+628120000001"))],
                  {"whatsapp": {"token": "env:WHATSAPP_TOKEN", "sender": "10001", "url": self.web.url,
                                "app_secret": "env:WHATSAPP_APP", "verify_token": "env:WHATSAPP_VERIFY"}})

    def post(self, payload, sender="628120000001", secret=office.WHATSAPP_APP, signature=None):
        body = json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{
            "field": "messages", "value": {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "10001"},
                                           "contacts": [{"profile": {"name": "L"}, "wa_id": sender}],
                                           "messages": [{"from": sender, "id": "wamid.B", "timestamp": "1700000000",
                                                         "type": "button", "button": {"payload": payload, "text": "x"}}]}}]}]})
        signed = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature or "sha256=" + signed}
        return self.http("POST", "/callback/whatsapp", body, headers)

    def test_asks_whether_callbacks_are_wanted(self):
        self.open_whatsapp()
        query = urllib.parse.urlencode({"hub.mode": "subscribe", "hub.challenge": "1158201444",
                                        "hub.verify_token": office.WHATSAPP_VERIFY})
        answer, text = self.http("GET", "/callback/whatsapp?" + query)
        self.assertEqual((answer.status, text), (200, "1158201444"))
        self.assertEqual(self.http("GET", "/callback/whatsapp?" + query + "x")[0].status, 403)
        self.assertEqual(self.http("GET", "/callback/whatsapp")[0].status, 403)

    def test_a_button_acknowledges(self):
        self.open_whatsapp()
        self.office.report()
        template = self.wait_told("/10001/messages")[0]["data"]["template"]
        self.assertEqual(template["name"], "kentongan_alert_ack")
        button = template["components"][1]
        self.assertEqual((button["type"], button["sub_type"], button["index"]), ("button", "quick_reply", "0"))
        payload = button["parameters"][0]["payload"]
        self.assertEqual(self.post(payload, secret="other")[0].status, 403)
        self.assertEqual(self.post(payload, signature="sha256=")[0].status, 403)
        self.assertEqual(self.post(payload, sender="628129999999")[0].status, 200)
        self.assertIn("bukan untuk Anda", self.wait_told("/10001/messages", 2)[1]["data"]["text"]["body"])
        self.assertEqual(self.state(), "firing")
        self.assertEqual(self.post(payload)[0].status, 200)
        self.wait(lambda: self.state() == "acknowledged")
        said = self.wait_told("/10001/messages", 3)[2]["data"]
        self.assertEqual((said["to"], said["text"]["body"]), ("628120000001", "Diterima. Terima kasih."))
        self.assertEqual(self.office.alerts()[0]["actor"]["ref"], "lurah-1")

    def test_a_proposal_has_two_buttons(self):
        self.open_whatsapp()
        self.office.report(category="mass_clash")
        template = self.wait_told("/10001/messages")[0]["data"]["template"]
        self.assertEqual((template["name"], len(template["components"])), ("kentongan_alert_confirm", 3))
        self.assertEqual(self.post(template["components"][2]["parameters"][0]["payload"])[0].status, 200)
        self.wait(lambda: "proposed" not in self.office.alerts()[0])

    def test_without_a_secret_there_are_none(self):
        self.open([person("lurah-1", ("whatsapp", "+628120000001"))],
                  {"whatsapp": {"token": "env:WHATSAPP_TOKEN", "sender": "10001", "url": self.web.url}})
        self.assertEqual(self.post("a:" + "0" * 32)[0].status, 404)
        self.office.report()
        template = self.wait_told("/10001/messages")[0]["data"]["template"]
        self.assertEqual((template["name"], len(template["components"])), ("kentongan_alert", 1))


if __name__ == "__main__":
    unittest.main()
