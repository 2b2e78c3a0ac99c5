"""The bench's figures as an SVG: utilisation by size of team, one line for each policy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 56, 610, 24, 372
COLOURS = {
    "progressive": "#7a7a7a",
    "adaptive": "#c2803a",
    "adaptive-tuned": "#a34e9a",
    "ewma": "#4d8f4d",
    "power": "#3f8f9f",
    "predictive": "#1f4fd8",
}
LOWEST, TALLEST = 60.0, 100.0


def picture(points: Sequence[tuple[str, int, float]]) -> str:
    """`points`: (policy, agents, utilisation in %)."""
    sizes = sorted({agents for _, agents, _ in points})
    first, last = math.log(sizes[0]), math.log(max(sizes[-1], sizes[0] + 1))

    def x(agents: int) -> float:
        return LEFT + (RIGHT - LEFT) * (math.log(agents) - first) / (last - first)

    def y(utilisation: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (utilisation - LOWEST) / (TALLEST - LOWEST)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for level in range(int(LOWEST), int(TALLEST) + 1, 10):
        parts.append(f'<path d="M{LEFT} {y(level):.0f}H{RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(level) + 4:.0f}" text-anchor="end">{level} %</text>')
    parts += [f'<text x="{x(size):.0f}" y="{BOTTOM + 20}" text-anchor="middle">{size}</text>' for size in sizes]
    parts.append(f'<text x="{(LEFT + RIGHT) / 2}" y="{BOTTOM + 40}" text-anchor="middle">agents</text>')
    taken: list[float] = []
    for policy in sorted({name for name, _, _ in points}, key=lambda name: -_last(points, name)):
        mine = sorted((agents, value) for name, agents, value in points if name == policy)
        colour = COLOURS.get(policy, "#000")
        line = " ".join(f"{x(agents):.1f},{y(value):.1f}" for agents, value in mine)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x(agents):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>' for agents, value in mine]
        at = max([y(mine[-1][1]) + 4, *(other + 16 for other in taken[-1:])])
        taken.append(at)
        parts.append(f'<text x="{RIGHT + 10}" y="{at:.0f}" fill="{colour}">{escape(policy)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _last(points: Sequence[tuple[str, int, float]], policy: str) -> float:
    return max((agents, value) for name, agents, value in points if name == policy)[1]
