# SPDX-License-Identifier: Apache-2.0
"""`kentongan duty`, and what `kentongan check` says of rosters.

commands_test.py KENTONGAN SOURCE
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
RULES = SOURCE / "rules"
RULE = """version: 1
rules:
  - id: threats
    match: {category: intimidation}
    check: {}
    alert: {level: siaga, message: {id: m}, to: [%s], escalate: [{after: 1h, to: [camat]}]}
"""


def kentongan(*arguments, language="C"):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False,
                          env=os.environ | {"LC_ALL": language})


class Folder:
    """Rules with a roster of our own and else the bundled reference data."""

    def __init__(self, roster, routing="roles: [lurah, camat, posko]\n", to="lurah"):
        self.roster, self.routing, self.to = roster, routing, to

    def __enter__(self):
        self.place = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.place.name)
        shutil.copytree(RULES / "reference", self.path / "reference")
        (self.path / "reference/roster.yaml").write_text(self.roster)
        (self.path / "reference/routing.yaml").write_text(self.routing)
        (self.path / "rules.yaml").write_text(RULE % self.to)
        return self

    def __exit__(self, *_):
        self.place.cleanup()

    def warnings(self):
        done = kentongan("check", self.path, "--format", "json")
        assert done.returncode == 0, done.stdout
        return [(pathlib.Path(one["file"]).name, one["line"], one["column"], one["code"], one["message"], one["hint"])
                for one in json.loads(done.stdout)["warnings"]]


ALWAYS = 'channels: [{type: telegram, to: "1"}]'
OTHERS = f"""
  - {{id: c, roles: [camat], {ALWAYS}}}
  - {{id: p, roles: [posko], {ALWAYS}}}
"""


class Duty(unittest.TestCase):
    def listed(self, *arguments):
        done = kentongan("duty", "--rules", RULES, "--format", "json", *arguments)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_who_is_on_duty_for_a_kelurahan(self):
        told = self.listed("--at", "2024-11-27T03:00:00+07:00", "--area", "35.73.02.1004")
        self.assertEqual("2024-11-27T03:00:00+07:00", told["at"])
        by_role = {}
        for one in told["on_duty"]:
            by_role.setdefault(one["role"], []).append(one["person"])
        self.assertEqual(["lurah-klojen-malam"], by_role["lurah"])
        self.assertEqual(["piket-posko-3"], by_role["posko"])

    def test_by_role_and_anywhere(self):
        everywhere = self.listed("--at", "2024-11-27T12:00:00+07:00", "--role", "lurah")["on_duty"]
        self.assertEqual(5, len(everywhere))
        self.assertEqual({"lurah"}, {one["role"] for one in everywhere})
        self.assertEqual([False] * 5, [one["quiet"] for one in everywhere])

    def test_as_text(self):
        done = kentongan("duty", "--rules", RULES, "--at", "2024-11-27T12:00:00+07:00", "--role", "posko")
        self.assertEqual("ROLE   PERSON         CHANNELS\nposko  piket-posko-1  webhook, telegram\n", done.stdout)

    def test_faults(self):
        for arguments, said in ((["--at", "noon"], "--at"), (["--rules", RULES, "--area", "35.99"], "35.99"),
                                (["--rules", RULES, "--role", "lurh"], "did you mean `lurah`"), (["--reference", "/nowhere"], "/nowhere"),
                                (["plan", "--group-wait", "soon", "/dev/null"], "--group-wait"),
                                (["plan", "--until", "soon", "/dev/null"], "--until")):
            done = kentongan("duty", *arguments)
            self.assertEqual(2, done.returncode, done.stderr)
            self.assertIn(said, done.stderr)

    def test_the_plan_of_the_example_day(self):
        alerts = kentongan("replay", "--rules", RULES, SOURCE / "deploy/example/malang-day.ndjson").stdout
        plans = [subprocess.run([PROGRAM, "duty", "plan", "--rules", RULES, "-"], input=text, capture_output=True, text=True,
                                check=True).stdout for text in (alerts, alerts, alerts + alerts)]
        self.assertEqual(plans[0], plans[1])
        self.assertEqual(plans[0], plans[2], "what is read again plans nothing")
        told = [json.loads(line) for line in plans[0].splitlines()]
        self.assertGreater(len(told), 20)
        self.assertEqual([], [one for one in told if "nobody" in one])
        self.assertEqual(sorted({one["delivery"] for one in told}), sorted(one["delivery"] for one in told))

    def test_a_plan_of_what_is_no_alert(self):
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            file.write('{"type":"kentongan.risk.v1"}\nnonsense\n')
            file.flush()
            done = kentongan("duty", "plan", "--rules", RULES, file.name)
        self.assertEqual((1, ""), (done.returncode, done.stdout))
        self.assertIn("line 2", done.stderr)


class Roster(unittest.TestCase):
    def test_a_good_one_has_no_findings(self):
        with Folder("people:\n  - {id: l, roles: [lurah], %s}%s" % (ALWAYS, OTHERS)) as folder:
            self.assertEqual([], folder.warnings())

    def test_a_list_of_roles_is_no_roster(self):
        with Folder("people:\n  - {id: l, roles: [lurah]}\n") as folder:
            self.assertEqual([], folder.warnings())

    def test_slips_of_people(self):
        with Folder(f"""people:
  - {{id: l, roles: [lurah], {ALWAYS}, duty: [{{from: "07:00", to: "19:00"}}, {{from: "18:00", to: "08:00"}}]}}
  - {{id: m, roles: [lurah]}}
  - {{id: n, roles: [lurah], {ALWAYS}, substitute: {{from: 2024-11-20, to: 2024-11-21, by: ll}}}}
  - {{id: o, roles: [lurah], {ALWAYS}, quiet_hours: {{from: "22:00", to: "05:00"}}, digest: "04:00"}}
  - {{id: q, roles: [lurah, camaat], {ALWAYS}}}{OTHERS}""") as folder:
            told = [(line, code) for _, line, _, code, _, _ in folder.warnings()]
            self.assertEqual([(2, "overlapping-shifts"), (3, "no-channel"), (4, "unknown-person"), (5, "digest-time"),
                              (6, "unknown-role")], told)
            hints = {code: hint for _, _, _, code, _, hint in folder.warnings()}
            self.assertEqual("did you mean `camat`?", hints["unknown-role"])

    def test_hours_without_anybody(self):
        roster = f"""people:
  - {{id: l, roles: [lurah], areas: ["35.73.02"], {ALWAYS}, duty: [{{from: "07:00", to: "19:00"}}]}}
  - {{id: m, roles: [lurah], areas: ["35.73.01", "35.73.03", "35.73.04", "35.73.05"], {ALWAYS}}}
  - {{id: c, roles: [camat], {ALWAYS}}}
