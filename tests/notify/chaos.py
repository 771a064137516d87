#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the service between any two of its steps while it tells people, and starts it again, until all is told.

    KENTONGAN_BINARY=.. CRASH_AT_STEP=libcrash_at_step.so tests/notify/chaos.py [--seeds 10] [--first 1] [-v]

Each seed is a story of its own: reports in several kelurahan, answers of officers, a receiver that fails now and then,
and some deaths, each of them at one of these steps, before it or after it: a write to the outbox, the connection to a
receiver (what is to be told is in the outbox, and the try begins), the request, the answer that came and is not noted yet,
or at any moment. In the end every alert has come to each person that it is for, in its last state, each telling under one identity, and
nothing waits or was given up.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import sys
import tempfile
import time
import urllib.error

import counterparts
from office import Office, is_signed, person

AREAS = [f"35.73.02.10{i:02d}" for i in range(1, 8)]
PEOPLE = ("lurah-1", "lurah-2", "lurah-3")
MOST_DEATHS = 6
STEPS = ("outbox", "outbox", "try", "request", "answer", "answer", "any moment")


class Story:
    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.web = counterparts.Web()
        people = [person("lurah-1", ("webhook", self.web.url + "/lurah-1")),
                  person("lurah-2", ("telegram", "2"), ("webhook", self.web.url + "/lurah-2")),
                  person("lurah-3", ("webhook", self.web.url + "/lurah-3"), ("telegram", "3"))]
        self.telegram = "/bot12345:TELEGRAM-SECRET/sendMessage"
        self.office = Office(folder, people, {
            "webhook": {"secret": "env:HOOK_SECRET"}, "telegram": {"token": "env:TELEGRAM_TOKEN", "url": self.web.url},
            "patience": "1h"})  # each person is told by the first way, however long it takes
        self.deeds = [("report", area, self.random.choice(["intimidation", "mass_clash"])) for area in AREAS]
        self.deeds += [("resolve", area, None) for area in self.random.sample(AREAS, 3)]
        self.deaths = 0
        self.died_at = collections.Counter()  # of the steps: those at which it was not the script that killed it

    def close(self):
        self.office.kill()
        self.web.close()

    def unrest(self):
        """What the receivers do wrong with the next requests."""
        for path in ("/lurah-1", "/lurah-3", self.telegram):
            trouble = self.random.choice([None, None, ("status", 500), ("half",), ("close",)])
            if trouble:
                self.web.plan[path].append(trouble)

    def live_and_die(self):
        step = self.random.choice(STEPS)
        environment = self.environment_of(step)
        if not self.office.start(environment):
            self.deaths += 1
            self.died_at[step] += 1
            return
        self.unrest()
        try:
            for _ in range(self.random.randint(1, 4)):
                self.do_next()
        except (OSError, urllib.error.URLError, json.JSONDecodeError):
            pass
        until = time.time() + (self.random.random() if not environment else 1.5)
        while self.office.process.poll() is None and time.time() < until:
            time.sleep(0.01)
        self.deaths += 1
        self.died_at[step if self.office.process.poll() is not None else "any moment"] += 1
        self.office.kill()

    def environment_of(self, step):
        if step == "any moment":
            return {}
        environment = {"LD_PRELOAD": os.environ["CRASH_AT_STEP"], "CRASH_WHEN": self.random.choice(["before", "after"]),
                       "CRASH_PORT": str(self.web.port), "CRASH_FILES": "notify.db" if step == "outbox" else "none at all"}
        if step != "outbox":
            environment["CRASH_CALL"] = {"try": "connect", "request": "send", "answer": "recv"}[step]
        return {**environment, "CRASH_AT": str(self.random.randint(1, 120 if step == "outbox" else 12))}

    def do_next(self):
        if not self.deeds:
            return
        kind, area, category = self.deeds[0]
        if kind == "report":
            self.office.report(area, category=category, number=area[-2:])
        else:
            alert = next((one for one in self.office.alerts() if one["area"] == area), None)
            if alert is None:
                time.sleep(0.05)
                return
            if alert["state"] == "firing":
                self.office.act(alert["alert"], "resolve")
        self.deeds.pop(0)

    def finish(self):
        self.web.plan.clear()
        if not self.office.start():
            raise AssertionError("it does not start\n" + self.office.log.read_text()[-2000:])
        until = time.time() + 60
        while time.time() < until:
            if self.deeds:
                self.do_next()
            elif self.is_told():
                break
            time.sleep(0.02)
        if self.office.stop() != 0:
            raise AssertionError("it does not stop cleanly\n" + self.office.log.read_text()[-2000:])

    def received(self):
        """By person: the tellings that were taken, as (key, {alert: state})."""
        told = collections.defaultdict(list)
        for name in PEOPLE:
            for one in self.web.told("/" + name):
                if not is_signed(one):
                    raise AssertionError("a signature is wrong")
                data = one["data"]["data"]
                told[name].append((data["key"], {alert["alert"]: alert["state"] for alert in data["alerts"]},
                                   tuple(alert["event"] for alert in data["alerts"])))
        return told

    def is_told(self):
        alerts = self.office.alerts()
        if len(alerts) != len(AREAS) or self.office.outbox("waiting"):
            return False
        return not self.complaints(alerts)

    def complaints(self, alerts):
        found = []
        told = self.received()
        for name in ("lurah-1", "lurah-3"):
            seen = {}
            keys = collections.defaultdict(set)
            for key, states, events in told[name]:
                seen.update({alert: state for alert, state in states.items() if seen.get(alert) != "resolved"})
                keys[events].add(key)
            for alert in alerts:
                if seen.get(alert["alert"]) != alert["state"]:
                    found.append(f"{name}: {alert['alert']} is {alert['state']}, told was {seen.get(alert['alert'])}")
            found += [f"{name}: {events} came as {len(names)} identities" for events, names in keys.items() if len(names) > 1]
        texts = [one["data"]["text"] for one in self.web.told(self.telegram)]
        for alert in alerts:
            wanted = "SELESAI" if alert["state"] == "resolved" else ""
            said = alert["message"]["id"]  # of several alerts in one message only the first has its number
            if not any(said in text and wanted in text for text in texts):
                found.append(f"lurah-2: {alert['alert']} ({alert['state']}) was not told")
        return found

    def doubles(self):
        return sum(count - 1 for name in PEOPLE
                   for count in collections.Counter(key for key, _, _ in self.received()[name]).values())

    def run(self):
        while self.deeds and self.deaths < MOST_DEATHS:
            self.live_and_die()
        self.finish()
        self.office.start()
        found = self.complaints(self.office.alerts())
        states = collections.Counter(one["state"] for one in self.office.outbox())
        if states["failed"] or states["waiting"]:
            found.append(f"the outbox is not empty: {dict(states)}")
        return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("-v", action="store_true")
    arguments = parser.parse_args()
    bad = deaths = doubles = 0
    died_at = collections.Counter()
    began = time.time()
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        with tempfile.TemporaryDirectory() as folder:
            story = Story(seed, folder)
            try:
                found = story.run()
            finally:
                story.close()
            deaths += story.deaths
            died_at += story.died_at
            doubles += story.doubles()
            if found or arguments.v:
                print(f"seed {seed}: {story.deaths} deaths, {'; '.join(found) or 'all well'}", flush=True)
            if found:
                bad += 1
                print(pathlib.Path(folder, "log").read_text()[-3000:])
    print(f"{arguments.seeds} seeds, {deaths} deaths, {doubles} tellings came twice with the same key, {bad} seeds failed, "
          f"{time.time() - began:.0f} s")
    print("deaths at: " + ", ".join(f"{step} {count}" for step, count in sorted(died_at.items())))
    missing = set(STEPS) - set(died_at)
    if arguments.seeds >= 10 and missing:
        print(f"nobody died at: {', '.join(sorted(missing))}")
        return 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
