# SPDX-License-Identifier: Apache-2.0
"""Random expressions of the right types, full of missing fields and limits. Trees as in cel_syntax."""
import cel_syntax

TEXTS = ["hoax", "rw", "03", "Alas", "ribut", "Pasar Ä", "", "a", "planned", "voting", "holiday", "siaga"]
PATTERNS = ["^ri", "sar$", "[0-9]+", "(?i)PASAR", "r.b", "^$", "a|e", "\\\\d"]
MOMENTS = ["2024-11-10T08:00:00+07:00", "2024-11-10T00:00:00Z", "2024-11-11T00:00:00+07:00", "2024-11-09T23:59:59.999+07:00", "2024-11-24T12:00:00+07:00"]
LISTS = ["some", "sizes"]  # of texts, of numbers
FIELDS = {
    "report": {
        "int": ["severity", "content", "crowd", "crowd"],
        "double": ["location.lat", "location.lon", "area.lat"],
        "string": ["category", "source", "kind", "rw", "tps", "site", "text", "text", "athg", "reporter.role", "area", "status", "site.kind", "site.name", "recommendation"],
        "timestamp": ["time"],
        "bool": ["tps_known"],
        "object": ["report.location"],
    },
    "consignment": {
        "int": ["quantity", "seals_intact", "seals_expected"], "double": [], "bool": ["tps_known"],
        "string": ["consignment", "goods", "step", "tps", "area", "from"], "timestamp": ["time", "due_at"], "object": [],
    },
    "readiness": {
        "int": ["police", "kpps", "linmas"], "double": ["area.lat"], "bool": ["power", "network", "tps_known"],
        "string": ["tps", "area"], "timestamp": ["time"], "object": [],
    },
    "campaign": {
        "int": ["crowd"], "double": ["radius_m", "location.lat"], "bool": [],
        "string": ["method", "status", "venue", "campaign", "notice.number"],
        "timestamp": ["time", "starts_at", "ends_at", "notice.date"], "object": ["campaign.location", "campaign.notice"],
    },
}  # fmt: skip
EVERYWHERE = {"string": ["area.name", "area.code", "district.name", "district.code", "city.code", "stage.name"], "int": ["stage.day", "stage.days_left"]}
OWN = {"report", "consignment", "readiness", "campaign"}


