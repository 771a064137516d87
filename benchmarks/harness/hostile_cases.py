# SPDX-License-Identifier: Apache-2.0
"""What an adversary sends, and what stands beside it. Each case has its rules, its events, and how often it is sent."""
import dataclasses
import datetime
import functools
import hashlib
import json
import pathlib
import typing

from . import measured, reports
from .reports import make_j1

START = make_j1.START
MARK = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()[:8]
NO_MEMORY = ("--dedupe", "0s")
TEXT_BYTES = 250_000  # an event may have 256 KiB


@dataclasses.dataclass
class Case:
    name: str
    events: typing.Callable  # of a number of events: their file
    rules: str = ""  # text; none: those of the job
    count: int = 20_000
    more: tuple = NO_MEMORY
    by_size: bool = False  # compared by bytes, not by events
    bound: str = ""  # what keeps it from growing


def at(seconds):
    return (START + datetime.timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def always(**fields):
    """The job's reports with these fields of `data`."""
    def change(event, _):
        event["data"].update(fields)
    return lambda count: reports.job(count, change, repr(fields))


def report(number, seconds, **data):
    return {"specversion": "1.0", "id": f"h-{number:08d}", "source": "/fkdm/malang", "type": "kentongan.report.v1",
            "time": at(seconds), "data": {"area": "35.73.02.1004", "category": "intimidation", "severity": 5,
                                          "source": "A", "content": 1, "reporter": {"ref": f"r-{number % 600}"}, **data}}


def made(name, event_of):
    """A file of `event_of(number, count)`, made anew whenever this module is another one."""
    return lambda count: reports.written(f"hostile-{name.replace(' ', '-')}-{count}-{MARK}",
                                         (event_of(number, count) for number in range(count)))


def corrected(number, _):
    """A report, then nothing but corrections of it, each later than the one before."""
    return report(number, 1000 + number * 0.1, **({"corrects": "h-00000000"} if number else {}))


def refuted(number, count):
    """The first half stands in one window; then each is refuted, the oldest first."""
    half = count // 2
    if number < half:
        return report(number, 1000 + number * 0.1)
    return report(number, 1000 + number * 0.1, status="refuted", corrects=f"h-{number - half:08d}")


def colliding(field):
    """Texts with the same hash as ids, or as reporters."""
    def file(count):
        texts = measured.cost([measured.tool("colliding_texts"), max(1, (count - 1).bit_length())], keep=True)
        lines = texts.out.splitlines()

        def changed(number, _):
            event = report(number, 1000 + number * 0.864)
            if field == "id":
                event["id"] = lines[number]
            else:
                event["data"]["reporter"] = {"ref": lines[number]}
            return event
        return made(f"colliding-{field}", changed)(count)
    return file


def large(name, value_of, key="unknown"):
    """Reports of nearly 256 KiB, by what `value_of()` puts into a field (as JSON)."""
    value = functools.cache(value_of)

    def line(number, _):
        event = json.dumps(report(number, 1000 + number, **{key: 0}), separators=(",", ":"))
        return event.replace(f'"{key}":0', f'"{key}":{value()}')
    return made(name, line)


def nested(depth):
    one = "[" * depth + "]" * depth
    return "[" + ",".join([one] * (TEXT_BYTES // (len(one) + 1))) + "]"


def many_keys():
    return "{" + ",".join(f'"k{i}":1' for i in range(TEXT_BYTES // 11)) + "}"


def colliding_keys():
    texts = measured.cost([measured.tool("colliding_texts"), 11], keep=True).out.splitlines()
    return "{" + ",".join(f'"{text}":1' for text in texts) + "}"


def campaign(number, data):
    return {"specversion": "1.0", "id": f"c-{number}", "source": "/s", "type": "kentongan.campaign.v1",
            "time": at(number), "data": {"campaign": f"c-{number}", "status": "planned", "party": "P1", "method": "rally",
                                         "areas": ["35.73.02.1004"], "venue": "Stadion",
                                         "starts_at": at(900_000 + 7200 * number),
                                         "ends_at": at(900_000 + 7200 * number + 3600), **data}}


def all_places(number, _):
    """Each code of the city some hundred times over."""
    codes = reports.areas_of(measured.REFERENCE)
    return campaign(number, {"areas": (codes * 300)[:14_000]})


MATCHED = "version: 1\nrules:\n  - id: one\n"
EXPRESSION = "    check: {per: area}\n    alert: {level: waspada, message: {id: a}}\n"
REGEX = (MATCHED + "    match: {category: intimidation}\n"
         "    when: report.text.matches('(a|b|ab)*c(a|b){40}d')\n" + EXPRESSION)
MACRO = (MATCHED + "    on: campaign\n    when: campaign.areas.all(x, campaign.areas.exists(y, y == x + ' '))\n"
         + EXPRESSION)
CLASH = (MATCHED + "    match: {method: rally}\n    clash: {same: venue, gap: 1h}\n"
         "    alert: {level: waspada, message: {id: a}}\n")
VOICE = ("version: 1\nrisk: {voice: {factor: 0.5, within: 7d}}\n" + make_j1.rules()[make_j1.rules().index("rules:"):])
COUNT = (MATCHED + "    match: {category: intimidation}\n"
         "    count: {at_least: 3, distinct: report.reporter.ref, within: 24h, per: area}\n"
         "    alert: {level: siaga, quiet_for: 6h, message: {id: a}}\n")
SEQUENCE = (MATCHED + "    sequence:\n      steps:\n        - {match: {category: intimidation}}\n"
            "        - {match: {category: mass_clash}}\n      within: 7d\n"
            "    alert: {level: siaga, message: {id: a}}\n")

# Beside which the others stand.
ORDINARY = Case("ordinary reports", lambda count: reports.job(count), count=100_000)
ORDINARY_REMEMBERED = Case("ordinary reports, remembered", lambda count: reports.job(count), count=100_000, more=())

WINDOW = "the reports of `within`; the rate at which they come in"

CASES = (
    Case("all from one area", always(area="35.73.02.1004"), count=100_000,
         bound="costs what ordinary ones cost"),
    Case("all match the same rules", always(category="intimidation", severity=5, content=1), count=100_000,
         bound="costs what ordinary ones cost"),
    Case("all from one reporter", always(reporter={"ref": "one", "role": "rw"}), count=100_000,
         bound="costs what ordinary ones cost"),
    Case("one area, reporter and rules: one window",
         always(area="35.73.02.1004", category="intimidation", severity=5, content=1, reporter={"ref": "one"}),
         count=100_000,
         bound=WINDOW),
    Case("all at one moment", made("one moment", lambda number, _: report(number, 1000)), COUNT,
         bound=WINDOW),
    Case("each before the last, in one window",
         made("backwards", lambda number, count: report(number, 80_000 - number * (70_000 / count))), COUNT,
         more=(),
         bound=WINDOW),
    Case("one reporter, each before the last",
         made("backwards-one-voice", lambda number, count: report(number, 80_000 - number * (70_000 / count),
                                                                  reporter={"ref": "one"})), VOICE, more=(),
         bound="the reports of a reporter in an area within `voice.within` and `dedupe`"),
    Case("one report, corrected for ever", made("corrected", corrected), COUNT, more=(),
         bound="one record, whatever corrects it"),
    Case("a window, refuted from its beginning", made("refuted", refuted), COUNT, more=(),
         bound=WINDOW),
    Case("steps of a sequence that never ends", made("sequence", lambda number, _: report(number, number)), SEQUENCE,
         more=(),
         bound="10,000 events a scope"),
    Case("ids with one hash", colliding("id"), COUNT, more=(),
         bound="what is remembered: `dedupe`"),
    Case("reporters with one hash", colliding("reporter"), COUNT, more=(),
         bound="what is remembered: `dedupe`"),
    Case("campaigns at one venue, never at once", made("venue", lambda number, _: campaign(number, {})), CLASH, 10_000,
         more=(),
         bound="50,000 entries a city"),
    Case("deepest nesting", large("deep", lambda: nested(60)), count=400, by_size=True,
         bound="64 levels, 256 KiB"),
    Case("nesting beyond the limit", large("too-deep", lambda: "[" * TEXT_BYTES), count=400, by_size=True,
         bound="refused at level 65"),
    Case("longest text", large("text", lambda: '"' + "gang sempit " * (TEXT_BYTES // 12) + '"', "text"), count=400,
         by_size=True,
         bound="256 KiB"),
    Case("longest text, all escapes", large("escapes", lambda: '"' + "\\u00e9" * (TEXT_BYTES // 6) + '"', "text"),
         count=400, by_size=True,
         bound="256 KiB"),
    Case("longest text, nearly NIKs", large("digits", lambda: '"' + "123-4567 89.0123 45x" * (TEXT_BYTES // 20) + '"',
                                            "text"), count=400, by_size=True,
         bound="256 KiB"),
    Case("as many keys as there is room for", large("keys", many_keys), count=400, by_size=True,
         bound="256 KiB"),
    Case("keys with one hash", large("colliding-keys", colliding_keys), count=400, by_size=True,
         bound="256 KiB"),
    Case("regular expression over the longest text",
         large("regex", lambda: '"' + "ab" * (TEXT_BYTES // 2) + '"', "text"), REGEX, 400, by_size=True,
         bound="RE2 is linear; a pattern of 4,096 bytes, 1,000,000 steps"),
    Case("macros over the longest list, squared", made("macro", all_places), MACRO, 200, by_size=True,
         bound="1,000,000 steps an evaluation"),
)
