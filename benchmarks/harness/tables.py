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


def of_machine(document):
    return (f"{document['when']}: {document['cores']} cores, {document['processor']}, {document['memory_gib']} GiB, "
            f"{document['system']}; {document['program']}, commit {document['commit']}, {document['compiler']}; "
            f"load {document['load_before'][0]} before, {document['load_after'][0]} after.\n")
