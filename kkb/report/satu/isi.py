"""What the single file holds, as values that JSON can carry; every number comes with the text it is read as."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from kkb import format as fmt
from kkb.charts import HIGHLIGHT
from kkb.rapat import susun
from kkb.rapat.lembar import Bars, Grid, MapView, Pack, Sheet
from kkb.report.satu import kata

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LOOSE_DECIMALS = 2
"""Decimals of a column of fractions for which a grid names none."""


class Tones:
    """The ways the villages are coloured: many sheets share one, so each is kept once."""

    def __init__(self, villages: list[str]) -> None:
        self.villages = villages
        self.found: list[dict[str, Any]] = []
        self._places: dict[str, int] = {}

    def place(self, view: MapView) -> int:
        """Where the tone of a map stands in `found`. KeyError when a class is not in the legend."""
        known = {k.code: DIGITS[n] for n, k in enumerate(view.legend)}
        outside = self._outside(view, known)
        tone = {
            "classes": "".join(known.get(view.classes.get(v, ""), outside) for v in self.villages),
            "legend": [
                {
                    "label": k.label,
                    "colour": k.colour,
                    "pattern": k.pattern,
                    "told": fmt.number(k.count),
                    "isState": k.is_state,
                }
                for k in view.legend
            ],
        }
        key = json.dumps(tone)
        if key not in self._places:
            self._places[key] = len(self.found)
            self.found.append(tone)
        return self._places[key]

    def _outside(self, view: MapView, known: dict[str, str]) -> str:
        """'-' for villages outside the kecamatan whose class the legend, which counts inside, leaves out."""
        unknown = [v for v, c in view.classes.items() if c not in known]
        wrong = [v for v in unknown if not view.district or v.startswith(view.district)]
        if wrong:
            raise KeyError(view.title, wrong)
        return "-"


def whole(pack: Pack) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is needed for the agenda, and the sheets of all other villages by key."""
    layer = json.loads(pack.layer)
    tones = Tones([unit["k"] for unit in layer["unit"]])
    agenda = {s.key: _sheet(s, tones) | {"inAgenda": True} for s in pack.sheets}
    aside = pack.aside
    others = {s.key: _sheet(s, tones) for s in (*pack.villages, *aside) if s.key not in agenda}
    parts = dict.fromkeys(s.part for s in (*pack.sheets, *pack.villages, *aside))
    main = {
        "language": pack.language,
        "title": pack.title,
        "stamp": pack.stamp,
        "minutes": pack.minutes,
        "missing": fmt.MISSING,
        "words": kata.words(),
        "parts": {p: susun.part_name(p) for p in parts},
        "agenda": list(agenda),
        "villages": [s.choice["desa"] for s in pack.villages],
        "found": [_found(s) for s in (*pack.sheets, *aside) if s.part != "desa"],
        "sheets": agenda,
        "tones": tones.found,
        "layer": layer,
    }
    return main, others


def _found(sheet: Sheet) -> dict[str, Any]:
    """A sheet that is no village, as it is looked up: a kecamatan by its name, others by their title."""
    district = sheet.map.district if sheet.map and sheet.part == "kecamatan" else None
    return {"key": sheet.key, "part": sheet.part, "title": sheet.title, "district": district}


def _sheet(sheet: Sheet, tones: Tones) -> dict[str, Any]:
    return {
        "part": sheet.part,
        "title": sheet.title,
        "source": sheet.source,
        "points": sheet.points,
        "figures": [(f.label, f.value, f.note) for f in sheet.figures],
        "map": _map(sheet.map, tones) if sheet.map else None,
        "chart": _chart(sheet.chart) if sheet.chart else None,
        "grid": grid(sheet.grid) if sheet.grid else None,
        "notes": sheet.notes,
    }


def _map(view: MapView, tones: Tones) -> dict[str, Any]:
    return {
        "title": view.title,
        "alt": view.alt,
        "tone": tones.place(view),
        "district": view.district,
        "village": view.village,
    }


def _chart(chart: Bars) -> dict[str, Any]:
    return {
        "title": chart.title,
        "alt": chart.alt,
        "categories": chart.categories,
        "series": [
            {
                "name": s.name,
                "colour": s.colour,
                "values": s.values,
                "texts": [value(v, chart) for v in s.values],
            }
            for s in chart.series
        ],
        "unit": chart.unit,
        "labels": chart.labels,
        "isStacked": chart.is_stacked,
        "isLying": chart.is_lying,
        "highlight": chart.highlight,
        "strong": HIGHLIGHT,
    }


def value(number: float | None, chart: Bars) -> str:
    """A value of a chart as it is read."""
    text = fmt.number(number, chart.decimals)
    return f"{text}%" if chart.unit == "%" and number is not None else text


def grid(table: Grid) -> dict[str, Any]:
    """A table: a cell is a text, None where nothing is known, or (number, the number as it is read)."""
    columns = [_column(table, n) for n in range(table.rows.shape[1])]
    return {
        "title": table.title,
        "columns": [str(c) for c in table.rows.columns],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def _column(table: Grid, place: int) -> list[Any]:
    values = table.rows.iloc[:, place]
    name = str(table.rows.columns[place])
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    known = [v for v in values if not pd.isna(v)]
    loose = LOOSE_DECIMALS if numeric and any(float(v) != int(v) for v in known) else 0
    decimals = table.decimals.get(name, loose)
    return [None if pd.isna(v) else (_plain(v), fmt.number(v, decimals)) if numeric else str(v) for v in values]


def _plain(number: Any) -> int | float:
    exact = float(number)
    return int(exact) if exact.is_integer() else exact
