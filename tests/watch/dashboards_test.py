# SPDX-License-Identifier: Apache-2.0
"""dashboards_test.py GRAFANA METRICS_PAGE: the dashboards keep the rules that operators of Grafana hold each other to.

Fixed and different uids; every panel with title, description, unit and a place of its own; every query and variable
goes to the data source that the reader chose; counters stand in rate or increase over $__rate_interval or $__range,
never over a number; quantiles are of sums by le; every metric is one that docs/reference/metrics.md lists, with labels
that it has, or one that comes with other parts of the program.
"""

import collections
import json
import pathlib
import re
import sys

# Of the parts that tell people; listed in metrics.md as soon as the program has them.
OF_DELIVERY = {
    "kentongan_deliveries_total": {"channel", "outcome"},
    "kentongan_delivery_duration_seconds": {"channel"},
    "kentongan_deliveries_waiting": {"channel"},
    "kentongan_channel_open": {"channel"},
    "kentongan_notify_lag_seconds": set(),
    "kentongan_heartbeats_total": {"outcome"},
    "kentongan_alert_acknowledge_seconds": {"level"},
    "kentongan_alert_resolve_seconds": {"level"},
}
OF_PROMETHEUS = {"up": set(), "ALERTS": {"alertname", "alertstate", "severity"}}
FROM_SCRAPE = {"job", "instance", "le"}
UNITS = {"none", "s", "d", "eps", "reqps", "percentunit", "bytes", "dateTimeAsIso", "dateTimeFromNow"}
RANGES = {"$__rate_interval", "$__range"}
VARIABLES = {"datasource", "job", "instance", "alertmanager"}


def metrics_of(page):
    """Name -> labels, of the table."""
    found = {}
    for line in page.read_text().splitlines():
        row = re.match(r"\| `(\w+)` \| \w+ \| ?([\w, ]*)\|", line)
        if row:
            found[row[1]] = {label.strip() for label in row[2].split(",") if label.strip()}
    return found


def recorded(rules):
    return set(re.findall(r"^\s*- record: (\S+)$", rules.read_text(), re.M))


def selectors(expression):
    """(metric, labels in braces) of an expression."""
    names = r"(?<![\w:$\"])([a-zA-Z_:][\w:]*)\{([^}]*)\}"
    label = r"(\w+)\s*(?:=~|!=|!~|=)"
    return [(name, set(re.findall(label, inside))) for name, inside in re.findall(names, expression)]


def base(metric):
    return re.sub(r"_(bucket|sum|count)$", "", metric)


