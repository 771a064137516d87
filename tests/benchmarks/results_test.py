# SPDX-License-Identifier: Apache-2.0
"""Ratios with their spread, charts, instruction counts, and what the commands say to wrong arguments."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from harness import chart, comparison, hostile, instructions, measured, tables  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


def entry(name, values, unit="us CPU/event", **more):
    return {"group": "g", "name": name, "unit": unit, "values": values, "load": 0, **more}


def document(*entries):
    return {"version": 1, "results": list(entries)}


def run(name, *arguments):
    return subprocess.run([ROOT / "benchmarks" / name, *arguments], capture_output=True, text=True, check=False)


class Comparison(unittest.TestCase):
    def test_ratio_is_of_medians_and_spread_of_all_pairs(self):
        self.assertEqual(comparison.ratio(entry("a", [2, 4, 3]), entry("a", [6, 9, 12])), (3, 6 / 4, 12 / 2))

    def test_runs_that_overlap_show_no_difference(self):
        self.assertIn("no difference", comparison.verdict(entry("a", [2, 3, 4]), entry("a", [3, 4, 5])))

    def test_two_runs_say_nothing(self):
        self.assertEqual(comparison.verdict(entry("a", [2, 2]), entry("a", [9, 9, 9])), "too few runs to say")

    def test_a_busier_machine_shows_in_the_floor_too(self):
        first = document(entry("floor", [1]), entry("ours", [4], floor="floor"))
        second = document(entry("floor", [2]), entry("ours", [6], floor="floor"))
        self.assertEqual([row[-2] for row in comparison.rows(first, second)], ["", "0.750"])

    def test_lower_cost_is_better_and_lower_rate_is_worse(self):
        before, after = [10, 11, 12], [5, 6, 7]
        self.assertEqual(comparison.verdict(entry("a", before), entry("a", after)), "better")
        self.assertEqual(comparison.verdict(entry("a", before, "events/s"), entry("a", after, "events/s")), "worse")
        self.assertEqual(comparison.verdict(entry("a", after), entry("a", before)), "worse")

    def test_what_was_nothing_has_no_ratio(self):
        self.assertIsNone(comparison.ratio(entry("a", [0]), entry("a", [1])))

    def test_what_stands_in_one_only_is_named(self):
        text = comparison.table(document(entry("gone", [1]), entry("both", [1])),
                                document(entry("both", [2]), entry("new", [1])))
        self.assertIn("| g: both | 1.00 us CPU/event | 2.00 | 2.000 (2.000 to 2.000) |  | too few runs to say |", text)
        self.assertIn("only in the first: g: gone", text)
        self.assertIn("only in the second: g: new", text)

    def test_command_compares_two_files_and_refuses_others(self):
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for name, value in (("a", 4), ("b", 2)):
                files.append(pathlib.Path(folder) / name)
                files[-1].write_text(json.dumps({**document(entry("x", [value])), "commit": name}))
            told = run("compare", *files)
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertIn("commit: a | b", told.stdout)
            self.assertIn("0.500", told.stdout)
            files[0].write_text("{}")
            told = run("compare", *files)
            self.assertEqual(told.returncode, 2)
            self.assertIn(str(files[0]), told.stderr)


class Tables(unittest.TestCase):
    def test_a_row_stands_beside_its_floor(self):
        text = tables.of_results(document(entry("floor", [2]), entry("ours", [3, 4, 5], floor="floor")))
        self.assertIn("| ours | 4.00 | 3.00 to 5.00 | us CPU/event | 2.00 x |", text)
        self.assertIn("| floor | 2.00 |  | us CPU/event |  |", text)

    def test_hostile_cases_above_a_limit_are_found(self):
        results = measured.Results(quiet=True)
        results.add(hostile.GROUP, "ordinary", "us CPU/event", [2])
        results.add(hostile.GROUP, "mild", "us CPU/event", [19], floor="ordinary")
        results.add(hostile.GROUP, "hard", "us CPU/event", [22], floor="ordinary")
        self.assertEqual(hostile.above(results, 10), [("hard", 11.0)])


class Chart(unittest.TestCase):
    def points(self, values):
        return [entry(f"axis {axis} = {x}", value, axis=f"axis {axis}", x=x)
                for axis in range(5) for x, value in zip((10, 1000, 84000), values)]

    def test_has_a_panel_an_axis_and_all_points_inside(self):
        for values in (([1, 2], [3], [500]), ([-1], [0], [0.01]), ([7], [7], [7])):
            root = ElementTree.fromstring(chart.of_axes(self.points(values), "a < b"))
            panels = root.findall(f"{SVG}g")
            self.assertEqual(len(panels), 5)
            for panel in panels:
                dots = panel.findall(f"{SVG}circle")
                self.assertEqual(len(dots), 3)
                for dot in dots:
                    self.assertTrue(chart.LEFT <= float(dot.get("cx")) <= chart.WIDTH - chart.RIGHT + 1)
                    self.assertTrue(chart.TOP - 1 <= float(dot.get("cy")) <= chart.HEIGHT - chart.BOTTOM + 1)

    def test_shares_begin_at_nothing(self):
        points = [entry(f"share = {x}", [x + 1], axis="share", x=x) for x in (0, 50, 100)]
        root = ElementTree.fromstring(chart.of_axes(points, "t"))
        left, middle, right = (float(dot.get("cx")) for dot in root.iter(f"{SVG}circle"))
        self.assertAlmostEqual(middle - left, right - middle, 1)


class Instructions(unittest.TestCase):
    def test_beyond_the_tolerance_is_more_or_fewer(self):
        kept = {"tolerance": 0.02, "instructions": {"a": 1000, "b": 1000, "c": 1000, "d": 1000}}
        rows = instructions.judged({"a": 1030, "b": 970, "c": 1020, "d": 1000, "e": 5}, kept)
        self.assertEqual([row[-1] for row in rows], ["more", "fewer", "as before", "as before", "new"])

    def test_what_is_kept_names_all_jobs_and_their_compiler(self):
        kept = instructions.kept()
        self.assertGreater(kept["tolerance"], 0)
        self.assertTrue(kept["compiler"])
        self.assertTrue(kept["instructions"])
        self.assertTrue(all(count > 0 for count in kept["instructions"].values()))


class Commands(unittest.TestCase):
    def test_each_explains_itself(self):
        for name in ("run", "compare", "scaling", "memory", "instructions", "replay"):
            told = run(name, "--help")
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertIn(f"benchmarks/{name}", told.stdout)

    def test_a_group_that_is_not_there_is_refused(self):
        told = run("run", "--only", "micro,speed")
        self.assertEqual(told.returncode, 2)
        self.assertIn("there is no group speed; there are: micro replay", told.stderr)

    def test_nonsense_is_refused(self):
        self.assertEqual(run("scaling", "--events", "1").returncode, 2)
        self.assertEqual(run("memory", "--long", "0").returncode, 2)
        self.assertEqual(run("instructions", "--renw").returncode, 2)


if __name__ == "__main__":
    unittest.main()
