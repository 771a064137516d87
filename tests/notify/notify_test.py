#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The real service tells people through counterparts that play the services behind the channels.

    KENTONGAN_BINARY=.. tests/notify/notify_test.py [-v] [NAME..]
"""
import email
import email.policy
import json
import pathlib
import socket
import subprocess
import tempfile
import unittest
import urllib.request

import counterparts
import office
from office import Office, person

HOSTILE = "*tebal* _miring_ <b>x</b> [klik](http://jahat.example) &amp; \"kutip\" `kode` ${x} {{ area.name }} \u202e\u0007 \u0001"


def find(request, *path):
    value = request["data"]
    for key in path:
        value = value[key]
    return value


class Telling(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.web = counterparts.Web()
        self.office = None

    def tearDown(self):
        if self.office is not None:
            try:
                self.assertIn(self.office.stop(), (0, None), self.office.log.read_text()[-3000:])
            finally:
                self.office.kill()
        self.web.close()
        self.folder.cleanup()

    def open(self, people, notify, **more):
        self.office = Office(self.folder.name, people, notify, **more)
        self.assertTrue(self.office.start(), self.office.log.read_text())
        return self.office

    def wait(self, good, seconds=30):
        value = self.web.wait(good, seconds)
        if not value:
            self.fail("it did not come; the log ends with\n" + self.office.log.read_text()[-3000:])
        return value

    def wait_told(self, path, count=1, seconds=30):
        return self.wait(lambda: (told := self.web.told(path)) and len(told) >= count and told, seconds)

    def hook(self, name="hook"):
        return f"{self.web.url}/{name}"

    WEBHOOK = {"webhook": {"secret": "env:HOOK_SECRET"}}

    @property
    def telegram(self):
        return {"telegram": {"token": "env:TELEGRAM_TOKEN", "url": self.web.url}}

    SEND = f"/bot{office.TOKEN}/sendMessage"
    ANSWER = f"/bot{office.TOKEN}/answerCallbackQuery"


class Webhooks(Telling):
    def test_is_signed_and_says_it_all(self):
        self.open([person("lurah-1", ("webhook", self.hook()))], self.WEBHOOK).report()
        request = self.wait_told("/hook")[0]
        self.assertTrue(office.is_signed(request))
        self.assertFalse(office.is_signed({**request, "raw": request["raw"] + b" "}))
        data = find(request, "data")
        self.assertEqual(find(request, "type"), "kentongan.notice.v1")
        self.assertEqual(request["headers"]["webhook-id"], "msg_" + data["key"])
        self.assertEqual((data["person"], data["language"], data["asks"]), ("lurah-1", "id", True))
        self.assertEqual(data["title"], "SIAGA: Kiduldalem, Klojen")
        self.assertIn("Lakukan: Babinsa mendatangi RW terkait malam ini", data["text"])
        alert = data["alerts"][0]
        self.assertEqual((alert["step"], alert["state"], alert["level"], alert["area"]),
                         ("fired", "firing", "siaga", "35.73.02.1004"))

    def test_free_text_only_where_it_is_allowed(self):
        settings = {"webhook": {"secret": "env:HOOK_SECRET"}, "file": {"path": self.folder.name + "/told", "free_text": True}}
        self.open([person("a", ("webhook", self.hook())), person("b", ("file", "x"))], settings)
        self.office.report(recommendation="panggil RT 3 dulu")
        self.assertNotIn("panggil RT 3", self.wait_told("/hook")[0]["raw"].decode())
        told = pathlib.Path(self.folder.name, "told")
        self.wait(lambda: told.exists() and "panggil RT 3" in told.read_text())

    def test_what_goes_wrong_is_tried_again_with_the_same_key(self):
        self.web.plan["/hook"].extend([("status", 500), ("close",), ("half",), ("status", 429, {}, [("Retry-After", "1")])])
        self.open([person("lurah-1", ("webhook", self.hook()))], {**self.WEBHOOK, "patience": "1m"}).report()
        self.wait_told("/hook")
        all_tries = [one for one in self.web.requests if one["path"] == "/hook"]
        self.assertEqual(len({one["headers"]["webhook-id"] for one in all_tries}), 1)
        self.assertEqual(len(all_tries), 5)
        limited = next(one for one in all_tries if one["trouble"] and one["trouble"][1:2] == (429,))
        self.assertGreaterEqual(all_tries[-1]["time"] - limited["time"], 0.9)
        self.wait(lambda: self.office.metric("kentongan_deliveries_total", channel="webhook", outcome="delivered") == 1)
        self.assertEqual(self.office.metric("kentongan_deliveries_total", channel="webhook", outcome="retried"), 4)

    def test_one_that_hangs_holds_up_nobody_else(self):
        self.web.always["/slow"] = ("hang", 30)
        people = [person("slow", ("webhook", self.hook("slow"))), person("quick", ("webhook", self.hook("quick")))]
        self.open(people, self.WEBHOOK).report()
        self.wait_told("/quick")

    def test_a_redirect_is_not_followed(self):
        self.web.always["/hook"] = ("redirect", self.hook("inside"))
        self.open([person("a", ("webhook", self.hook()), ("file", "x"))],
                  {**self.WEBHOOK, "file": {"path": self.folder.name + "/told"}}).report()
        self.wait(lambda: pathlib.Path(self.folder.name, "told").exists())
        self.assertEqual(self.web.told("/inside"), [])
        failed = self.office.outbox("failed")
        self.assertIn("302", failed[0]["error"])

    def test_own_networks_are_not_reached_unless_allowed(self):
        self.open([person("a", ("webhook", self.hook()), ("file", "x"))],
                  {**self.WEBHOOK, "own_networks": False, "file": {"path": self.folder.name + "/told"}}).report()
        self.wait(lambda: pathlib.Path(self.folder.name, "told").exists())
        self.assertEqual([one for one in self.web.requests if one["path"] == "/hook"], [])


class Telegram(Telling):
    def test_a_button_acknowledges(self):
        self.open([person("lurah-1", ("telegram", "4711"))], self.telegram).report()
        sent = find(self.wait_told(self.SEND)[0])
        self.assertEqual(sent["chat_id"], "4711")
        self.assertNotIn("parse_mode", sent)
        self.assertTrue(sent["text"].startswith("SIAGA: Kiduldalem, Klojen\n"))
        buttons = sent["reply_markup"]["inline_keyboard"][0]
        self.assertEqual([one["text"] for one in buttons], ["Saya terima"])
        self.assertLessEqual(len(buttons[0]["callback_data"].encode()), 64)
        press = self.web.press(buttons[0]["callback_data"], "4711")
        answer = find(self.wait_told(self.ANSWER)[0])
        self.assertEqual((answer["callback_query_id"], answer["text"]), (press, "Diterima. Terima kasih."))
        self.wait(lambda: self.office.alerts()[0]["state"] == "acknowledged")
        self.assertEqual(self.office.alerts()[0]["actor"], {"ref": "lurah-1", "role": "lurah"})

    def test_a_proposal_is_confirmed(self):
        self.open([person("lurah-1", ("telegram", "4711"), language="en")], self.telegram)
        self.office.report(category="mass_clash")
        sent = find(self.wait_told(self.SEND)[0])
        self.assertTrue(sent["text"].startswith("AWAS (proposed): Kiduldalem"), sent["text"])
        buttons = sent["reply_markup"]["inline_keyboard"][0]
        self.assertEqual([one["text"] for one in buttons], ["I take it", "Confirm AWAS"])
        self.web.press(buttons[1]["callback_data"], "4711")
        self.assertEqual(find(self.wait_told(self.ANSWER)[0])["text"], "AWAS is confirmed. Thank you.")
        self.wait(lambda: "proposed" not in self.office.alerts()[0])

    def test_presses_that_may_do_nothing(self):
        self.open([person("lurah-1", ("telegram", "4711"))], self.telegram).report()
        data = find(self.wait_told(self.SEND)[0])["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        cases = [(data, "666", "bukan untuk Anda"), ("a:" + "0" * 32, "4711", "tidak dikenal"),
                 ("a:'; DROP TABLE notices; --aaaaaaaa", "4711", "tidak dikenal"), ("x", "4711", "tidak dikenal"),
                 ("", "4711", "tidak dikenal")]
        for count, (pressed, who, said) in enumerate(cases, 1):
            self.web.press(pressed, who)
            self.assertIn(said, find(self.wait_told(self.ANSWER, count)[-1])["text"])
        self.assertEqual(self.office.alerts()[0]["state"], "firing")
        self.office.act(self.office.alerts()[0]["alert"], "resolve")
        self.wait(lambda: self.office.alerts()[0]["state"] == "resolved")
        self.web.press(data, "4711")
        self.assertIn("sudah ditutup", find(self.wait_told(self.ANSWER, len(cases) + 1)[-1])["text"])

    def test_what_telegram_says_is_obeyed(self):
        plan = self.web.plan[self.SEND]
        plan.append(("status", 429, {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 2",
                                     "parameters": {"retry_after": 2}}))
        plan.append(("garbage",))
        self.open([person("lurah-1", ("telegram", "4711"))], {**self.telegram, "patience": "1m"}).report()
        self.wait_told(self.SEND)
        tries = [one["time"] for one in self.web.requests if one["path"] == self.SEND]
        self.assertEqual(len(tries), 3)
        self.assertGreaterEqual(tries[1] - tries[0], 1.9)

    def test_who_blocked_the_bot_is_told_by_the_next_way(self):
        self.web.always[self.SEND] = ("status", 403, {"ok": False, "error_code": 403,
                                                      "description": "Forbidden: bot was blocked by the user"})
        people = [person("lurah-1", ("telegram", "4711"), ("webhook", self.hook()))]
        self.open(people, {**self.telegram, **self.WEBHOOK}).report()
        self.wait_told("/hook")
        failed = self.office.outbox("failed")
        self.assertEqual([(one["channel"], one["attempts"]) for one in failed], [("telegram", 1)])
        self.assertIn("blocked by the user", failed[0]["error"])
        self.assertNotIn("TELEGRAM-SECRET", self.office.log.read_text() + json.dumps(self.office.outbox()))

    def test_texts_of_strangers_stay_texts(self):
        self.open([person("lurah-1", ("telegram", "4711"))], self.telegram)
        self.office.report(text=HOSTILE + "x" * 6000)
        text = find(self.wait_told(self.SEND)[0])["text"]
        self.assertLessEqual(len(text.encode("utf-16-le")) // 2, 4096)
        self.assertIn("*tebal* _miring_ <b>x</b> [klik](http://jahat.example) &amp;", text)
        self.assertNotIn("\u202e", text)
        self.assertNotIn("\u0007", text)


class OtherServices(Telling):
    WA = "/10001/messages"

    @property
    def whatsapp(self):
        return {"whatsapp": {"token": "env:WHATSAPP_TOKEN", "sender": "10001", "url": self.web.url}}

    def test_whatsapp_fills_a_template(self):
        self.open([person("lurah-1", ("whatsapp", "+628120000001"))], self.whatsapp)
        self.office.report(text="baris satu\n\n\tbaris dua      jauh")
        request = self.wait_told(self.WA)[0]
        self.assertEqual(request["headers"]["Authorization"], "Bearer WA-SECRET")
        sent = request["data"]
        self.assertEqual((sent["messaging_product"], sent["to"], sent["type"]), ("whatsapp", "+628120000001", "template"))
        self.assertEqual((sent["template"]["name"], sent["template"]["language"]), ("kentongan_alert", {"code": "id"}))
        texts = [one["text"] for one in sent["template"]["components"][0]["parameters"]]
        self.assertEqual(len(texts), 4)
        self.assertEqual(texts[0], "SIAGA: Kiduldalem, Klojen")
        self.assertTrue(texts[2].startswith("Babinsa mendatangi RW terkait malam ini; Sejak: "), texts[2])
        for text in texts:
            self.assertNotRegex(text, r"[\n\t]|  ")
            self.assertTrue(text)

    def test_whatsapp_that_cannot_deliver(self):
        self.web.always[self.WA] = ("status", 400, {"error": {"message": "Message undeliverable", "code": 131026}})
        people = [person("lurah-1", ("whatsapp", "+628120000001"), ("webhook", self.hook()))]
        self.open(people, {**self.whatsapp, **self.WEBHOOK}).report()
        self.wait_told("/hook")
        self.assertIn("131026", self.office.outbox("failed")[0]["error"])

    def test_ntfy_takes_text(self):
        self.open([person("lurah-1", ("ntfy", "siaga-malang"))], {"ntfy": {"url": self.web.url, "token": "env:NTFY_TOKEN"}})
        self.office.report(text=HOSTILE + "\u00e9" * 4000)
        request = self.wait_told("/")[0]
        self.assertEqual(request["headers"]["Authorization"], "Bearer tk_secret")
        self.assertEqual(request["headers"]["X-Sequence-ID"], self.wait(lambda: self.office.outbox("delivered"))[0]["key"])
        sent = request["data"]
        self.assertEqual((sent["topic"], sent["title"], sent["priority"]), ("siaga-malang", "SIAGA: Kiduldalem, Klojen", 4))
        self.assertLessEqual(len(sent["message"].encode()), 4096)
        self.assertTrue(sent["message"].endswith("\u2026"))
        self.assertNotIn("markdown", sent)

    def test_mail_with_tls_and_a_login(self):
        ca, certificate, key = counterparts.make_certificates(self.folder.name)
        mail = counterparts.Mail(certificate, key)
        self.addCleanup(mail.close)
        settings = {"email": {"server": f"smtp://127.0.0.1:{mail.port}", "from": "kentongan@example.invalid",
                              "user": "kentongan", "password": "env:MAIL_PASSWORD"}, "ca_file": str(ca)}
        self.open([person("lurah-1", ("email", "lurah@example.invalid"))], settings)
        self.office.report(text=HOSTILE + "\r\n.\r\nQUIT")
        to, raw = self.wait(lambda: mail.mails)[0]
        message = email.message_from_bytes(raw, policy=email.policy.default)
        self.assertEqual(to, "lurah@example.invalid")
        self.assertEqual(message["Subject"], "SIAGA: Kiduldalem, Klojen")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        key = self.wait(lambda: self.office.outbox("delivered"))[0]["key"]
        self.assertEqual(message["Message-ID"], f"<{key}@example.invalid>")
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        self.assertIn("<b>x</b>", text)
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", html)
        self.assertNotIn("<b>x</b>", html)
        self.assertIn("QUIT", text)
        self.assertNotIn(("AUTH", False), mail.seen)

    def test_mail_is_not_sent_to_who_cannot_show_a_certificate(self):
        _, certificate, key = counterparts.make_certificates(self.folder.name)
        mail = counterparts.Mail(certificate, key)
        self.addCleanup(mail.close)
        settings = {"email": {"server": f"smtp://127.0.0.1:{mail.port}", "from": "kentongan@example.invalid",
                              "user": "kentongan", "password": "env:MAIL_PASSWORD"}, **self.WEBHOOK}
        self.open([person("lurah-1", ("email", "lurah@example.invalid"), ("webhook", self.hook()))], settings).report()
        self.wait_told("/hook")
        self.assertEqual(mail.mails, [])
        self.assertNotIn("AUTH", {verb for verb, _ in mail.seen})

    def test_a_mailbox_that_is_not_there(self):
        ca, certificate, key = counterparts.make_certificates(self.folder.name)
        mail = counterparts.Mail(certificate, key)
        mail.refuse["nobody@example.invalid"] = "550 5.1.1 no such mailbox"
        self.addCleanup(mail.close)
        settings = {"email": {"server": f"smtp://127.0.0.1:{mail.port}", "from": "kentongan@example.invalid",
                              "user": "kentongan", "password": "env:MAIL_PASSWORD"}, "ca_file": str(ca), **self.WEBHOOK,
                    "patience": "5m"}
        self.open([person("lurah-1", ("email", "nobody@example.invalid"), ("webhook", self.hook()))], settings).report()
        self.wait_told("/hook")
        self.assertIn("550", self.office.outbox("failed")[0]["error"])


class Troubles(Telling):
    def test_who_is_not_reached_is_told_of_and_the_next_is_told(self):
        self.web.always["/dead"] = ("status", 410)
        people = [person("lurah-1", ("webhook", self.hook("dead"))),
                  person("posko-1", ("webhook", self.hook("posko")), roles=("posko",))]
        self.open(people, {**self.WEBHOOK, "trouble": "webhook " + self.hook("trouble")}).report()
        text = find(self.wait_told("/trouble")[0], "data", "text")
        self.assertIn("lurah-1", text)
        fallback = find(self.wait_told("/posko")[0], "data")
        self.assertEqual(fallback["alerts"][0]["level"], "siaga")
        self.wait(lambda: self.office.metric("kentongan_deliveries_total", channel="webhook", outcome="failed") == 1)

    def test_nobody_on_duty_is_told_of(self):
        self.open([], {**self.WEBHOOK, "trouble": "webhook " + self.hook("trouble")}).report()
        text = find(self.wait_told("/trouble")[0], "data", "text")
        self.assertIn("lurah", text)
        self.assertIn("Kiduldalem", text)

    def test_a_person_without_a_channel_that_there_is(self):
        people = [person("lurah-1", ("telegram", "4711")),
                  person("posko-1", ("webhook", self.hook("posko")), roles=("posko",))]
        self.open(people, {**self.WEBHOOK, "trouble": "webhook " + self.hook("trouble")}).report()
        self.assertIn("lurah-1", find(self.wait_told("/trouble")[0], "data", "text"))
        self.wait_told("/posko")

    def test_a_channel_that_does_not_work_is_closed_and_opens_again(self):
        self.web.always[self.SEND] = ("status", 502)
        people = [person(f"lurah-{i}", ("telegram", str(4711 + i)), ("webhook", self.hook())) for i in range(6)]
        self.open(people, {**self.telegram, **self.WEBHOOK}).report()
        self.wait_told("/hook", 6)
        self.assertEqual(self.office.metric("kentongan_channel_open", channel="telegram"), 1)
        del self.web.always[self.SEND]
        for number in range(1, 12):  # the first that comes after the pause finds out
            self.office.report(f"35.73.02.10{number:02d}", category="mass_clash")
            if self.web.wait(lambda: self.office.metric("kentongan_channel_open", channel="telegram") == 0, 5):
                return
        self.fail("it stays closed")

    def test_given_up_and_tried_again_by_hand(self):
        self.web.always["/hook"] = ("status", 404)
        self.open([person("lurah-1", ("webhook", self.hook()))], self.WEBHOOK).report()
        failed = self.wait(lambda: self.office.outbox("failed"))
        del self.web.always["/hook"]
        done = self.office.run("notify", "outbox", "retry", failed[0]["key"], "--config", str(self.office.config))
        self.assertEqual((done.returncode, done.stdout), (0, "1 deliveries are tried again\n"), done.stderr)
        self.assertEqual(self.wait_told("/hook")[0]["headers"]["webhook-id"], "msg_" + failed[0]["key"])
        done = self.office.run("notify", "outbox", "retry", "nonsense", "--config", str(self.office.config))
        self.assertEqual(done.returncode, 1)

    def test_the_heart_beats_while_all_is_well(self):
        self.web.plan["/beat"].append(("status", 500))
        self.open([], {"heartbeat": {"url": self.hook("beat"), "every": "1s"}})
        self.wait_told("/beat", 2)
        self.assertEqual(self.office.metric("kentongan_heartbeats_total", outcome="failed"), 1)
        self.assertGreaterEqual(self.office.metric("kentongan_heartbeats_total", outcome="sent"), 1)

    def test_an_all_clear_comes_to_who_was_told(self):
        self.open([person("lurah-1", ("webhook", self.hook()))], self.WEBHOOK).report()
        self.wait_told("/hook")
        self.office.act(self.office.alerts()[0]["alert"], "resolve")
        data = find(self.wait_told("/hook", 2)[1], "data")
        self.assertEqual((data["alerts"][0]["step"], data["asks"]), ("resolved", False))
        self.assertTrue(data["title"].startswith("SELESAI"), data["title"])


class Alertmanager(Telling):
    """The real one, as two replicas."""

    def replica(self, number):
        folder = pathlib.Path(self.folder.name, f"alertmanager-{number}")
        folder.mkdir()
        (folder / "config.yml").write_text("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                ["prometheus-alertmanager", f"--config.file={folder}/config.yml", f"--storage.path={folder}",
                 f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="], stderr=log, stdout=log)

        def end():
            process.kill()
            process.wait()

        self.addCleanup(end)
        return f"http://127.0.0.1:{port}"

    @staticmethod
    def active(url):
        try:
            with urllib.request.urlopen(url + "/api/v2/alerts?active=true", timeout=5) as answer:
                return json.load(answer)
        except OSError:
            return None

    def test_every_replica_has_what_is_active(self):
        replicas = [self.replica(1), self.replica(2)]
        self.wait_up(replicas)
        self.open([person("lurah-1", ("file", "x"))],
                  {"file": {"path": self.folder.name + "/told"}, "alertmanager": {"urls": ",".join(replicas)}}).report()
        self.office.report("35.73.02.1001", category="mass_clash")
        for url in replicas:
            self.wait(lambda url=url: len(self.active(url) or []) == 2)
            labels = {one["labels"]["alertname"]: one["labels"] for one in self.active(url)}
            self.assertEqual(set(labels["a-report"]), {"alertname", "alert", "area", "level", "city"})
            self.assertEqual((labels["a-report"]["level"], labels["a-clash"]["level"]), ("siaga", "awas"))
        alert = next(one["alert"] for one in self.office.alerts() if one["rule"] == "a-report")
        self.office.act(alert, "acknowledge")
        self.wait(lambda: any(one["annotations"]["state"] == "acknowledged" for one in self.active(replicas[0])))
        self.assertEqual(len(self.active(replicas[0])), 2, "what changes is no label")
        self.office.act(alert, "resolve")
        for url in replicas:
            self.wait(lambda url=url: len(self.active(url)) == 1)

    def test_one_that_is_away_keeps_nothing_from_the_other_and_nobody_on_duty_is_an_alert(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
        here = self.replica(1)
        self.wait_up([here])
        self.open([], {"alertmanager": {"urls": f"{nobody},{here}"}}).report()
        self.wait(lambda: {one["labels"]["alertname"] for one in self.active(here) or []} == {"a-report", "kentongan-not-told"})
        self.assertGreaterEqual(self.office.metric("kentongan_deliveries_total", channel="alertmanager", outcome="retried"), 1)

    def wait_up(self, replicas):
        self.office = self.office or type("Nobody", (), {"log": pathlib.Path("/dev/null"), "stop": lambda _: None,
                                                         "kill": lambda _: None})()
        for url in replicas:
            self.wait(lambda url=url: self.active(url) is not None)


class Commands(Telling):
    def test_a_test_message_by_each_channel(self):
        people = [person("lurah-1", ("telegram", "4711"), ("webhook", self.hook()), ("email", "a@example.invalid"))]
        self.web.always["/hook"] = ("status", 503, {"why": "closed"})
        self.open(people, {**self.telegram, **self.WEBHOOK})
        done = self.office.run("notify", "test", "lurah-1", "--config", str(self.office.config))
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r"^telegram +taken +4711 +receipt \d+$")
        self.assertRegex(lines[1], r"^webhook +FAILED .*503")
        self.assertIn("the configuration has no notify.email", lines[2])
        self.assertIn("Kentongan: uji coba", find(self.web.told(self.SEND)[0])["text"])
        done = self.office.run("notify", "test", "nobody", "--config", str(self.office.config))
        self.assertEqual(done.returncode, 2)
        self.assertIn("has no person nobody", done.stderr)

    def test_settings_that_are_wrong(self):
        cases = [({"webhook": {"secret": "plain"}}, "env:NAME or file:PATH"),
                 ({"webhook": {"secret": "env:HOOK_SECRET"}, "trouble": "telegram 1"}, "there is no channel telegram"),
                 ({"webhook": {"secret": "env:MAIL_PASSWORD"}}, "does not begin with whsec_"),
                 ({"telegram": {"token": "env:NO_SUCH_VARIABLE"}}, "is not set"),
                 ({"email": {"server": "smtp://127.0.0.1:25"}}, "`from` is missing"),
                 ({"email": {"server": "http://127.0.0.1"}}, "smtp://HOST:PORT"),
                 ({"whatsapp": {"token": "env:WHATSAPP_TOKEN"}}, "`sender` is missing"),
                 ({"links": {"url": "https://siaga.example"}}, "`key` is missing"),
                 ({"links": {"key": "env:MAIL_PASSWORD"}}, "`url` is missing"),
                 ({"links": {"key": "env:MAIL_PASSWORD", "url": "https://siaga.example"}}, "a key is too short"),
                 ({"whatsapp": {"token": "env:WHATSAPP_TOKEN", "sender": "1", "app_secret": "env:HOOK_SECRET"}},
                  "`app_secret` and `verify_token`"),
                 ({"hook": {"secret": "env:A"}}, "there is no setting")]
        for number, (settings, said) in enumerate(cases):
            folder = pathlib.Path(self.folder.name, str(number))
            folder.mkdir()
            wrong = Office(folder, [], settings)
            self.assertFalse(wrong.start(), settings)
            self.assertEqual(wrong.process.wait(), 2)
            self.assertIn(said, wrong.log.read_text())
            self.assertNotIn("open sesame", wrong.log.read_text())


if __name__ == "__main__":
    unittest.main()