class Lint:
    def __init__(self, metrics, records):
        self.metrics, self.records, self.faults = metrics, records, []

    def fault(self, *words):
        self.faults.append(": ".join(words))

    def query(self, where, target, names):
        expression = target["expr"]
        if target["datasource"]["uid"] != "${datasource}":
            self.fault(where, "a query goes to a data source of its own")
        for span in re.findall(r"\[([^\]]+)\]", expression):
            if span not in RANGES:
                self.fault(where, f"[{span}] is not {' or '.join(sorted(RANGES))}")
        for name in re.findall(r"\$\{?(\w+)", expression):
            if name not in names and not name.startswith("__"):
                self.fault(where, f"the variable {name} is unknown")
        for function, counter in re.findall(r"(\w*)\(?\b(\w+_(?:total|bucket|sum|count))\{", expression):
            if function not in ("rate", "increase"):
                self.fault(where, f"{counter} is a counter and is shown without rate or increase")
        if "histogram_quantile" in expression and not re.search(r"sum by \(le\b", expression):
            self.fault(where, "a quantile of a histogram is not summed by le")
        used = selectors(expression)
        if not used:
            self.fault(where, "no metric is asked for")
        for metric, labels in used:
            known = self.metrics.get(metric, self.metrics.get(base(metric)))
            if known is None and metric not in self.records:
                self.fault(where, f"{metric} is not in docs/reference/metrics.md")
            elif known is not None and not labels <= known | FROM_SCRAPE:
                self.fault(where, f"{metric} has no label {', '.join(labels - known - FROM_SCRAPE)}")
            if "job" not in labels and metric not in OF_PROMETHEUS:
                self.fault(where, f"{metric} is asked for without job")

    def panel(self, board, panel, names):
        where = f"{board}: {panel.get('title') or panel['id']}"
        if not panel.get("title"):
            self.fault(where, "no title")
        if panel["type"] == "row":
            return
        if len(panel.get("description", "")) < 20 or not panel["description"].endswith("."):
            self.fault(where, "no description, or none that is a sentence")
        if panel["fieldConfig"]["defaults"].get("unit") not in UNITS:
            self.fault(where, f"the unit {panel['fieldConfig']['defaults'].get('unit')} is unknown")
        if panel["datasource"]["uid"] != "${datasource}" or not panel["targets"]:
            self.fault(where, "no data source of the reader's choice, or no query")
        if len({target["refId"] for target in panel["targets"]}) != len(panel["targets"]):
            self.fault(where, "two queries have one refId")
        for target in panel["targets"]:
            self.query(where, target, names)
        for link in panel["links"]:
            if not (link["url"].startswith("/d/kentongan-") or link["url"] == "${alertmanager}"):
                self.fault(where, f"a link leads to {link['url']}")

    def overlaps(self, board, panels):
        taken = collections.Counter()
        for panel in panels:
            at = panel["gridPos"]
            for x in range(at["x"], at["x"] + at["w"]):
                for y in range(at["y"], at["y"] + at["h"]):
                    taken[x, y] += 1
        if any(count > 1 for count in taken.values()) or any(x >= 24 for x, _ in taken):
            self.fault(board, "panels lie over each other or beyond the edge")

    def dashboard(self, name, board):
        names = [variable["name"] for variable in board["templating"]["list"]]
        if board["uid"] != f"kentongan-{name}" or board.get("id") is not None:
            self.fault(name, "the uid is not that of its file, or there is an id")
        if not VARIABLES <= set(names) or len(set(names)) != len(names):
            self.fault(name, "variables are missing or twice there")
        for variable in board["templating"]["list"]:
            if not variable["label"] or not variable["description"]:
                self.fault(name, f"the variable {variable['name']} has no label or description")
            if variable["type"] == "query" and variable["datasource"]["uid"] != "${datasource}":
                self.fault(name, f"the variable {variable['name']} has a data source of its own")
            if variable.get("includeAll") and variable["allValue"] != ".*":
                self.fault(name, f"the variable {variable['name']} with All is not .*")
        if len({panel["id"] for panel in board["panels"]}) != len(board["panels"]):
            self.fault(name, "two panels have one id")
        if not board["links"] or "kentongan" not in board["tags"]:
            self.fault(name, "no way to the other dashboards")
        for panel in board["panels"]:
            self.panel(name, panel, names)
        self.overlaps(name, board["panels"])


def main():
    grafana, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    metrics = {**OF_DELIVERY, **OF_PROMETHEUS, **metrics_of(page)}
    lint = Lint(metrics, recorded(grafana.parent / "prometheus" / "rules" / "recording.yml"))
    boards = {path.stem: json.loads(path.read_text()) for path in sorted((grafana / "dashboards").glob("*.json"))}
    for name, board in boards.items():
        lint.dashboard(name, board)
    uids = {board["uid"] for board in boards.values()}
    for name, board in boards.items():
        for target in re.findall(r'"url": "/d/([\w-]+)', json.dumps(board)):
            if target not in uids:
                lint.fault(name, f"a link leads to {target}, which is not there")
    for fault in lint.faults:
        print(fault)
    panels = sum(len(board["panels"]) for board in boards.values())
    print(f"{len(boards)} dashboards, {panels} panels, {len(lint.faults)} faults")
    sys.exit(1 if lint.faults or len(boards) != 4 or len(uids) != 4 else 0)


if __name__ == "__main__":
    main()