"""
        with Folder(roster) as folder:
            (file, line, column, code, message, hint), = folder.warnings()
            self.assertEqual(("roster.yaml", 2, 3, "nobody-on-duty"), (file, line, column, code))
            self.assertEqual("nobody is on duty as `lurah` in Klojen (35.73.02.1001) and 10 more kelurahan: "
                             "every day 00:00-07:00, 19:00-24:00", message)
            self.assertIn("`threats` tells this role, and then nobody hears of it", hint)
            done = kentongan("check", folder.path, language="id_ID.UTF-8")
            self.assertIn("tidak ada `lurah` yang piket di Klojen (35.73.02.1001) dan 10 kelurahan lain: "
                          "setiap hari 00:00-07:00, 19:00-24:00", done.stdout)
        with Folder(roster, routing="roles: [lurah]\nfallback: {lurah: [camat]}\n") as folder:
            self.assertIn("the fallback of routing.yaml is told instead", folder.warnings()[0][5])

    def test_days_of_a_kind(self):
        with Folder(f"""people:
  - {{id: l, roles: [lurah], {ALWAYS}, duty: [{{days: [mon, tue, wed, thu, fri], from: "00:00", to: "24:00", except: [holiday]}},
      {{days: [sat, sun], from: "00:00", to: "24:00"}}]}}{OTHERS}""") as folder:
            message = folder.warnings()[0][4]
            self.assertEqual("nobody is on duty as `lurah` in Balearjosari (35.73.01.1001) and 56 more kelurahan: "
                             "mon, tue, wed, thu, fri 00:00-24:00, on days that are `holiday`", message)

    def test_nobody_at_all(self):
        with Folder("people:\n  - {id: p, roles: [posko], %s}\n" % ALWAYS, to="lurah, posko") as folder:
            told = [(code, message) for _, _, _, code, message, _ in folder.warnings()]
            self.assertEqual(["nobody-on-duty"] * 2, [code for code, _ in told])
            self.assertIn("`camat`", told[0][1])
            self.assertIn("every day 00:00-24:00", told[1][1])

    def test_errors(self):
        for roster, code in (('people: [{id: l, roles: [lurah], duty: [{from: "07:00", to: "07:00"}]}]', "bad-time"),
                             ("people: [{id: l, roles: [lurah], language: english}]", "unknown-word"),
                             ("people: [{id: l, roles: [lurah], substitute: {from: 2024-02-30, to: 2024-03-01, by: m}}]", "bad-day"),
                             ("people: [{id: l, roles: [lurah], substitute: {from: 2024-03-02, to: 2024-03-01, by: m}}]", "day-order"),
                             ("people: [{id: l, roles: [lurah], substitute: {from: 2024-03-02}}]", "missing-key"),
                             ('people: [{id: l, roles: [lurah], digest: "6"}]', "bad-time")):
            with Folder(roster) as folder:
                done = kentongan("check", folder.path, "--format", "json")
                self.assertEqual(1, done.returncode, done.stdout)
                self.assertIn(code, {one["code"] for one in json.loads(done.stdout)["errors"]})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
