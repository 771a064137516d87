#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The stories that `kentongan test` runs, unchanged, through a broker: each is played in a city of its own, and what the
workers commit is what a replay writes. What a story expects holds in a replay; so it holds here."""
import collections
import csv
import datetime
import json
import re
import subprocess
import sys
import time

import yaml

import base
import cities
import cluster

WHOLE = {"severity", "content", "crowd", "quantity", "seals_expected", "seals_intact", "police", "linmas", "kpps",
         "witnesses", "voters", "eligible", "without_card"}
REAL = {"radius_m", "lat", "lon", "route"}
YES_OR_NO = {"power", "network"}
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def duration(text):
    return datetime.timedelta(seconds=sum(int(n) * UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", text)))


def value(name, node):
    """A value as rule authors write it, of the type that its field has."""
    if isinstance(node, dict):
        return {key: value(key, one) for key, one in node.items()}
    if isinstance(node, list):
        return [value(name, one) for one in node]
    if node in ("null", "~", ""):
        return None
    if name in WHOLE:
        return int(node)
    if name in REAL:
        return float(node)
    return node == "true" if name in YES_OR_NO else node


class Story:
    """One test of a rule, in the city `code`."""

    def __init__(self, test, code):
        self.code = code
        self.stage = test.get("stage")
        self.start = datetime.datetime.fromisoformat(test["start"])
        self.events = [self.event(number + 1, one) for number, one in enumerate(test.get("events", []))]
        # The clock moves on to the last thing that is expected, by an event without effect.
        end = max([duration(one["at"]) for one in test["expect"]] + [duration(one["at"]) for one in test["events"]])
        self.events.append(self.envelope("end", self.start + end, "report",
                                         {"area": f"{code}.02.1004", "status": "refuted"}))

    @staticmethod
    def envelope(name, when, kind, data):
        return {"specversion": "1.0", "id": f"t-{name}", "source": "/test", "type": f"kentongan.{kind}.v1",
                "time": when.isoformat(), "data": data}

    def event(self, number, written):
        kind = next(key for key in written if key != "at")
        data = value("", written[kind])
        for person in ("reporter", "actor"):
            if isinstance(data.get(person), str):
                data[person] = {"ref": data[person]}
        if "site" in data:
            data["site"] = f"{cities.MODEL}-{data['site']}"
        data = json.loads(json.dumps(data).replace(cities.MODEL, self.code))
        return self.envelope(number, self.start + duration(written["at"]), kind, data)

    def lines(self, replay):
        """An author cannot know an alert's id: that of its rule stands for its latest one."""
        lines = []
        for event in self.events:
            if event["type"] == "kentongan.action.v1":
                for line in replay(lines, event["time"]):
                    made = json.loads(line)
                    if made["data"].get("step") == "fired" and made["data"]["rule"] == event["data"]["alert"]:
                        latest = made["data"]["alert"]
                event["data"]["alert"] = latest
            lines.append(json.dumps(event, separators=(",", ":")))
        return lines


def tests_in(folder):
    for path in sorted(folder.glob("*.y*ml")):
        for rule in yaml.load(path.read_text(), yaml.BaseLoader).get("rules", []):
            yield from rule.get("tests", [])


