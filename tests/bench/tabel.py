"""What the measures say: a row for each measure with a column for each page, and the goals."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MEASURES = {
    "switch": ("switch: choice to new fill", "ms"),
    "switch_frame": ("switch: choice to the frame after it", "ms"),
    "switch_settled": ("switch: choice to last change", "ms"),
    "date": ("date: choice to last change", "ms"),
    "district": ("kecamatan: choice to last change", "ms"),
    "village": ("village: click to last change", "ms"),
    "cold": ("cold: navigation to painted map", "ms"),
    "cold_whole": ("cold: navigation to painted map and chart", "ms"),
    "cold_ready": ("cold: navigation to the page's own map", "ms"),
    "warm": ("warm: navigation to painted map", "ms"),
    "warm_whole": ("warm: navigation to painted map and chart", "ms"),
    "warm_ready": ("warm: navigation to the page's own map", "ms"),
    "switch_bytes": ("bytes per switch", "kB"),
    "switch_wire": ("bytes per switch, on the wire", "kB"),
    "cold_bytes": ("bytes of a cold visit", "kB"),
    "cold_wire": ("bytes of a cold visit, on the wire", "kB"),
    "memory": ("memory of the server, after the switches", "MB"),
    "memory_end": ("memory of the server, after all visits", "MB"),
}


@dataclass(frozen=True)
class Goal:
    """The most that the median of ours may be: of that of the page `beside`, or in the unit of the measure."""

    measure: str
    most: float
    beside: str | None = None


GOALS = (
    Goal("switch", 0.8, "dash"),
    Goal("cold", 1.0, "dash"),
    Goal("warm", 1.0, "panel"),
    Goal("switch_bytes", 15),
    Goal("memory", 350),
)


@dataclass(frozen=True)
class Row:
    """One measure; `pages` has median, quartiles and number of values of each page that has it."""

    measure: str
    text: str
    unit: str
    pages: dict[str, dict[str, float]]


def summary(values: list[float]) -> dict[str, float]:
    """Median, quartiles and number of values."""
    cuts = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return {"median": cuts[1], "p25": cuts[0], "p75": cuts[2], "n": len(values)}


def rows_of(samples: Mapping[str, Mapping[str, list[float]]]) -> list[Row]:
    """One row per measure, in the order of MEASURES. A page without a measure is not in its row."""
    return [
        Row(name, text, unit, {page: summary(found[name]) for page, found in samples.items() if found.get(name)})
        for name, (text, unit) in MEASURES.items()
    ]


def goals_of(rows: list[Row]) -> list[dict[str, Any]]:
    """Each goal with the value it is held against."""
    found = {row.measure: row for row in rows}
    goals = []
    for goal in GOALS:
        row = found[goal.measure]
        value = row.pages["ours"]["median"]
        text = f"{row.text}: <= {goal.most:g} {row.unit}"
        if goal.beside:
            value /= row.pages[goal.beside]["median"]
            text = f"{row.text}: <= {goal.most:g} of {goal.beside}"
        goals.append({"goal": text, "value": value, "met": value <= goal.most})
    return goals


def table(rows: list[Row], goals: list[dict[str, Any]]) -> str:
    """The results to read: medians, and quartiles in brackets."""
    pages = list(dict.fromkeys(page for row in rows for page in row.pages))
    lines = [
        ["measure", *pages],
        *([f"{row.text} [{row.unit}]", *(_cell(row, page) for page in pages)] for row in rows),
    ]
    first, *others = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    text = [
        "  ".join([line[0].ljust(first), *(c.rjust(w) for c, w in zip(line[1:], others, strict=True))])
        for line in lines
    ]
    verdicts = [f"{g['goal']}: {g['value']:.2f}, {'met' if g['met'] else 'NOT met'}" for g in goals]
    return "\n".join([text[0], "-" * len(text[0]), *text[1:], "", *verdicts])


def _cell(row: Row, page: str) -> str:
    """Empty-handed pages get a dash."""
    if page not in row.pages:
        return "-"
    of, places = row.pages[page], 0 if row.unit == "ms" else 1
    return f"{of['median']:.{places}f} ({of['p25']:.{places}f}-{of['p75']:.{places}f})"
