# SPDX-License-Identifier: Apache-2.0
"""Two files of results beside each other."""
from . import measured, tables

FEWEST_RUNS = 3


def ratio(before, after):
    """Of the medians, with the least and the greatest that two runs of them give."""
    a, b = before["values"], after["values"]
    if not min(a) > 0:
        return None
    return (measured.middle(after) / measured.middle(before), min(b) / max(a), max(b) / min(a))


def verdict(before, after):
    """`better` and `worse` only where the runs of the two do not overlap, and are not too few to say."""
    found = ratio(before, after)
    if found is None:
        return ""
    if min(len(before["values"]), len(after["values"])) < FEWEST_RUNS:
        return "too few runs to say"
    _, least, most = found
    if least <= 1 <= most:
        return "no difference that the runs show"
    more = least > 1
    return "better" if more == measured.is_rate(after["unit"]) else "worse"


def beside_floor(entry, known):
    """How many times its floor it is; none where it has none."""
    floor = known.get((entry["group"], entry.get("floor")))
    return measured.middle(entry) / measured.middle(floor) if floor and measured.middle(floor) > 0 else None


def rows(first, second):
    """(group and name, before, after, ratio, ratio of what they are beside their floors, verdict) of what both have."""
    known = {(one["group"], one["name"]): one for one in first["results"]}
    known_after = {(one["group"], one["name"]): one for one in second["results"]}
    found = []
    for after in second["results"]:
        before = known.get((after["group"], after["name"]))
        if before is None or before["unit"] != after["unit"]:
            continue
        of = ratio(before, after)
        floors = beside_floor(before, known), beside_floor(after, known_after)
        adjusted = f"{floors[1] / floors[0]:.3f}" if floors[0] and floors[1] else ""
        told = f"{of[0]:.3f} ({of[1]:.3f} to {of[2]:.3f})" if of else ""
        was = f"{measured.shown(measured.middle(before))} {after['unit']}"
        found.append((f"{after['group']}: {after['name']}", was, measured.shown(measured.middle(after)), told, adjusted,
                      verdict(before, after)))
    return found


def only_in_one(first, second):
    names = [{(one["group"], one["name"]) for one in document["results"]} for document in (first, second)]
    return sorted(names[0] - names[1]), sorted(names[1] - names[0])


def table(first, second):
    lines = [tables.row(["what", "before", "after", "after / before (spread)", "the same, beside their floors", ""]),
             tables.row(["---"] * 6)]
    lines += [tables.row(cells) for cells in rows(first, second)]
    gone, new = only_in_one(first, second)
    for title, names in (("only in the first", gone), ("only in the second", new)):
        if names:
            lines += ["", f"{title}: " + "; ".join(f"{group}: {name}" for group, name in names)]
    return "\n".join(lines) + "\n"