class Maker:
    def __init__(self, r, kind, macros=(), levels=False):
        self.r, self.kind, self.macros, self.levels = r, kind, list(macros), levels

    def name(self, path):
        parts = path.split(".")
        derived = parts[0] in ("time", "area", "district", "city", "stage", "site", "tps_known")
        if path == "consignment" or path == "campaign" or ((path == "area" or path == "site" or not derived) and parts[0] not in OWN and self.r.random() < 0.3):
            parts = [self.kind, *parts]
        tree = ("name", parts[0])
        for part in parts[1:]:
            tree = ("get", tree, part)
        return tree

    def field(self, of_type):
        known = FIELDS[self.kind][of_type] + (EVERYWHERE.get(of_type, []) if self.r.random() < 0.5 else [])
        if self.levels and of_type == "string" and self.r.random() < 0.15:
            return self.name("area.level")
        return self.name(self.r.choice(known)) if known else None

    def make(self, of_type, depth):
        made = None
        if depth <= 0 or self.r.random() < 0.15:
            made = self.field(of_type) if of_type != "duration" and self.r.random() < 0.6 else None
            return made or self.constant(of_type)
        while made is None:
            made = self.r.choice(getattr(self, f"{of_type}s")())(depth - 1)
        return made

    def constant(self, of_type):
        r = self.r
        value = {
            "int": lambda: ("value", r.choice([0, 1, 2, 3, 3, 5, 10, 100, 9223372036854775807])),
            "double": lambda: ("value", r.choice([0.0, 0.5, 1.0, 2.5, 3.0, 112.6])),
            "string": lambda: ("value", r.choice(TEXTS)),
            "bool": lambda: ("value", r.random() < 0.5),
            "timestamp": lambda: ("call", "timestamp", (("value", r.choice(MOMENTS)),)),
            "duration": lambda: ("call", "duration", (("value", r.choice(["0s", "1h", "90m", "24h", "36h30m"])),)),
        }
        return value[of_type]()

    # ---- ways to make a value of a type; each takes the depth that is left

    def bools(self):
        r, make = self.r, self.make
        return 3 * [self.compared] + 4 * [self.usual] + 3 * [self.joined] + 2 * [self.asked] + [
            lambda d: ("not", make("bool", d)),
            lambda d: ("if", make("bool", d), make("bool", d), make("bool", d)),
            lambda d: ("in", make("int", d), r.choice([("name", "sizes"), ("list", (make("int", d), make("int", d)))])),
            lambda d: ("in", make("string", d), r.choice([("name", "some"), ("list", (make("string", d), make("string", d)))])),
            lambda d: ("method", make("string", d), r.choice(["startsWith", "endsWith", "contains"]), (make("string", 0),)),
            lambda d: ("method", make("string", d), "matches", (("value", r.choice(PATTERNS)),)),
            lambda d: ("call", "day_is", (make("timestamp", d), ("value", r.choice(["holiday", "debate", "market"])))),
            lambda d: self.field("bool"),
            lambda d: ("name", r.choice(self.macros)) if self.macros else None,
            self.macro,
        ]  # fmt: skip

    def joined(self, depth):
        return (self.r.choice(["&&", "||"]), self.make("bool", depth), self.make("bool", depth))

    def compared(self, depth):
        sign = self.r.choice(["==", "!=", "<", "<=", ">", ">="])
        one = self.r.choice(["int", "int", "double", "string", "string", "timestamp", "duration"])
        other = self.r.choice(["int", "double"]) if one in ("int", "double") else one
        return (sign, self.make(one, depth), self.make(other, depth))

    def usual(self, _):
        """What authors write, close to its limits."""
        r, time, number = self.r, ("name", "time"), self.field("int")
        sign = r.choice(["==", "!=", "<", "<=", ">", ">="])
        moment = ("call", "timestamp", (("value", r.choice(MOMENTS)),))
        text = self.field("string")
        return r.choice([
            lambda: (sign, ("call", "local_hour", (time,)), ("value", r.choice([0, 6, 7, 8, 15, 16, 22, 23]))),
            lambda: (sign, ("call", "local_weekday", (time,)), ("value", r.choice([0, 1, 2]))),
            lambda: (sign, ("call", "local_date", (time,)), ("value", r.choice(["2024-11-10", "2024-11-11", "2024-11-12"]))),
            lambda: (sign, ("call", "working_days", r.choice([(moment, time), (time, moment)])), ("value", r.choice([0, 1, 2, 3, 9]))),
            lambda: (sign, ("call", "days_until", (("value", r.choice(["voting", "quiet_period"])),)), ("value", r.choice([0, 1, 2, 10]))),
            lambda: ("==", ("get", ("name", "stage"), "name"), ("value", r.choice(["campaign", "rallies", "voting", "recount"]))),
            lambda: (sign, ("get", ("name", "stage"), r.choice(["day", "days_left"])), ("value", r.choice([0, 1, 2, 3, 10]))),
            lambda: ("call", "day_is", (r.choice([time, ("+", time, ("call", "duration", (("value", "24h"),)))]), ("value", r.choice(["holiday", "debate"])))),
            lambda: (sign, (r.choice("+-*"), number, r.choice([("value", 1), ("value", 3), self.field("int")])), ("value", r.choice([0, 3, 4]))),
            lambda: (sign, (r.choice("/%"), ("-", number, ("value", r.choice([4, 10]))), ("value", r.choice([2, 3, 0]))), ("minus", ("value", r.choice([0, 1, 2, 3])))),
            lambda: (sign, ("/", ("value", 6), number), ("value", r.choice([2, 3]))),
            lambda: (sign, ("/", ("call", "double", (number,)), ("value", 2.0)), r.choice([("value", 1.5), ("value", 1), number])),
            lambda: (sign, ("-", time, moment), ("call", "duration", (("value", r.choice(["0s", "1h", "24h"])),))),
            lambda: (sign, text, ("value", r.choice(TEXTS))),
            lambda: (sign, ("method", text, "size", ()), ("value", r.choice([0, 1, 2, 4, 5]))),
            lambda: ("method", text, "contains", (("value", r.choice(["a", "0", "ri", "PA"])),)),
            lambda: (sign, ("method", time, r.choice(["getHours", "getDayOfWeek"]), r.choice([(), (("value", "Asia/Jakarta"),)])), ("value", r.choice([0, 1, 2, 8, 16]))),
        ])()  # fmt: skip

    def asked(self, _):
        """has(..) of a field of the event, whatever its type."""
        fields = FIELDS[self.kind]
        path = self.r.choice([p for of_type in fields.values() for p in of_type if p not in ("time", "area.lat", "area", "tps_known")])
        tree = self.name(path)
        if tree[0] == "name":
            tree = ("get", ("name", self.kind), path)
        return ("call", "has", (tree,))

    def macro(self, depth):
        r, x = self.r, ("name", "x")
        if self.kind == "campaign" and r.random() < 0.6:
            over, about = ("name", "areas"), r.choice([("==", x, ("value", "11.01.01.1001")), ("method", x, "endsWith", (("value", "01"),)), (">", ("method", x, "size", ()), ("value", 8))])
        elif r.random() < 0.5:
            over, about = ("name", "some"), r.choice([("==", x, self.make("string", depth)), ("method", self.make("string", depth), "contains", (x,))])
        else:
            over, about = ("name", "sizes"), r.choice([("<", x, self.make("int", depth)), ("==", ("/", ("value", 6), x), self.make("int", depth))])
        which = r.choice(["exists", "all", "exists_one", "filter"])
        made = ("method", over, which, (x, about))
        return ("==", ("call", "size", (made,)), ("value", r.choice([0, 1, 2]))) if which == "filter" else made

    def ints(self):
        r, make = self.r, self.make
        return 3 * [lambda d: self.field("int")] + [
            lambda d: (r.choice("+-*/%"), make("int", d), make("int", d)),
            lambda d: ("minus", make("int", d)),
            lambda d: ("if", make("bool", d), make("int", d), make("int", d)),
            lambda d: r.choice([("call", "size", (make("string", d),)), ("method", make("string", d), "size", ())]),
            lambda d: ("call", "int", (make("double", d),)),
            lambda d: ("call", r.choice(["local_hour", "local_weekday"]), (make("timestamp", d),)),
            lambda d: ("call", "working_days", (make("timestamp", d), make("timestamp", d))),
            lambda d: ("call", "days_until", (("value", r.choice(["voting", "quiet_period", "recount"])),)),
            lambda d: ("method", make("string", d), r.choice(["indexOf", "lastIndexOf"]), (("value", r.choice(["a", "1", "zz"])),)),
            lambda d: ("method", make("timestamp", d), r.choice(["getHours", "getDate", "getDayOfWeek", "getMonth", "getDayOfYear", "getMinutes"]), r.choice([(), (("value", "Asia/Jakarta"),)])),
            lambda d: ("method", make("duration", d), r.choice(["getHours", "getMinutes", "getSeconds"]), ()),
            lambda d: ("method", ("name", "math"), r.choice(["greatest", "least"]), (make("int", d), make("int", d))),
            lambda d: ("method", ("name", "math"), "abs", (make("int", d),)),
        ]  # fmt: skip

    def doubles(self):
        make = self.make
        return 2 * [lambda d: self.field("double")] + [
            lambda d: (self.r.choice("+-*/"), make("double", d), make("double", d)),
            lambda d: ("call", "double", (make("int", d),)),
            lambda d: ("call", "double", (make("int", d),)),
            lambda d: ("if", make("bool", d), make("double", d), make("double", d)),
            lambda d: ("call", "distance", (make("double", 0), make("double", 0), ("value", 7.9), ("value", 112.6))),
        ]

    def strings(self):
        r, make = self.r, self.make
        return 3 * [lambda d: self.field("string")] + [
            lambda d: ("+", make("string", d), make("string", d)),
            lambda d: ("if", make("bool", d), make("string", d), make("string", d)),
            lambda d: ("call", "string", (make("int", d),)),
            lambda d: ("method", make("string", d), r.choice(["lowerAscii", "upperAscii", "trim", "reverse"]), ()),
            lambda d: ("method", make("string", d), "substring", r.choice([(make("int", 0),), (make("int", 0), make("int", 0))])),
            lambda d: ("method", make("string", d), "charAt", (make("int", 0),)),
            lambda d: ("method", make("string", d), "replace", (("value", r.choice(["a", "0"])), make("string", 0))),
            lambda d: ("call", r.choice(["local_date", "stage_on"]), (make("timestamp", d),)),
        ]

    def timestamps(self):
        make = self.make
        return 2 * [lambda d: self.field("timestamp")] + [
            lambda d: (self.r.choice("+-"), make("timestamp", d), make("duration", d)),
            lambda d: ("if", make("bool", d), make("timestamp", d), make("timestamp", d)),
        ]

    def durations(self):
        make = self.make
        return [
            lambda d: self.constant("duration"),
            lambda d: ("-", make("timestamp", d), make("timestamp", d)),
            lambda d: (self.r.choice("+-"), make("duration", d), make("duration", d)),
        ]


