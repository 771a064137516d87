# SPDX-License-Identifier: Apache-2.0
"""Results in the text of a page, between marks that name their group."""
import re

from . import tables

MARKED = re.compile(r"<!-- measured: (?P<group>\w+) -->\n.*?<!-- end -->", re.DOTALL)


def table(document, group):
    made = {"scaling": tables.of_axes, "hostile": tables.of_hostile}.get(group)
    text = made(document) if made else tables.of_group(document, group)
    of_group = [one for one in document["results"] if one["group"] == group]
    sizes = [one["events"] for one in of_group if "events" in one]
    size = f", up to {max(sizes):,} events" if sizes else ""
    runs = max(len(one["values"]) for one in of_group)
    loads = sorted({one["load"] for one in of_group})
    return (f"{text}\n*{document['when']}, {document['program']}, {document['cores']} cores ({document['processor']}){size}, {runs} "
            f"run{'s' * (runs > 1)}, load {loads[0]:.1f} to {loads[-1]:.1f}.*\n")


def put(text, document):
    """The text with the tables of all groups of which the document has results."""
    groups = {one["group"] for one in document["results"]}

    def replaced(found):
        group = found["group"]
        if group not in groups:
            return found[0]
        return f"<!-- measured: {group} -->\n{table(document, group)}<!-- end -->"

    return MARKED.sub(replaced, text)
