# SPDX-License-Identifier: Apache-2.0
"""Curves over an axis as one SVG file: a panel an axis, both scales logarithmic but for shares."""
import itertools
import math
from xml.sax.saxutils import escape

from . import measured

WIDTH, HEIGHT, COLUMNS = 330, 230, 3
LEFT, RIGHT, TOP, BOTTOM = 46, 26, 34, 40
STYLE = """text{font:11px sans-serif;fill:#222}.name{font-weight:bold;font-size:12px}.line{fill:none;stroke:#0b6e8a;
stroke-width:2}.dot{fill:#0b6e8a}.grid{stroke:#ddd}.spread{stroke:#0b6e8a;stroke-width:1.2}.end{text-anchor:end}
.mid{text-anchor:middle}"""


def ticks(least, most):
    """1, 2, 5 and their tenfolds that lie within."""
    found = []
    for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1):
        found += [digit * 10.0**power for digit in (1, 2, 5) if least <= digit * 10.0**power <= most]
    return found


class Panel:
    """One axis: where a pair of numbers lies."""

    def __init__(self, points):
        self.linear = any(one["x"] == 0 for one in points)
        xs = [one["x"] for one in points]
        ys = [value for one in points for value in one["values"] if value > 0] or [1.0]
        self.x_from, self.x_to = self._x(min(xs)), self._x(max(xs))
        self.y_from, self.y_to = min(*ys, max(ys) / 10), max(ys) * 1.4

    def _x(self, x):
        return x if self.linear else math.log10(x)

    def x(self, x):
        span = (self.x_to - self.x_from) or 1
        return LEFT + (self._x(x) - self.x_from) / span * (WIDTH - LEFT - RIGHT)

    def y(self, y):
        y = max(y, self.y_from)
        share = math.log(y / self.y_from) / math.log(self.y_to / self.y_from)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def panel(name, points):
    at = Panel(points)
    parts = [f'<text class="name" x="{LEFT}" y="18">{escape(name)}</text>']
    for tick in ticks(at.y_from, at.y_to):
        y = at.y(tick)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
                     f'<text class="end" x="{LEFT - 6}" y="{y + 4:.1f}">{tick:g}</text>')
    for one in points:
        x = at.x(one["x"])
        low, high = at.y(min(one["values"])), at.y(max(one["values"]))
        middle = at.y(measured.middle(one))
        parts.append(f'<text class="mid" x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}">{one["x"]:,}</text>'
                     f'<line class="spread" x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}"/>'
                     f'<circle class="dot" cx="{x:.1f}" cy="{middle:.1f}" r="3.2"/>')
    line = " ".join(f'{at.x(one["x"]):.1f},{at.y(measured.middle(one)):.1f}' for one in points)
    parts.append(f'<polyline class="line" points="{line}"/>')
    return "".join(parts)


def of_axes(entries, title):
    """Of results that have `axis` and `x`."""
    axes = {name: list(points) for name, points in itertools.groupby(
        (one for one in entries if "axis" in one), key=lambda one: one["axis"])}
    rows = -(-len(axes) // COLUMNS)
    width, height = COLUMNS * WIDTH, rows * HEIGHT + 30
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
             f'role="img"><title>{escape(title)}</title><style>{STYLE}</style>'
             f'<rect width="{width}" height="{height}" fill="#fff"/><text x="{LEFT}" y="18">{escape(title)}</text>']
    for number, (name, points) in enumerate(axes.items()):
        x, y = number % COLUMNS * WIDTH, number // COLUMNS * HEIGHT + 30
        parts.append(f'<g transform="translate({x} {y})">{panel(name, points)}</g>')
    return "".join(parts) + "</svg>\n"
