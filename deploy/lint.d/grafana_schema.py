# SPDX-License-Identifier: Apache-2.0
"""grafana_schema.py DASHBOARD..: holds dashboards against Grafana's own published types (grafana-foundation-sdk).

Each is read into those types and written again: what is lost on the way Grafana does not know, or calls otherwise. Units
are those that Grafana lists.
"""

import json
import pathlib
import sys

from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import dashboard, units

# Grafana writes these itself, and its published types leave them out.
NOT_PUBLISHED = {"titleFormat", "definition"}
UNITS = {value for name, value in vars(units).items() if isinstance(value, str) and not name.startswith("__")}


def lost(before, after, path=""):
    """Places of `before` that `after` lacks or has otherwise."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in after:
                yield from lost(value, after[key], f"{path}/{key}")
            elif value is not None and key not in NOT_PUBLISHED:
                yield f"{path}/{key}"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after)):
            yield from lost(one, other, f"{path}/{number}")
    elif before != after:
        yield path


def main():
    plugins.register_default_plugins()
    faults, panels = [], 0
    for name in sys.argv[1:]:
        written = json.loads(pathlib.Path(name).read_text())
        read = json.loads(JSONEncoder().encode(dashboard.Dashboard.from_json(written)))
        faults += [f"{name}: Grafana does not know {place}" for place in lost(written, read)]
        for panel in written["panels"]:
            panels += 1
            unit = panel.get("fieldConfig", {}).get("defaults", {}).get("unit", "none")
            if UNITS and unit not in UNITS:
                faults.append(f"{name}: {panel['title']}: Grafana has no unit {unit}")
    for fault in faults:
        print(fault)
    print(f"{len(sys.argv) - 1} dashboards, {panels} panels, {len(UNITS)} units known, {len(faults)} faults")
    return 1 if faults or len(sys.argv) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