class ScenarioStories(base.Base):
    def play(self, name, rules):
        done = subprocess.run([str(cluster.binary()), "test", str(rules), "--reference",
                               str(cities.ROOT / "rules/reference"), "--format", "json"], capture_output=True, text=True,
                              check=True)
        told = json.loads(done.stdout)
        stories = [Story(test, cities.code_of(number)) for number, test in enumerate(tests_in(rules))]
        assert len(stories) == told["passed"] and told["failed"] == 0, (len(stories), told)
        groups = collections.defaultdict(list)
        for story in stories:
            groups[story.stage].append(story)
        for stage, group in groups.items():
            self.play_group(f"{name}-{stage or 'calendar'}", rules, stage, group, len(stories))
        print(f"        {len(stories)} stories of {name}, {len(groups)} calendars")

    def play_group(self, name, rules, stage, stories, cities_there):
        deployment = self.deployment(name, rules=rules)
        deployment.reference = self.folder / f"reference-{name}"
        cities.write_reference(deployment.reference, cities_there)
        if stage:
            with (deployment.reference / "calendar.csv").open("w", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["election", "stage", "first_day", "last_day"])
                rows.writerow(["test", stage, "0001-01-01", "9999-12-31"])

        def replay(lines, until):
            path = self.folder / "so-far.ndjson"
            path.write_text("".join(line + "\n" for line in lines))
            return deployment.run("replay", "--rules", str(rules), "--reference", str(deployment.reference), "--emit",
                                  "alerts", "--until", until, str(path)).stdout.splitlines()
        queues = [(story.code, story.lines(replay)) for story in stories]
        records = [(code, line) for code, lines in queues for line in lines]
        outputs, summary = deployment.replay([line for _, line in records])
        assert summary["dead_letter"] == 0, [line for line in outputs if "deadletter" in line]
        expected = cluster.by_city(outputs)
        half = len(records) // 2
        first, second = self.worker(deployment, "a"), self.worker(deployment, "b")
        deployment.write(deployment.topics["reports"], records[:half])
        cluster.wait_until(lambda: sum(w.metric("kentongan_events_total")[0] for w in (first, second)) == half, 30, "half")
        first.kill()  # what it remembered comes back at another worker, or at itself
        if len(records) % 2:
            first.start()
        deployment.write(deployment.topics["reports"], records[half:])
        cluster.wait_until(lambda: cluster.by_city(deployment.dump()) == expected, 60, f"the outputs of the replay, {name}")
        time.sleep(0.2)
        assert cluster.by_city(deployment.dump()) == expected
        self.end()

    def story_of_the_scenarios(self):
        self.play("scenarios", cities.ROOT / "tests/scenarios")

    def story_of_the_bundled_rules(self):
        self.play("bundled", cities.ROOT / "rules")

    def story_of_all_blocks(self):
        """Nothing of what an engine can remember is lost with its process."""
        import random  # pylint: disable=import-outside-toplevel

        import weeks  # pylint: disable=import-outside-toplevel
        deployment = self.deployment("blocks", rules=cluster.HERE / "all_blocks")
        records = weeks.events(4, self.reference, random.Random(5), lambda lines: deployment.replay(lines)[0])
        outputs, _ = deployment.replay([line for _, line in records])
        rules = {json.loads(line)["data"].get("rule") for line in outputs}
        blocks = {"check", "level", "count", "sequence", "absence", "spike", "clash", "quota"}
        assert {str(rule).split("-", maxsplit=1)[0] for rule in rules} >= blocks, rules
        expected = cluster.by_city(outputs)
        worker = self.worker(deployment, "a")
        size = len(records) // 12
        for at in range(0, len(records), size):
            deployment.write(deployment.topics["reports"], records[at:at + size])
            time.sleep(0.4)
            worker.kill()
            worker.start()
        cluster.wait_until(lambda: cluster.by_city(deployment.dump()) == expected, 60, "the outputs of the replay")
        self.every_block_is_in_the_state(deployment)

    @staticmethod
    def every_block_is_in_the_state(deployment):
        keys = subprocess.run(["kcat", "-q", "-C", "-b", deployment.broker.address, "-t", deployment.topics["state"], "-o",
                               "beginning", "-e", "-f", "%k\n"], capture_output=True, text=True, errors="replace",
                              check=True).stdout
        kinds = {key.split("/")[1] for key in keys.splitlines() if key.count("/") >= 1}
        print("        kinds of state:", " ".join(sorted(kinds)))
        assert len(kinds) > 8, kinds


if __name__ == "__main__":
    sys.exit(base.main(ScenarioStories))
