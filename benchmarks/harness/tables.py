# SPDX-License-Identifier: Apache-2.0
"""Results as Markdown."""
import itertools

from . import measured


def row(cells):
    return "| " + " | ".join(cells) + " |"


def of_results(document):
    """A table a group: median, least and greatest of the runs, ratio to its floor."""
    by_name = {(one["group"], one["name"]): one for one in document["results"]}
    lines = []
    for group, entries in itertools.groupby(document["results"], key=lambda one: one["group"]):
        lines += ["", f"### {group}", row(["what", "median", "least to greatest", "unit", "beside its floor"]),
                  row(["---", "---:", "---:", "---", "---:"])]
        for one in entries:
            floor = by_name.get((group, one.get("floor")))
            ratio = f"{measured.middle(one) / measured.middle(floor):.2f} x" if floor else ""
            spread = f"{measured.shown(min(one['values']))} to {measured.shown(max(one['values']))}"
            lines.append(row([one["name"], measured.shown(measured.middle(one)),
                              spread if len(one["values"]) > 1 else "", one["unit"], ratio]))
    return "\n".join(lines) + "\n"


def of_axes(document):
    """A row an axis, a cell a point."""
    points = [one for one in document["results"] if "axis" in one]
    axes = {name: list(of) for name, of in itertools.groupby(points, key=lambda one: one["axis"])}
    width = max((len(of) for of in axes.values()), default=0)
    lines = [row(["microseconds of CPU an event over", *[""] * width]), row(["---"] * (width + 1))]
    for name, of in axes.items():
        cells = [f"{one['x']:,}: **{measured.shown(measured.middle(one))}**" for one in of]
        lines.append(row([name, *cells, *[""] * (width - len(cells))]))
    return "\n".join(lines) + "\n"


def of_hostile(document):
    """Each case beside the ordinary one, and what bounds it."""
    entries = [one for one in document["results"] if one["group"] == "hostile"]
    by_name = {one["name"]: one for one in entries}
    lines = [row(["what is sent", "cost", "", "times the ordinary", "bound"]), row(["---", "---:", "---", "---:", "---"])]
    for one in entries:
        floor = by_name.get(one.get("floor"))
        ratio = f"{measured.middle(one) / measured.middle(floor):.1f}" if floor else ""
        lines.append(row([one["name"], measured.shown(measured.middle(one)), one["unit"].replace("us CPU/", "µs a ").replace(
            "event", "report"), ratio, one.get("bound", "")]))
    return "\n".join(lines) + "\n"


def of_group(document, group):
    """Of one group alone, without its heading."""
    only = {**document, "results": [one for one in document["results"] if one["group"] == group]}
    return "\n".join(of_results(only).strip().split("\n")[1:]) + "\n"


def of_machine(document):
    return (f"{document['when']}: {document['cores']} cores, {document['processor']}, {document['memory_gib']} GiB, "
            f"{document['system']}; {document['program']}, commit {document['commit']}, {document['compiler']}; "
            f"load {document['load_before'][0]} before, {document['load_after'][0]} after.\n")
