# SPDX-License-Identifier: Apache-2.0
"""Two weeks of several cities, made at random for the rules of all_blocks: whatever an engine can remember comes to be
remembered, and much of it hangs over many days."""
import csv
import datetime
import json

import cities

ZONE = datetime.timezone(datetime.timedelta(hours=7))
START = datetime.datetime(2024, 11, 15, 6, tzinfo=ZONE)
DAYS = 14
CATEGORIES = ["intimidation", "provocation", "hate_speech", "hoax", "crowd_gathering", "public_order", "vote_buying"]
VENUES = [("Stadion Gajayana", -7.975, 112.625), ("Alun-alun", -7.982, 112.631), ("Lapangan Rampal", -7.972, 112.641)]


class City:
    def __init__(self, code, areas, random):
        self.code, self.areas, self.random = code, areas, random
        self.districts = sorted({area[:8] for area in areas})
        self.number = 0
        self.events = []  # (when it comes, event)
        self.reports = []

    def add(self, kind, time, data, delay=datetime.timedelta(0), source="/weeks"):
        self.number += 1
        event = {"specversion": "1.0", "id": f"{self.code}-{self.number}", "source": source,
                 "type": f"kentongan.{kind}.v1", "time": time.isoformat(timespec="milliseconds"), "data": data}
        if self.random.random() < 0.3:
            event["traceparent"] = f"00-{self.random.getrandbits(128) | 1:032x}-{self.number:016x}-01"
        self.events.append((time + delay, event))
        return event

    def time(self, hour_from=0.0, hour_to=24.0 * DAYS):
        return START + datetime.timedelta(hours=self.random.uniform(hour_from, hour_to))

    def report(self, time=None, area=None, category=None):
        chance = self.random
        data = {"area": area or chance.choice(self.areas[:8]), "category": category or chance.choice(CATEGORIES),
                "severity": chance.randrange(1, 6), "source": chance.choice("ABCF"), "content": chance.randrange(1, 5),
                "reporter": {"ref": f"r{chance.randrange(12)}", "role": chance.choice(["rw", "rt", "lurah"])}}
        delay = datetime.timedelta(hours=chance.choice([0, 0, 0, 0, 0, 0, 0.5, 5, 40]))
        self.reports.append(self.add("report", time or self.time(), data, delay))

    def correction(self):
        earlier = self.random.choice(self.reports)
        time = datetime.datetime.fromisoformat(earlier["time"]) + datetime.timedelta(hours=self.random.uniform(-1, 40))
        data = {**earlier["data"], "corrects": earlier["id"]}
        if self.random.random() < 0.5:
            data = {"area": data["area"], "status": "refuted", "corrects": earlier["id"]}
        else:
            data["category"] = self.random.choice(CATEGORIES)
        self.add("report", time, data)

    def burst(self):
        """Several in a few hours, in one kelurahan: windows, levels, spikes."""
        area, begin = self.random.choice(self.areas), self.random.uniform(170, 24 * DAYS - 8)
        category = self.random.choice(CATEGORIES)
        for _ in range(self.random.randrange(4, 9)):
            self.report(self.time(begin, begin + 6), area, category)

    def consignment(self, number):
        time = self.time(0, 24 * DAYS - 20)
        name = f"k-{number}"
        steps = ["packed", "dispatched", "arrived", "opened", "returned"][self.random.randrange(2):]
        for step in steps[:self.random.randrange(1, 6)]:
            intact = 10 if self.random.random() < 0.9 else 9
            self.add("consignment", time, {"consignment": name, "area": self.random.choice([self.code, *self.districts]),
                                           "step": step, "seals_expected": 10, "seals_intact": intact})
            time += datetime.timedelta(hours=self.random.uniform(0.5, 9))

    def campaign(self, number):
        chance = self.random
        announced = self.time(0, 24 * 8)
        begins = announced + datetime.timedelta(hours=chance.uniform(4, 60))
        venue, lat, lon = chance.choice(VENUES)
        data = {"campaign": f"c-{number}", "status": "planned", "party": f"P{chance.randrange(1, 5)}",
                "method": chance.choice(["rally", "rally", "procession", "limited_meeting"]),
                "areas": [chance.choice(self.areas[:6])], "venue": venue, "location": {"lat": lat, "lon": lon},
                "starts_at": begins.isoformat(timespec="seconds"),
                "ends_at": (begins + datetime.timedelta(hours=5)).isoformat(timespec="seconds")}
        self.add("campaign", announced, data)
        if chance.random() < 0.5:
            later = announced + datetime.timedelta(hours=chance.uniform(0.1, 30))
            if chance.random() < 0.4:
                self.add("campaign", later, {"campaign": f"c-{number}", "status": "cancelled", "areas": data["areas"]})
            else:
                self.add("campaign", later, {**data, "status": "changed", "areas": [chance.choice(self.areas[:6])]})

    def readiness(self):
        self.add("readiness", self.time(24 * 10), {"area": self.random.choice(self.areas), "tps": "001", "power": True})

    def bad(self):
        self.random.choice([
            lambda: self.add("report", self.time(), {"area": f"{self.code}.99.9999", "category": "hoax"}),
            lambda: self.add("report", self.time(), {"area": self.areas[0], "category": "weather", "severity": 1,
                                                     "reporter": {"ref": "x"}}),
            lambda: self.add("action", self.time(), {"alert": f"{self.code}-unknown", "action": "resolve",
                                                     "actor": {"ref": "o"}})])()

    def lines(self):
        self.events.sort(key=lambda one: (one[0], one[1]["id"]))
        lines = []
        for _, event in self.events:
            line = json.dumps(event, separators=(",", ":"))
            lines.append(line)
            if self.random.random() < 0.04:
                lines.append(line)
        return lines


