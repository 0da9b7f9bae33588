"""Draw how each system does as the knowledge base grows: the same points give the same bytes, clear without colour."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.figures import Share

PLOT = Path(__file__).parents[2] / "docs" / "benchmarks-growth.svg"
SALT = "askfirst"  # of the ids within the drawing, which would differ from run to run
# Told apart by mark and dash as well as by shade, so that a black and white print is enough.
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "black", "linestyle": "-", "marker": "o", "linewidth": 2.4},
    {"color": "#555555", "linestyle": "--", "marker": "s"},
    {"color": "#555555", "linestyle": ":", "marker": "^"},
    {"color": "#555555", "linestyle": "-.", "marker": "D"},
    {"color": "#888888", "linestyle": "-", "marker": "x"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A system at a size."""

    system: str
    size: int  # clauses
    first: Share
    three: Share
    p50: float  # ms
    p99: float
    ready: float  # ms
    grown: float  # MB


def draw(points: Sequence[Point], file: Path = PLOT) -> None:
    """Draw accuracy, latency and memory against size, one line a system."""
    with mpl.rc_context({"svg.hashsalt": SALT, "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(10.5, 3.8), layout="constrained")
        FigureCanvasSVG(figure)
        accuracy, latency, memory = figure.subplots(1, 3)
        _lines(accuracy, points, lambda point: point.first.hits / point.first.of)
        _lines(latency, points, lambda point: point.p50)
        _lines(memory, points, lambda point: point.grown)
        accuracy.set(title="Right clause first", ylabel="share of questions", ylim=(0, 1))
        latency.set(title="A question, p50", ylabel="ms on one thread", yscale="log")
        memory.set(title="Memory", ylabel="MB beside a bare Python", yscale="log")
        handles, labels = accuracy.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def _lines(axes: Any, points: Sequence[Point], value: Callable[[Point], float]) -> None:  # noqa: ANN401 - an option brings it
    systems = dict.fromkeys(point.system for point in points)
    for system, style in zip(systems, STYLES, strict=True):
        own = [point for point in points if point.system == system]
        axes.plot([point.size for point in own], [value(point) for point in own], label=system, markersize=5, **style)
    axes.set(xscale="log", xlabel="clauses")
    axes.grid(axis="y", linewidth=0.4, alpha=0.6)