def weight(r):
    """Of a report, and below the greatest weight there is."""
    made = Maker(r, "report")
    of_type, most = r.choice([("int", 1000), ("double", 1000.0)])
    number = ("method", ("name", "math"), "least", (made.make(of_type, r.choice([1, 2, 3])), ("value", most)))
    usual = ("*", ("call", "double", (("name", "severity"),)), ("value", r.choice([1.5, 4.0])))
    return cel_syntax.show(r.choice([usual, number, ("if", made.make("bool", 2), ("value", 10), ("value", 2))]))


def of_pair(r, depth=2):
    """About two campaign entries, `a` and `b`; parties are only compared."""

    def field(name):
        return ("get", ("name", r.choice("ab")), name)

    if depth and r.random() < 0.5:
        made = (r.choice(["&&", "||"]), of_pair(r, depth - 1), of_pair(r, depth - 1))
        return made if r.random() < 0.8 else ("not", made)
    sign, x = r.choice(["==", "!=", "<", "<=", ">", ">="]), ("name", "x")
    same = r.choice(["method", "venue", "crowd", "starts_at", "ends_at", "campaign", "status", "radius_m"])
    other = "b" if r.random() < 0.5 else "a"
    return r.choice([
        lambda: (r.choice(["==", "!="]), ("get", ("name", "a"), "party"), ("get", ("name", "b"), "party")),
        lambda: (sign, ("get", ("name", "a"), same), ("get", ("name", "b"), same)),
        lambda: (sign, ("get", ("name", "a"), "time"), ("get", ("name", "b"), "time")),
        lambda: (sign, ("+", field("crowd"), field("crowd")), ("value", r.choice([0, 3, 6]))),
        lambda: (sign, ("-", field("starts_at"), field("ends_at")), ("call", "duration", (("value", r.choice(["0s", "1h", "2h"])),))),
        lambda: ("call", "has", (field(r.choice(["venue", "location", "crowd", "radius_m", "notice"])),)),
        lambda: ("==", field("method"), ("value", r.choice(["rally", "debate"]))),
        lambda: ("method", field("venue"), r.choice(["startsWith", "contains"]), (("value", r.choice(["A", "aula", "B"])),)),
        lambda: ("method", field("areas"), r.choice(["exists", "all"]), (x, ("in", x, ("get", ("name", other), "areas")))),
        lambda: (sign, ("call", "size", (field("areas"),)), ("value", 1)),
        lambda: ("==", ("get", ("name", "stage"), "name"), ("value", r.choice(["campaign", "rallies", "voting"]))),
        lambda: (sign, ("call", "local_hour", (field("starts_at"),)), ("value", r.choice([8, 9, 12]))),
    ])()  # fmt: skip


def when(r, kind, macros=(), levels=False):
    """A text that is more often true than chance would have it, so that rules fire."""
    tree = Maker(r, kind, macros, levels).make("bool", r.choice([1, 2, 2, 3, 3, 4]))
    return cel_syntax.show(tree)
