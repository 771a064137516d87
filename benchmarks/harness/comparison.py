# SPDX-License-Identifier: Apache-2.0
"""Two files of results beside each other."""
from . import measured, tables


def ratio(before, after):
    """Of the medians, with the least and the greatest that two runs of them give."""
    a, b = before["values"], after["values"]
    if not min(a) > 0:
        return None
    return (measured.middle(after) / measured.middle(before), min(b) / max(a), max(b) / min(a))


def verdict(before, after):
    """`better` and `worse` only where the runs of the two do not overlap."""
    found = ratio(before, after)
    if found is None:
        return ""
    _, least, most = found
    if least <= 1 <= most:
        return "no difference that the runs show"
    more = least > 1
    return "better" if more == measured.is_rate(after["unit"]) else "worse"


def rows(first, second):
    """(group and name, before, after, ratio, verdict) of what both have."""
    known = {(one["group"], one["name"]): one for one in first["results"]}
    found = []
    for after in second["results"]:
        before = known.get((after["group"], after["name"]))
        if before is None or before["unit"] != after["unit"]:
            continue
        of = ratio(before, after)
        told = f"{of[0]:.3f} ({of[1]:.3f} to {of[2]:.3f})" if of else ""
        found.append((f"{after['group']}: {after['name']}", f"{measured.shown(measured.middle(before))} {after['unit']}",
                      measured.shown(measured.middle(after)), told, verdict(before, after)))
    return found


def only_in_one(first, second):
    names = [{(one["group"], one["name"]) for one in document["results"]} for document in (first, second)]
    return sorted(names[0] - names[1]), sorted(names[1] - names[0])


def table(first, second):
    lines = [tables.row(["what", "before", "after", "after / before (spread)", ""]), tables.row(["---"] * 5)]
    lines += [tables.row(cells) for cells in rows(first, second)]
    gone, new = only_in_one(first, second)
    for title, names in (("only in the first", gone), ("only in the second", new)):
        if names:
            lines += ["", f"{title}: " + "; ".join(f"{group}: {name}" for group, name in names)]
    return "\n".join(lines) + "\n"