def city(code, areas, random, size):
    made = City(code, areas, random)
    for _ in range(90 * size):
        made.report()
    for _ in range(12 * size):
        made.correction()
    for _ in range(3 * size):
        made.burst()
        made.bad()
        made.readiness()
    for number in range(8 * size):
        made.consignment(number)
        made.campaign(number)
    return made


def act(made, alerts, random):
    """Officers answer some of the alerts that a replay told of."""
    for alert in alerts:
        if random.random() > 0.4:
            continue
        time = datetime.datetime.fromisoformat(alert["time"]) + datetime.timedelta(minutes=random.uniform(1, 300))
        action = random.choice(["acknowledge", "acknowledge", "confirm", "assign", "mitigate", "resolve", "false_alarm"])
        made.add("action", time, {"alert": alert["data"]["alert"], "action": action,
                                  "actor": {"ref": f"o-{random.randrange(3)}", "role": "camat"}, "assignee": "o-9"})


def mix(queues, random):
    """(code, line) of all cities, each in its own order."""
    queues = [(code, list(lines)) for code, lines in queues if lines]
    mixed = []
    while queues:
        at = random.randrange(len(queues))
        code, lines = queues[at]
        for _ in range(min(random.randrange(1, 8), len(lines))):
            mixed.append((code, lines.pop(0)))
        if not lines:
            queues.pop(at)
    return mixed


def events(count, reference, random, replay, size=1):
    """(city code, line) of this many cities. `replay`: lines -> outputs; it says which alerts there are to answer."""
    with (reference / "areas.csv").open(newline="") as file:
        codes = [row["code"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    made = []
    for number in range(count):
        code = cities.code_of(number)
        made.append(city(code, [one for one in codes if one.startswith(code)], random, size))
    fired = []
    for line in replay([line for one in made for line in one.lines()]):
        event = json.loads(line)
        if event["type"] == "kentongan.alert.v1" and event["data"]["step"] == "fired":
            fired.append(event)
    for one in made:
        act(one, [alert for alert in fired if alert["source"].endswith(one.code)], random)
    return mix([(one.code, one.lines()) for one in made], random)
