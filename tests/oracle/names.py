# SPDX-License-Identifier: Apache-2.0
"""What the names in an expression are worth for one event."""
from calendar_of import day_number, day_of, midnight
from cel import Error, Moment

KINDS = ("report", "campaign", "consignment", "readiness")
TIMES = ("starts_at", "ends_at", "due_at")


class Event:
    """An event of a kind: its data, its time (of a correction that of its report), and what the files say."""

    def __init__(self, kind, data, time, rules, state=None):
        self.kind, self.data, self.time, self.state = kind, data, time, state or {}
        self.reference, self.macros, self.lists = rules.reference, rules.macros, rules.lists

    def place(self):
        """The smallest place that contains the event's areas."""
        areas = self.data.get("areas") or [self.data["area"]]
        for size in (13, 8, 5):
            if len({a[:size] for a in areas}) == 1 and min(map(len, areas)) >= size:
                return areas[0][:size]

    def look(self, path):
        """The value, or None where there is none."""
        if path[0] == self.kind and len(path) > 1:
            return self.field(path[1:])
        if len(path) == 1 and path[0] in self.lists:
            return self.lists[path[0]] if self.field(path) is None else self.field(path)
        if path == ["time"]:
            return Moment(self.time)
        derived = {"stage": self.stage, "area": self.area, "district": self.district, "site": self.site}.get(path[0])
        if derived and len(path) > 1:
            return derived(path[1])
        if path == ["city", "code"]:
            return self.place()[:5]
        if path == ["tps_known"]:
            return f"{self.data['area']}/{self.data['tps']}" in self.reference.stations if self.data.get("tps") else None
        return self.field(path)

    def field(self, path, data=None):
        found = self.data if data is None else data
        for part in path:
            found = found.get(part) if isinstance(found, dict) else None
        if found is not None and path[0] in TIMES:
            return Moment(found)
        if found is not None and path == ["notice", "date"]:
            return Moment(midnight(day_number(found)))
        return float(found) if path[-1] in ("lat", "lon", "radius_m") and found is not None else found

    def has(self, path):
        """Is it there? An object is when one of its fields is."""
        try:
            found = self.look(path)
        except Error:
            return False
        return any(v is not None for v in found.values()) if isinstance(found, dict) else found is not None

    def area(self, name):
        code = self.place()
        if name == "code":
            return code
        if name in ("lat", "lon"):
            return self.reference.points.get(code, {}).get(name)
        return self.state[name] if name in self.state else self.reference.names.get(code) if name == "name" else None

    def district(self, name):
        code = self.place()[:8]
        if len(code) < 8:
            return None
        return code if name == "code" else self.reference.names[code]

    def site(self, name):
        return self.reference.sites.get(self.data.get("site"), {}).get(name) if self.kind == "report" else None

    def stage(self, name):
        stage, first, last = self.stage_on(day_of(self.time))
        return {"name": stage, "day": day_of(self.time) - first + 1, "days_left": last - day_of(self.time)}[name]

    def stage_on(self, day):
        """The stage that began last; of two the shorter."""
        running = [row for row in self.reference.calendar.rows if row[1] <= day <= row[2]]
        if not running:
            raise Error("outside all stages")
        return max(running, key=lambda row: (row[1], -row[2]))

    def days_until(self, stage):
        firsts = [first for name, first, _ in self.reference.calendar.rows if name == stage and first >= day_of(self.time)]
        if not firsts:
            raise Error("no such stage is to come")
        return min(firsts) - day_of(self.time)


class Pair(Event):
    """Two campaign entries, `a` and `b`, at the later of their events; the place is the city."""

    def __init__(self, a, b, code, rules):
        super().__init__("campaign", {"area": code}, max(a["time"], b["time"]), rules)
        self.entries = {"a": a, "b": b}

    def look(self, path):
        if path[0] not in self.entries or len(path) == 1:
            return super().look(path)
        entry = self.entries[path[0]]
        return Moment(entry["time"]) if path[1:] == ["time"] else self.field(path[1:], entry["data"])
