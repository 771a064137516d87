# SPDX-License-Identifier: Apache-2.0
"""A whole dashboard: its variables, its links, and where its panels stand."""

TAG = "kentongan"
WIDTH = 24


def variable(name, label, description, query, multi=True):
    return {
        "type": "query",
        "name": name,
        "label": label,
        "description": description,
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "query": {"query": query, "refId": name},
        "definition": query,
        "refresh": 2,
        "sort": 1,
        "multi": multi,
        "includeAll": multi,
        "allValue": ".*" if multi else None,
        "current": {"text": ["All"], "value": ["$__all"]} if multi else {},
        "options": [],
        "hide": 0,
        "skipUrlSync": False,
    }


def common_variables():
    return [
        {
            "type": "datasource",
            "name": "datasource",
            "label": "Sumber data",
            "description": "The Prometheus that scrapes Kentongan",
            "query": "prometheus",
            "current": {},
            "options": [],
            "refresh": 1,
            "regex": "",
            "multi": False,
            "includeAll": False,
            "hide": 0,
            "skipUrlSync": False,
        },
        # One job at a time: two services would mix their cities.
        variable("job", "Layanan", "The job of the scrape", "label_values(kentongan_build_info, job)", multi=False),
        variable(
            "instance",
            "Proses",
            "One process of the service, or all",
            'label_values(kentongan_build_info{job="$job"}, instance)',
        ),
        {
            "type": "textbox",
            "name": "alertmanager",
            "label": "Alertmanager",
            "description": "Where links to alerts lead",
            "query": "http://127.0.0.1:9093",
            "current": {"text": "http://127.0.0.1:9093", "value": "http://127.0.0.1:9093"},
            "options": [],
            "hide": 0,
            "skipUrlSync": False,
        },
    ]


def place(rows):
    """Rows of (height, [(width, panel)..]) or of a title; ids and places are those of their order."""
    panels, top = [], 0
    for row in rows:
        if isinstance(row, str):
            placed = [({"type": "row", "title": row, "collapsed": False, "panels": []}, WIDTH)]
            height = 1
        else:
            height, placed = row[0], [(panel, width) for width, panel in row[1]]
        left = 0
        for panel, width in placed:
            position = {"x": left, "y": top, "w": width, "h": height}
            panels.append({"id": len(panels) + 1, "gridPos": position, **panel})
            left += width
        if left > WIDTH:
            raise ValueError(f"a row is {left} wide")
        top += height
    return panels


def dashboard(uid, title, description, rows, variables=(), refresh="30s", since="now-6h"):
    return {
        "uid": uid,
        "title": title,
        "description": description,
        "tags": [TAG],
        "timezone": "browser",
        "editable": False,
        "graphTooltip": 1,
        "refresh": refresh,
        "schemaVersion": 39,
        "version": 1,
        "time": {"from": since, "to": "now"},
        "links": [
            {
                "type": "dashboards",
                "title": "Kentongan",
                "tags": [TAG],
                "asDropdown": True,
                "includeVars": True,
                "keepTime": True,
                "targetBlank": False,
                "icon": "external link",
                "tooltip": "The other dashboards of Kentongan",
                "url": "",
            }
        ],
        "annotations": {
            "list": [
                {
                    "name": "Aturan baru",
                    "datasource": {"type": "prometheus", "uid": "${datasource}"},
                    "enable": True,
                    "hide": False,
                    "iconColor": "blue",
                    "expr": 'changes(kentongan_rules_reload_time_seconds{job="$job"}[2m]) > 0',
                    "titleFormat": "Aturan baru di {{instance}}",
                }
            ]
        },
        "templating": {"list": common_variables() + list(variables)},
        "panels": place(rows),
    }
