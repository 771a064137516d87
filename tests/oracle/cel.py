# SPDX-License-Identifier: Apache-2.0
"""What an expression is worth for an event: every error is one, but for those that `&&`, `||`, `exists` and `all`
absorb and the branch that `? :` does not take. Written for expressions that have passed the checker."""
import datetime
import functools
import math
import re
import zoneinfo

import cel_syntax
from calendar_of import LOCAL, day_of

MOST, LEAST = 2**63 - 1, -(2**63)
JAKARTA = zoneinfo.ZoneInfo("Asia/Jakarta")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000}
EARTH = 6_371_008.8


class Error(Exception):
    pass


@functools.total_ordering
class Milliseconds:
    def __init__(self, ms):
        self.ms = ms

    def __eq__(self, other):
        return self.ms == other.ms

    def __lt__(self, other):
        return self.ms < other.ms


class Moment(Milliseconds):
    def at(self, zone=datetime.timezone.utc):
        return (EPOCH + datetime.timedelta(milliseconds=self.ms)).astimezone(zone)


class Span(Milliseconds):
    pass


parse = functools.lru_cache(maxsize=None)(cel_syntax.parse)


def holds(text, event):
    """Does a `when` hold? `event` knows what names are worth: see names.Event."""
    try:
        return value(parse(text), event, {}) is True
    except Error:
        return False


def number_of(text, event):
    """The number that an expression gives, or -1 where it fails."""
    try:
        return float(value(parse(text), event, {}))
    except Error:
        return -1.0


def value(tree, event, bound):
    kind = tree[0]
    if kind == "value":
        return tree[1]
    if kind in ("name", "get"):
        return named(tree, event, bound)
    if kind == "list":
        return [value(t, event, bound) for t in tree[1]]
    if kind == "not":
        return not value(tree[1], event, bound)
    if kind == "minus":
        number = value(tree[1], event, bound)
        return -number if isinstance(number, float) else whole(-number)
    if kind == "if":
        return value(tree[2 if value(tree[1], event, bound) else 3], event, bound)
    if kind in ("&&", "||"):
        return absorb([functools.partial(value, t, event, bound) for t in tree[1:]], kind == "||")
    if kind == "call":
        return call(tree, event, bound)
    if kind == "method":
        return method(tree, event, bound)
    return binary(kind, value(tree[1], event, bound), value(tree[2], event, bound))


def absorb(operands, decisive):
    """One operand that is `decisive` decides, whatever errors the others are."""
    failed = None
    for operand in operands:
        try:
            if operand() == decisive:
                return decisive
        except Error as error:
            failed = error
    if failed:
        raise failed
    return not decisive


def path_of(tree):
    if tree[0] == "name":
        return [tree[1]]
    return path_of(tree[1]) + [tree[2]] if tree[0] == "get" and path_of(tree[1]) else []


def named(tree, event, bound):
    path = path_of(tree)
    if len(path) == 1 and path[0] in bound:
        return bound[path[0]]
    if len(path) == 1 and path[0] in event.macros:
        return value(parse(event.macros[path[0]]), event, {})
    found = event.look(path)
    if found is None:
        raise Error(f"{'.'.join(path)} is missing")
    return found


def whole(number):
    if not LEAST <= number <= MOST:
        raise Error("overflow")
    return number


def binary(sign, a, b):
    if sign == "in":
        return any(equal(a, x) for x in b)
    if sign in ("==", "!="):
        return equal(a, b) == (sign == "==")
    if sign in ("<", "<=", ">", ">="):
        return less(sign, a, b)
    if isinstance(a, Milliseconds):
        ms = a.ms + b.ms if sign == "+" else a.ms - b.ms
        return Span(ms) if type(a) is type(b) else Moment(ms)
    if isinstance(a, (str, list)):
        return a + b
    return divided(a, b) if isinstance(a, float) and sign == "/" else number(sign, a, b)


def both_double(a, b):
    return (float(a), float(b)) if isinstance(a, float) or isinstance(b, float) else (a, b)


def equal(a, b):
    if isinstance(a, (int, float)) and not isinstance(a, bool):
        a, b = both_double(a, b)
    return a == b


def less(sign, a, b):
    if isinstance(a, (int, float)):
        a, b = both_double(a, b)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def divided(a, b):
    if b != 0:
        return a / b
    return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)


def number(sign, a, b):
    if isinstance(a, float):
        return {"+": a + b, "-": a - b, "*": a * b}[sign]
    if sign in ("/", "%"):
        if b == 0:
            raise Error("division by zero")
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return whole(quotient) if sign == "/" else a - quotient * b
    return whole({"+": a + b, "-": a - b, "*": a * b}[sign])


# ---- functions


def call(tree, event, bound):
    name, arguments = tree[1], tree[2]
    if name == "has":
        return event.has(path_of(arguments[0]))
    return FUNCTIONS[name](event, *[value(t, event, bound) for t in arguments])


