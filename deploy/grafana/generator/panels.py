# SPDX-License-Identifier: Apache-2.0
"""Panels of Grafana dashboards as dictionaries: what is the same in all of them stands here.

Titles are Indonesian, descriptions English. Every panel has a unit, a title and a description, every query goes to the
data source that the reader chose, and rates use the interval that fits the scrape ($__rate_interval).
"""

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
# Of one process or all of them.
SELECT = 'job="$job", instance=~"$instance"'
LEVEL_COLOURS = {"aman": "green", "waspada": "yellow", "siaga": "orange", "awas": "red"}
LEVEL_NUMBERS = [
    {"type": "value", "options": {str(number): {"text": level, "color": colour, "index": number}}}
    for number, (level, colour) in enumerate(LEVEL_COLOURS.items())
]


def select(metric, *more):
    """The metric with the variables of the dashboard, and these matchers beside them."""
    return f"{metric}{{{', '.join((SELECT,) + more)}}}"


def has(label, value):
    return f'{label}="{value}"'


def lacks(label, value):
    return f'{label}!="{value}"'


def like(label, pattern):
    return f'{label}=~"{pattern}"'


def rate(metric, *more):
    return f"rate({select(metric, *more)}[$__rate_interval])"


def quantile(share, histogram, by="", *more):
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) ({rate(histogram + '_bucket', *more)}))"


def query(expression, legend="", instant=False, table=False, ref="A"):
    target = {"datasource": DATASOURCE, "refId": ref, "expr": expression, "editorMode": "code"}
    target["legendFormat"] = legend or "__auto"
    target["range"] = not instant
    target["instant"] = instant
    target["format"] = "table" if table else "time_series"
    return target


def steps(*limits):
    """("green", None), ("red", 5): the colour from each limit on."""
    return {"mode": "absolute", "steps": [{"color": colour, "value": value} for colour, value in limits]}


GREEN = steps(("green", None))


def good_below(warn, bad):
    return steps(("green", None), ("yellow", warn), ("red", bad))


def by_name(name, **properties):
    """An override of the field with this name: custom.width becomes the property `custom.width`."""
    options = [{"id": key.replace("__", "."), "value": value} for key, value in properties.items()]
    return {"matcher": {"id": "byName", "options": name}, "properties": options}


def level_overrides():
    return [
        by_name(level, color={"mode": "fixed", "fixedColor": colour}) for level, colour in LEVEL_COLOURS.items()
    ]


def panel(kind, title, description, unit, targets, **more):
    """A panel of this kind; without place and id, which the dashboard gives."""
    refs = [dict(target, refId=chr(ord("A") + number)) for number, target in enumerate(targets)]
    defaults = {"unit": unit, "thresholds": more.pop("thresholds", GREEN), "mappings": more.pop("mappings", [])}
    defaults["color"] = {"mode": "palette-classic" if kind == "timeseries" else "thresholds"}
    defaults.update(more.pop("defaults", {}))
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "targets": refs,
        "fieldConfig": {"defaults": defaults, "overrides": more.pop("overrides", [])},
        "options": more.pop("options", {}),
        "links": more.pop("links", []),
        **more,
    }


def series(title, description, unit, *targets, stack=False, **more):
    custom = {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 30 if stack else 10, "showPoints": "never"}
    custom["stacking"] = {"mode": "normal" if stack else "none", "group": "A"}
    defaults = {"custom": custom, "min": more.pop("minimum", 0)}
    options = {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    return panel("timeseries", title, description, unit, targets, defaults=defaults, options=options, **more)


def stat(title, description, unit, *targets, text="auto", graph="none", **more):
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "orientation": "auto",
        "textMode": text,
        "colorMode": "value",
        "graphMode": graph,
        "justifyMode": "auto",
    }
    return panel("stat", title, description, unit, targets, options=options, **more)


def bars(title, description, unit, *targets, **more):
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "orientation": "horizontal",
        "displayMode": "gradient",
        "showUnfilled": True,
        "valueMode": "color",
    }
    defaults = {"min": 0}
    return panel("bargauge", title, description, unit, targets, defaults=defaults, options=options, **more)


def table(title, description, unit, *targets, rename=None, hide=(), joined="", **more):
    """Of instant queries. `joined`: by this label, where there are several."""
    hidden = {name: True for name in ("Time", "__name__", "job", "instance") + tuple(hide)}
    if joined:
        names = {f"Value #{chr(ord('A') + number)}": target["legendFormat"] for number, target in enumerate(targets)}
        change = [{"id": "merge", "options": {}}]
    else:
        names, change = {"Value": targets[0]["legendFormat"]}, []
    organize = {"excludeByName": hidden, "renameByName": {**names, **(rename or {})}, "indexByName": {}}
    change.append({"id": "organize", "options": organize})
    options = {"showHeader": True, "cellHeight": "sm", "footer": {"show": False, "reducer": ["sum"], "fields": ""}}
    return panel("table", title, description, unit, targets, options=options, transformations=change, **more)


def link(title, uid):
    """From a panel to another of these dashboards, with the same time, data source and job."""
    query_string = "${datasource:queryparam}&${job:queryparam}&${__url_time_range}"
    return {"title": title, "url": f"/d/{uid}?{query_string}", "targetBlank": False}


ALERTS_LINK = {"title": "Alertmanager", "url": "${alertmanager}", "targetBlank": True}
