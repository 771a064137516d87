# SPDX-License-Identifier: Apache-2.0
"""`kentongan cap` writes documents that CAP 1.2 takes, of the alerts of the example day and of hostile texts.

cap_test.py KENTONGAN SOURCE
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from lxml import etree

PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
RULES = SOURCE / "rules"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
SCHEMA = etree.XMLSchema(etree.parse(str(pathlib.Path(__file__).with_name("cap-1.2.xsd"))))


def kentongan(*arguments, lines=()):
    return subprocess.run([PROGRAM, *map(str, arguments)], input="".join(line + "\n" for line in lines),
                          capture_output=True, text=True, check=False)


def documents(lines, *more):
    done = kentongan("cap", "--rules", RULES, "--sender", "fkdm@malang.example", *more, "-", lines=lines)
    assert done.returncode == 0, done.stderr
    return [etree.fromstring(line.encode()) for line in done.stdout.splitlines()]


def text(document, path):
    return document.findtext("/".join(CAP + part for part in path.split("/")))


def example_alerts():
    done = kentongan("replay", "--rules", RULES, "--until", "2024-11-30T00:00:00+07:00",
                     SOURCE / "deploy/example/malang-day.ndjson")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def step(number=1, time="2024-11-10T08:00:00+07:00", **data):
    """One step of an alert as the program writes it."""
    whole = {"alert": "35.73-00ff", "rule": "mass-clash", "scope": {"kind": "area", "key": "35.73.02.1004"},
             "area": "35.73.02.1004", "step": "fired", "state": "firing", "level": "awas",
             "since": "2024-11-10T08:00:00+07:00", "tier": 0, "to": ["lurah", "polsek"],
             "message": {"id": "Bentrokan", "en": "Clash"}, "events": ["r-1"],
             "reasons": [{"code": "matched", "text": "the event matches the rule"}]} | data
    return json.dumps({"specversion": "1.0", "id": f"{whole['alert']}-{number}", "source": "/kentongan/35.73",
                       "type": "kentongan.alert.v1", "subject": "35.73.02.1004", "time": time, "data": whole})


class Cap(unittest.TestCase):
    def valid(self, document):
        SCHEMA.validate(document)
        self.assertEqual([], [str(fault) for fault in SCHEMA.error_log], etree.tostring(document).decode())

    def test_the_example_day(self):
        written = documents(example_alerts())
        self.assertGreater(len(written), 10)
        types = {}
        known = {}
        for document in written:
            self.valid(document)
            types[text(document, "msgType")] = types.get(text(document, "msgType"), 0) + 1
            incident = text(document, "incidents")
            earlier = known.setdefault(incident, [])
            references = text(document, "references")
            self.assertEqual(" ".join(earlier) or None, references)
            self.assertEqual(text(document, "msgType") == "Alert", not earlier)
            earlier.append(",".join(text(document, part) for part in ("sender", "identifier", "sent")))
        self.assertGreater(types["Alert"], 5)
        self.assertGreater(types["Update"], 5)

    def test_an_alert_and_its_end(self):
        first, end = documents([
            step(1, proposed=True), step(2, step="acknowledged", state="acknowledged", proposed=True),
            step(3, time="2024-11-10T09:00:00.250+07:00", step="resolved", state="resolved",
                 reasons=[{"code": "resolve", "text": "an officer answered"}])])
        self.valid(first)
        self.valid(end)
        self.assertEqual("35.73-00ff-1", text(first, "identifier"))
        self.assertEqual("lurah polsek", text(first, "restriction"))
        self.assertEqual(["id-ID", "en-GB"], [one.text for one in first.iter(CAP + "language")])
        self.assertEqual(["Immediate", "Extreme", "Possible", "Execute"],
                         [text(first, "info/" + part) for part in ("urgency", "severity", "certainty", "responseType")])
        self.assertEqual("AWAS Kiduldalem, Klojen (35.73.02.1004): Bentrokan", text(first, "info/headline"))
        self.assertEqual("-7.980530,112.634310 0", text(first, "info/area/circle"))
        self.assertEqual("35.73.02.1004", text(first, "info/area/geocode/value"))
        self.assertEqual(["Update", "2024-11-10T09:00:00+07:00", "AllClear", "Past"],
                         [text(end, part) for part in ("msgType", "sent", "info/responseType", "info/urgency")])
        self.assertEqual("fkdm@malang.example,35.73-00ff-1,2024-11-10T08:00:00+07:00", text(end, "references"))
        self.assertEqual("SELESAI - AWAS Kiduldalem, Klojen (35.73.02.1004): Bentrokan", text(end, "info/headline"))

    def test_what_was_wrong_is_cancelled(self):
        wrong = [{"code": "false_alarm", "text": "an officer answered"}]
        for last in (step(2, step="withdrawn", state="withdrawn"), step(2, step="resolved", state="resolved", reasons=wrong)):
            first, end = documents([step(1), last])
            self.valid(end)
            self.assertEqual("Cancel", text(end, "msgType"))
            self.assertTrue(text(end, "note"))

    def test_hostile_texts(self):
        nasty = "]]> <b>&amp;</b> \"'\u0001\u001f\ufffe\uffff\t\n\U0001f600 " + "\u00e9" * 5000
        document, = documents([step(message={"id": nasty, "en": nasty}, recommend={"id": nasty}, legal=nasty)],
                              "--sender-name", "<i>&", "--contact", nasty[:40].replace("\0", ""))
        self.valid(document)
        for element, most in (("headline", 160), ("description", 4000), ("instruction", 4000)):
            length = len(text(document, "info/" + element))
            self.assertTrue(most - 5 < length <= most, f"{element}: {length}")
        self.assertTrue(text(document, "info/description").startswith("]]> <b>&amp;</b> \"'  \U0001f600 \u00e9"))
        self.assertTrue(text(document, "info/description").endswith("\u2026"))
        self.assertEqual(0, len(list(document.iter("{*}b"))))

    def test_no_free_text_and_no_shadow(self):
        self.assertEqual([], documents([step(shadow=True, to=[])]))
        document, = documents([step(recommendations=["Pak Budi tinggal di nomor 7"])])
        self.assertNotIn("Budi", etree.tostring(document).decode())

    def test_places(self):
        for area, name in (("35.73.02", "Klojen (35.73.02)"), ("35.73", "Kota Malang (35.73)")):
            document, = documents([step(area=area)])
            self.valid(document)
            self.assertEqual(name, text(document, "info/area/areaDesc"))
            self.assertIsNone(text(document, "info/area/circle"))

    def test_scopes_and_status(self):
        for scope, element in (("Public", None), ("Private", "addresses")):
            document, = documents([step()], "--scope", scope, "--status", "Test")
            self.valid(document)
            self.assertEqual(["Test", scope], [text(document, "status"), text(document, "scope")])
            self.assertIsNone(text(document, "restriction"))
            self.assertEqual("lurah polsek" if element else None, text(document, "addresses"))

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / "new/cap"
            done = kentongan("cap", "--rules", RULES, "--sender", "x", "--to", target, "-", lines=[step(1)])
            self.assertEqual((0, ""), (done.returncode, done.stdout), done.stderr)
            self.valid(etree.parse(str(target / "35.73-00ff-1.xml")).getroot())

    def test_faults(self):
        for lines, more, code, said in (
                ([step()], ["--sender", "two words"], 2, "without blanks"),
                (["{}"], ["--sender", "x"], 1, "line 1"),
                ([step(), "nonsense"], ["--sender", "x"], 1, "line 2"),
                ([step(alert="35.73/../../x")], ["--sender", "x"], 1, "no id"),
                ([step()], ["--sender", "x", "--reference", "/nowhere"], 2, "/nowhere")):
            done = kentongan("cap", "--rules", RULES, *more, "-", lines=lines)
            self.assertEqual(code, done.returncode, done.stderr)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
