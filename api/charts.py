"""Pictures of the figures: plain SVG, text as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from model.learning_curve import Point
from seeds.codebook import Codebook

_WIDTH, _HEIGHT = 560, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 20, 40, 50
_COLOURS = ("#1f5fa8", "#c2571a", "#3d7d3f", "#7a4a9e")
_STEPS = 5


@dataclass
class Chart:
    """Axes from low to high values, and what is drawn between them."""

    title: str
    across: tuple[float, float]
    up: tuple[float, float]
    labels: tuple[str, str]  # of the axes
    height: int = _HEIGHT
    left: int = _LEFT
    drawn: list[str] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Return the place of a value on the horizontal axis, in pixels."""
        low, high = self.across
        return self.left + (value - low) / (high - low) * (_WIDTH - self.left - _RIGHT)

    def y(self, value: float) -> float:
        """Return the place of a value on the vertical axis, in pixels."""
        low, high = self.up
        span = self.height - _TOP - _BOTTOM
        return _TOP + (high - value) / (high - low) * span

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        path = " ".join(f"{self.x(a):.1f},{self.y(b):.1f}" for a, b in points)
        dash = ' stroke-dasharray="4 4"' if dashed else ""
        self.drawn.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}"{dash}/>'
        )

    def dot(self, a: float, b: float, colour: str, size: float = 3.0) -> None:
        """Draw a point."""
        place = f'cx="{self.x(a):.1f}" cy="{self.y(b):.1f}"'
        self.drawn.append(f'<circle {place} r="{size:.1f}" fill="{colour}"/>')

    def say(
        self, a: float, b: float, text: str, colour: str = "#222", anchor: str = "start"
    ) -> None:
        """Write a text beside a point, in pixels."""
        self.drawn.append(
            f'<text x="{a:.1f}" y="{b:.1f}" fill="{colour}" text-anchor="{anchor}">'
            f"{escape(text)}</text>"
        )

    def grid(self, upwards: bool = True, digits: int = 1) -> None:
        """Draw the grid with its values."""
        for at in range(_STEPS + 1):
            a = self.across[0] + (self.across[1] - self.across[0]) * at / _STEPS
            self.line([(a, self.up[0]), (a, self.up[1])], "#ddd")
            below = self.height - _BOTTOM + 16
            self.say(self.x(a), below, f"{a:.{digits}f}", anchor="middle")
            if upwards:
                b = self.up[0] + (self.up[1] - self.up[0]) * at / _STEPS
                self.line([(self.across[0], b), (self.across[1], b)], "#ddd")
                self.say(self.left - 6, self.y(b) + 4, f"{b:.2f}", anchor="end")

    def svg(self) -> str:
        """Return the file."""
        self.say(_WIDTH / 2, 20, self.title, anchor="middle")
        self.say(_WIDTH / 2, self.height - 12, self.labels[0], anchor="middle")
        self.say(8, _TOP - 8, self.labels[1])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" '
            f'height="{self.height}" viewBox="0 0 {_WIDTH} {self.height}" '
            'font-family="sans-serif" font-size="12">\n'
            f'<rect width="{_WIDTH}" height="{self.height}" fill="#fff"/>\n'
            + "\n".join(self.drawn)
            + "\n</svg>\n"
        )


def reliability_chart(bins: Sequence[Mapping[str, Any]]) -> str:
    """Draw claimed against true shares."""
    chart = Chart("Reliability", (0, 1), (0, 1), ("claimed probability", "share right"))
    chart.grid()
    chart.line([(0, 0), (1, 1)], "#999", dashed=True)
    points = [(part["claimed"], part["right"]) for part in bins]
    chart.line(points, _COLOURS[0])
    for a, b in points:
        chart.dot(a, b, _COLOURS[0])
    return chart.svg()


def coverage_chart(
    points: Sequence[Mapping[str, float]], own: Mapping[str, float]
) -> str:
    """Draw the precision of tags as the doubt cut-off moves; the product's own point."""
    low = min(0.8, *(point["precision"] for point in points))
    chart = Chart(
        "Precision at coverage", (0, 1), (int(low * 10) / 10, 1),
        ("share of sentences that are not uncertain", "precision of their tags"),
    )  # fmt: skip
    chart.grid()
    chart.line([(p["coverage"], p["precision"]) for p in points], _COLOURS[0])
    chart.dot(own["coverage"], own["precision"], _COLOURS[1], 5)
    beside = chart.x(own["coverage"]) - 10, chart.y(own["precision"]) + 18
    chart.say(*beside, "the product's own", _COLOURS[1], "end")
    return chart.svg()


def theme_chart(per_theme: Mapping[str, Mapping[str, Any]], codebook: Codebook) -> str:
    """Draw the F1 of each theme with its interval, the best one on top."""
    order = sorted(per_theme, key=lambda code: per_theme[code]["f1"])
    height = _TOP + _BOTTOM + 22 * len(order)
    chart = Chart(
        "F1 per theme, 95 % intervals", (0, 1), (0, len(order)), ("F1", ""), height, 150
    )
    chart.grid(upwards=False)
    for at, code in enumerate(order):
        own = per_theme[code]
        row = at + 0.5
        spread = own["interval"]
        chart.line([(spread["low"], row), (spread["high"], row)], _COLOURS[0])
        chart.dot(own["f1"], row, _COLOURS[0], 4)
        name = f"{codebook.name(code)} ({own['sentences']})"
        chart.say(chart.left - 8, chart.y(row) + 4, name, anchor="end")
    return chart.svg()


def learning_chart(points: Sequence[Point]) -> str:
    """Draw micro-F1 (full) and macro-F1 (dashed) over the authored sentences."""
    values = [value for p in points for value in (p.micro_f1, p.macro_f1)]
    most = max(point.authored for point in points)
    chart = Chart(
        "Learning curve", (0, max(most, 1)),
        (int(min(values) * 10) / 10, min(1.0, int(max(values) * 10 + 1) / 10)),
        ("authored sentences", "left-out F1: micro full, macro dashed"),
    )  # fmt: skip
    chart.grid(digits=0)
    models = list(dict.fromkeys(point.model for point in points))
    for at, model in enumerate(models):
        own = sorted(
            (p for p in points if p.model == model and p.draw == 0),
            key=lambda p: p.authored,
        )
        colour = _COLOURS[at % len(_COLOURS)]
        chart.line([(p.authored, p.micro_f1) for p in own], colour)
        chart.line([(p.authored, p.macro_f1) for p in own], colour, dashed=True)
        for p in points:
            if p.model == model:
                chart.dot(p.authored, p.micro_f1, colour)
        place = chart.height - _BOTTOM - 14 - 16 * at
        chart.say(_WIDTH - _RIGHT - 8, place, model, colour, "end")
    return chart.svg()
