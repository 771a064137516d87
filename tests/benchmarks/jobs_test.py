# SPDX-License-Identifier: Apache-2.0
"""The jobs are what their names say: their rules are right, and what is sent is applied, or refused where that is the
point. Nothing is timed."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
FOLDER = tempfile.TemporaryDirectory()
os.environ["KENTONGAN_BENCH"] = FOLDER.name
from harness import hostile_cases, measured, reports, scaling  # noqa: E402  # pylint: disable=wrong-import-position

HAS_TOOLS = (measured.BUILD / "benchmarks/colliding_texts").exists()


def summary(rules, events, *more, reference=measured.REFERENCE):
    path = pathlib.Path(FOLDER.name) / "summary.json"
    measured.cost(measured.replay(rules, events, "--summary", path, *more, reference=reference))
    return json.loads(path.read_text(encoding="utf-8"))


class Scaling(unittest.TestCase):
    def test_all_that_is_sent_is_applied(self):
        for axis in scaling.AXES:
            value = axis.values[1]
            counted = summary(reports.rule_folder(axis.rules(value)), axis.events(value, 200), *axis.more,
                              reference=reports.reference_with(axis.areas(value)))
            self.assertEqual((counted["read"], counted["applied"]), (200, 200), axis.name)

    def test_silent_rules_are_silent(self):
        for text in (scaling.some_match, scaling.ranges):
            few, many = (summary(reports.rule_folder(text(n)), reports.job(2000), "--dedupe", "0s") for n in (10, 100))
            self.assertGreater(few["alerts"], 0)
            self.assertEqual(few["alerts"], many["alerts"])

    def test_few_detection_rules_match(self):
        alerts = summary(reports.rule_folder(scaling.detection(3000)), reports.job(2000), "--dedupe", "0s")["alerts"]
        self.assertGreater(alerts, 0)
        self.assertLess(alerts, 2000 // 5)

    def test_the_share_that_matches_is_as_told(self):
        for share in (0, 25, 100):
            with scaling.with_share(share, 1000).open(encoding="utf-8") as lines:
                found = sum(json.loads(line)["data"]["tps"] == "001" for line in lines)
            self.assertEqual(found, 10 * share)

    def test_rules_are_right(self):
        for axis in scaling.AXES:
            folder = reports.rule_folder(axis.rules(axis.values[0]))
            told = subprocess.run([measured.KENTONGAN, "check", "--format", "json", "--reference", measured.REFERENCE,
                                   folder], capture_output=True, text=True, check=False)
            self.assertEqual((axis.name, json.loads(told.stdout)["errors"]), (axis.name, []))


class Hostile(unittest.TestCase):
    def test_each_reaches_the_engine_but_what_is_too_deep(self):
        for case in hostile_cases.CASES:
            if case.name.endswith("one hash") and not HAS_TOOLS:
                continue
            rules = reports.rule_folder(case.rules) if case.rules else reports.job_rules()
            counted = summary(rules, case.events(20), *case.more)
            refused = 20 if case.name == "nesting beyond the limit" else 0
            self.assertEqual((counted["read"], counted["dead_letter"], counted["late"]), (20, refused, 0), case.name)

    def test_large_ones_nearly_fill_what_an_event_may_have(self):
        for case in hostile_cases.CASES:
            if case.by_size and not (case.name.endswith("one hash") and not HAS_TOOLS):
                size = reports.size_of(case.events(20)) // 20
                self.assertTrue(150_000 < size <= 256 * 1024, f"{case.name}: {size}")

    @unittest.skipUnless(HAS_TOOLS, "built without benchmarks")
    def test_colliding_texts_are_all_different(self):
        lines = measured.cost([measured.tool("colliding_texts"), 6], keep=True).out.splitlines()
        self.assertEqual(len(set(lines)), 64)


if __name__ == "__main__":
    unittest.main()
