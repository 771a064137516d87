#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the example day of README.md: deploy/example/malang-day.ndjson.

The last Saturday of the campaign for the regional election of 2024 in Kota Malang and the first quiet
morning: invented stories over a calm background, one CloudEvent a line, in the order of their arrival.
The same seed gives the same bytes. Nothing but the standard library is needed.

    python3 deploy/example/make_day.py > deploy/example/malang-day.ndjson
"""
import csv
import hashlib
import json
import pathlib
import random
from datetime import datetime, timedelta, timezone

SEED = 20241123
ZONE = timezone(timedelta(hours=7))
REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "rules" / "reference"

# Story places.
KIDULDALEM, KLOJEN_KECAMATAN = "35.73.02.1004", "35.73.02"
KOTALAMA, GADANG, SUKUN = "35.73.03.1001", "35.73.04.1002", "35.73.04.1005"
SAWOJAJAR, SUMBERSARI, CITY = "35.73.03.1008", "35.73.05.1005", "35.73"


def at(text):
    """A local time of the day ("08:15"), or of another ("24 06:10" is on 24 November)."""
    day, clock = text.split() if " " in text else ("23", text)
    return datetime.strptime(f"2024-11-{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def pseudonym(name):
    """Stands for the keyed pseudonym that is made outside the engine."""
    return hashlib.sha256(f"{SEED}/{name}".encode()).hexdigest()[:10]


class Day:
    """Collects events with the moment of their arrival."""

    def __init__(self):
        self.lines = []

    def raw(self, arrival, text):
        self.lines.append((arrival, len(self.lines), text))

    def event(self, kind, event_id, time, data, arrival=None):
        envelope = {"specversion": "1.0", "id": event_id, "source": "/example/malang",
                    "type": f"kentongan.{kind}.v1", "time": time.isoformat(), "data": data}
        text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
        self.raw(arrival or time, text)
        return text

    def report(self, event_id, time, area, category, severity, reporter, *, arrival=None, role="rw", **more):
        data = {"area": area, "category": category, "severity": severity,
                "reporter": {"ref": pseudonym(reporter), "role": role}, **more}
        return self.event("report", event_id, at(time) if isinstance(time, str) else time, data, arrival)

    def in_order(self):
        return [text for _, _, text in sorted(self.lines)]


def background(day, rng, areas):
    """A calm city: small things, mostly information, from many people. It raises no alert."""
    categories = ["crowd_gathering", "public_order", "apk_damage", "voter_rights", "hoax", "disaster"]
    start = at("05:00")
    for number in range(1, 261):
        time = start + timedelta(seconds=rng.randrange(25 * 3600))
        day.report(f"b-{number:03}", time, rng.choice(areas), rng.choice(categories), rng.choice([1, 1, 1, 2]),
                   f"resident-{rng.randrange(220)}", role=rng.choice(["rw", "rt", "linmas", "fkdm"]),
                   kind=rng.choice(["information", "information", "incident", "recommendation"]),
                   source=rng.choice("CDF"), content=rng.choice([3, 4, 6]),
                   arrival=time + timedelta(seconds=rng.randrange(240)))


def notice(number):
    """To the police, more than seven working days before."""
    return {"number": f"STTP/{number:02}", "date": "2024-11-08"}


def campaigns(day, rng, areas):
    """What the parties P1 to P4 plan, told in the morning; a procession is among it."""
    for number in range(1, 13):
        start = at("09:00") + timedelta(minutes=30 * rng.randrange(16))
        day.event("campaign", f"c-{number:02}", at("05:10") + timedelta(minutes=number), {
            "campaign": f"entry-{number:02}", "status": "planned", "party": f"P{1 + number % 4}",
            "method": rng.choice(["limited_meeting", "face_to_face"]), "areas": [rng.choice(areas)],
            "starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=2)).isoformat(),
            "crowd": rng.randrange(50, 400), "notice": notice(number)})
    day.event("campaign", "c-13", at("06:30"), {
        "campaign": "entry-13", "status": "planned", "party": "P2", "method": "procession",
        "areas": [KIDULDALEM, "35.73.02.1001"], "venue": "Alun-alun Tugu",
        "starts_at": at("14:00").isoformat(), "ends_at": at("16:00").isoformat(), "crowd": 900, "notice": notice(13)})
    day.event("campaign", "c-14", at("07:45"), {
        "campaign": "entry-04", "status": "cancelled", "areas": [rng.choice(areas)]})


def logistics(day):
    """Ten consignments of ballot boxes on their way to the kecamatan; two of them not as they should."""
    districts = ["35.73.01", "35.73.02", "35.73.03", "35.73.04", "35.73.05"]
    for number in range(1, 11):
        district = districts[number % 5]
        base = {"consignment": f"box-{number:02}", "goods": "ballot_boxes", "quantity": 24, "seals_expected": 24,
                "from": CITY, "to": district, "due_at": at("17:00").isoformat()}
        leave = at("08:00") + timedelta(minutes=20 * number)
        day.event("consignment", f"k-{number:02}-1", leave,
                  {**base, "area": CITY, "step": "dispatched", "seals_intact": 24})
        intact = 0 if number == 8 else 24
        day.event("consignment", f"k-{number:02}-2", leave + timedelta(minutes=50),
                  {**base, "area": district, "step": "arrived", "seals_intact": intact})
    day.event("consignment", "k-07-3", at("15:20"), {
        "consignment": "box-07", "goods": "ballot_boxes", "quantity": 24, "area": KLOJEN_KECAMATAN, "step": "opened"})


def readiness(day, rng, areas, points):
    """A polling station of each kelurahan in the afternoon; one has no power."""
    for number, area in enumerate(areas, 1):
        day.event("readiness", f"t-{number:02}", at("13:00") + timedelta(minutes=3 * number), {
            "area": area, "tps": "012" if area == SUMBERSARI else f"{rng.randrange(1, 15):03}",
            "police": rng.randrange(1, 3), "linmas": 2, "kpps": 7, "witnesses": rng.randrange(2, 5),
            "power": area != SUMBERSARI, "network": True, "location": points[area]})


def stories(day):
    """What README.md beside this file tells."""
    # Intimidation in Kotalama: four reports of three people.
    for number, (time, who) in enumerate([("08:10", "k-a"), ("10:05", "k-a"), ("11:20", "k-b"), ("12:40", "k-c")], 1):
        day.report(f"kotalama-{number}", time, KOTALAMA, "intimidation", 3, who, athg="threat", source="B", content=1,
                   rw="05", text="Warga diminta menyerahkan undangan memilih", recommendation="Patroli RW 05")
    # A quarrel in Gadang grows: waspada, siaga; then a report is refuted, and it calms down.
    for number, (time, severity, who) in enumerate(
            [("09:30", 2, "g-a"), ("11:00", 3, "g-b"), ("13:15", 4, "g-a"), ("14:05", 4, "g-c")], 1):
        day.report(f"gadang-{number}", time, GADANG, "provocation", severity, who, athg="disturbance", source="A",
                   content=1, crowd=30 * number)
    day.event("report", "gadang-5", at("17:30"), {
        "area": GADANG, "status": "refuted", "corrects": "gadang-4", "reporter": {"ref": pseudonym("polsek"), "role": "polsek"}})
    # A correction: the first symptom was looked at, and it is so.
    day.report("gadang-6", "14:40", GADANG, "provocation", 2, "g-a", source="A", content=1,
               status="verified", corrects="gadang-1")
    # Vote buying in Sawojajar in the evening; one report comes twice over the same line.
    day.report("sawojajar-1", "18:20", SAWOJAJAR, "vote_buying", 3, "s-a", source="C", content=3, rw="11")
    again = day.report("sawojajar-2", "20:45", SAWOJAJAR, "vote_buying", 3, "s-b", source="B", content=2, rw="11")
    day.raw(at("20:47"), again)
    # Neutrality of civil servants: one usable report.
    day.report("dinoyo-1", "10:30", "35.73.05.1004", "asn_neutrality", 2, "d-a", source="B", content=3)
    # Night at the store of Klojen.
    day.report("store-1", "22:10", KIDULDALEM, "storage_site", 4, "n-a", role="linmas", site="gudang-klojen",
               athg="disturbance", source="A", content=2, text="Gembok pintu belakang rusak")
    # A report that was on its way for one and a half days.
    day.report("late-1", datetime(2024, 11, 22, 6, 0, tzinfo=ZONE), "35.73.01.1007", "hoax", 2, "l-a",
               arrival=at("20:00"), source="C", content=3)
    # The quiet period has begun.
    day.report("sukun-1", "24 06:10", SUKUN, "quiet_period_violation", 2, "q-a", source="B", content=2)


def faults(day):
    """Three lines that are refused, and why."""
    day.raw(at("12:00"), '{"specversion":"1.0","id":"bad-1","source":"/example/malang","type":"kentongan.report.v1",')
    day.report("bad-2", "12:30", "35.73.09.1001", "hoax", 1, "x")  # there is no such kelurahan
    day.report("bad-3", "13:30", KIDULDALEM, "voter_identity", 1, "x", text="NIK 3573020101000000")  # personal data


def main():
    rng = random.Random(SEED)
    with open(REFERENCE / "areas.csv", encoding="utf-8", newline="") as file:
        points = {row["code"]: {"lat": float(row["lat"]), "lon": float(row["lon"])} for row in csv.DictReader(file)}
    areas = list(points)
    day = Day()
    background(day, rng, areas)
    campaigns(day, rng, areas)
    logistics(day)
    readiness(day, rng, areas, points)
    stories(day)
    faults(day)
    print("\n".join(day.in_order()))


if __name__ == "__main__":
    main()