def to_int(_, x):
    if isinstance(x, float):
        if math.isnan(x) or not -(2.0**63) < x < 2.0**63:
            raise Error("no int")
        return int(x)
    return x


def span(_, text):
    return Span(sum(int(n) * UNITS[u] for n, u in re.findall(r"(\d+)([hms])", text)))


def moment(_, text):
    return Moment(round((datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) / datetime.timedelta(milliseconds=1)))


def distance(_, lat1, lon1, lat2, lon2):
    lat1, lon1, lat2, lon2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(h))


def local(_, time):
    return time.at(JAKARTA)


FUNCTIONS = {
    "size": lambda _, x: len(x),
    "int": to_int,
    "double": lambda _, x: float(x),
    "string": lambda _, x: str(x),  # of int and string only
    "timestamp": moment,
    "duration": span,
    "local_hour": lambda e, t: local(e, t).hour,
    "local_weekday": lambda e, t: local(e, t).isoweekday() % 7,
    "local_date": lambda e, t: local(e, t).date().isoformat(),
    "stage_on": lambda e, t: e.stage_on(day_of(t.ms))[0],
    "day_is": lambda e, t, kind: e.reference.day_is(day_of(t.ms), kind),
    "working_days": lambda e, a, b: e.reference.working_days(day_of(a.ms), day_of(b.ms)),
    "days_until": lambda e, stage: e.days_until(stage),
    "distance": distance,
}


def method(tree, event, bound):
    _, object_tree, name, arguments = tree
    if name in MACROS:
        return MACROS[name](value(object_tree, event, bound), arguments, event, bound)
    if object_tree == ("name", "math"):
        return MATH[name](*[value(t, event, bound) for t in arguments])
    return METHODS[name](value(object_tree, event, bound), *[value(t, event, bound) for t in arguments])


def over(elements, arguments, event, bound):
    name, body = arguments[0][1], arguments[1]
    return [functools.partial(value, body, event, {**bound, name: x}) for x in elements]


MACROS = {
    "exists": lambda x, *rest: absorb(over(x, *rest), True),
    "all": lambda x, *rest: absorb(over(x, *rest), False),
    "exists_one": lambda x, *rest: sum(1 for holds_for in over(x, *rest) if holds_for()) == 1,
    "filter": lambda x, *rest: [e for e, holds_for in zip(x, over(x, *rest)) if holds_for()],
    "map": lambda x, *rest: [made() for made in over(x, *rest)],
}
MATH = {
    "greatest": lambda *x: x[0] if len(x) == 1 or not less(">", x[1], x[0]) else x[1],
    "least": lambda *x: x[0] if len(x) == 1 or not less("<", x[1], x[0]) else x[1],
    "abs": lambda x: abs(x) if isinstance(x, float) else whole(abs(x)),
}


def ascii_case(text, first, last, shift):
    return "".join(chr(ord(c) + shift) if first <= c <= last else c for c in text)


def char_at(text, at):
    if not 0 <= at <= len(text):
        raise Error("outside the text")
    return text[at : at + 1]


def substring(text, first, last=None):
    last = len(text) if last is None else last
    if not 0 <= first <= last <= len(text):
        raise Error("outside the text")
    return text[first:last]


def truncated(ms, unit):
    return abs(ms) // unit * (1 if ms >= 0 else -1)


def clock(part):
    def read(x, zone="UTC"):
        if isinstance(x, Span):
            return truncated(x.ms, {"hour": 3_600_000, "minute": 60_000, "second": 1000}[part])
        return getattr(x.at(zoneinfo.ZoneInfo(zone)), part)

    return read


METHODS = {
    "size": len,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "contains": lambda s, t: t in s,
    "matches": lambda s, pattern: re.search(pattern, s) is not None,
    "lowerAscii": lambda s: ascii_case(s, "A", "Z", 32),
    "upperAscii": lambda s: ascii_case(s, "a", "z", -32),
    "trim": lambda s: s.strip(" "),
    "reverse": lambda s: s[::-1],
    "charAt": char_at,
    "substring": substring,
    "indexOf": str.find,
    "lastIndexOf": str.rfind,
    "replace": str.replace,
    "split": str.split,
    "getHours": clock("hour"),
    "getMinutes": clock("minute"),
    "getSeconds": clock("second"),
    "getDate": clock("day"),
    "getDayOfWeek": lambda t, zone="UTC": t.at(zoneinfo.ZoneInfo(zone)).isoweekday() % 7,
    "getDayOfYear": lambda t, zone="UTC": t.at(zoneinfo.ZoneInfo(zone)).timetuple().tm_yday - 1,
    "getMonth": lambda t, zone="UTC": t.at(zoneinfo.ZoneInfo(zone)).month - 1,
}
