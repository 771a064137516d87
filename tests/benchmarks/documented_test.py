# SPDX-License-Identifier: Apache-2.0
"""docs/performance.md names programs, options, groups and numbers of the harness that are there."""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from harness import hostile_cases, scaling  # noqa: E402  pylint: disable=wrong-import-position

TEXT = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"`(benchmarks/[\w/.]+)((?: [^`]*)?)`")


def help_of(script):
    told = subprocess.run([ROOT / script, "--help"], capture_output=True, text=True, check=False)
    return told.stdout


class Documented(unittest.TestCase):
    def test_commands_are_there_with_their_options(self):
        found = COMMAND.findall(TEXT)
        self.assertGreater(len(found), 8)
        for script, rest in found:
            path = ROOT / script
            self.assertTrue(path.exists(), script)
            if path.is_dir() or path.suffix in (".json", ".cpp"):
                continue
            self.assertTrue(path.stat().st_mode & 0o111, f"{script} cannot be run")
            said = help_of(script)
            for option in re.findall(r"--[a-z]+", rest):
                self.assertIn(option, said, f"{script} {rest}")

    def test_every_axis_and_hostile_case_is_told(self):
        for name in [axis.name for axis in scaling.AXES] + [case.name for case in hostile_cases.CASES]:
            self.assertTrue(f"| {name} |" in TEXT, f"docs/performance.md has no row of: {name}")

    def test_picture_is_there(self):
        for target in re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT):
            self.assertTrue((ROOT / "docs" / target).exists(), target)


if __name__ == "__main__":
    unittest.main()
