"""Cells as numbers, the way Indonesian and English spreadsheets write them, and never by a silent guess.

A text such as '1.234' may be a thousand and more, or one and a bit: it is a question until whoever brings the file says
what its decimal sign is, unless only one of the two lies within what the column can hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

from kkb.bahasa import _
from kkb.ingest.sheets import Cell

SIGNS = {"koma": ",", "titik": "."}
"""What a decimal sign is called -> the sign."""
NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "null", "tad"})
"""Texts that mean: no figure."""
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?P<sign>[. ,])\d{3})(?:(?P=sign)\d{3})*(?P<rest>[.,]\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:(?P<sign>[.,])\d+)?")


@dataclass
class Numbers:
    """One column: `values` has None where a cell is blank or not read; the rest are places of cells from 0.

    `wrong` is no number; `ambiguous` may mean two; `mixed` uses another decimal sign than the rest of the file;
    `dashes` stand for no figure; `percent` are texts with a percent sign; `deduced` could be read in one way only
    because of the limits of the column.
    """

    values: list[float | None]
    wrong: set[int] = field(default_factory=set)
    ambiguous: set[int] = field(default_factory=set)
    mixed: set[int] = field(default_factory=set)
    dashes: set[int] = field(default_factory=set)
    percent: set[int] = field(default_factory=set)
    deduced: set[int] = field(default_factory=set)


def both_ways(text: str) -> tuple[float, float]:
    """What an ambiguous text is with a decimal comma, and with a decimal point."""
    clean = _clean(text)
    return tuple(_value(clean, sign) for sign in (",", "."))  # type: ignore[return-value]


def readings(text: str) -> str:
    """The two readings of an ambiguous text, in words."""
    with_comma, with_point = both_ways(text)
    return _("pilih: {a} bila desimalnya koma, {b} bila desimalnya titik").format(
        a=plain(with_comma), b=plain(with_point)
    )


def plain(value: float) -> str:
    """A number with a decimal comma and no grouping, as exact as it is."""
    return f"{value:.15g}".replace(".", ",")


Limits = tuple[float, float]
"""The least and the most a column can hold."""
ANY = (float("-inf"), float("inf"))


def read(columns: Sequence[Sequence[Cell]], limits: Sequence[Limits], decimals: str | None) -> list[Numbers]:
    """Columns of one file as numbers. `decimals` is a key of SIGNS, None while nobody has said. Figures beyond the
    limits are read all the same."""
    found = [_column(cells, bounds, decimals) for cells, bounds in zip(columns, limits, strict=True)]
    if decimals is None:
        _tell_mixed(columns, found)
    return found


def _tell_mixed(columns: Sequence[Sequence[Cell]], found: Sequence[Numbers]) -> None:
    """Cells with the decimal sign that fewer cells of the file have are not read."""
    signs = [[_sign(_clean(c)) if isinstance(c, str) else None for c in cells] for cells in columns]
    used = Counter(sign for column in signs for sign in column if sign in (",", "."))
    if len(used) < 2:
        return
    rare = min((".", ","), key=lambda s: used[s])
    for numbers, column in zip(found, signs, strict=True):
        for place in (n for n, sign in enumerate(column) if sign == rare):
            numbers.mixed.add(place)
            numbers.values[place] = None


def _column(cells: Sequence[Cell], limits: Limits, decimals: str | None) -> Numbers:
    numbers = Numbers([None] * len(cells))
    for place, cell in enumerate(cells):
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if isfinite(cell):
                numbers.values[place] = float(cell)
            else:
                numbers.wrong.add(place)
        elif isinstance(cell, str):
            _text(cell, place, numbers, limits, decimals)
        elif cell is not None:
            numbers.wrong.add(place)
    return numbers


def _text(cell: str, place: int, numbers: Numbers, limits: Limits, decimals: str | None) -> None:
    text = _clean(cell)
    if text.casefold() in NOTHING:
        if text:
            numbers.dashes.add(place)
        return
    if cell.rstrip().endswith("%"):
        numbers.percent.add(place)
    sign = _sign(text)
    if sign is None:
        numbers.wrong.add(place)
    elif decimals is None and sign == "?":
        possible = [v for v in both_ways(text) if limits[0] <= v <= limits[1]]
        if len(possible) == 1:
            numbers.values[place] = possible[0]
            numbers.deduced.add(place)
        else:
            numbers.ambiguous.add(place)
    elif decimals is not None and sign in (",", ".") and sign != SIGNS[decimals]:
        numbers.mixed.add(place)
    else:
        numbers.values[place] = _value(text, SIGNS[decimals] if decimals else sign)


def _clean(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).replace("\u2212", "-").strip()
    text = re.sub(r"^rp\.?\s*", "", text, flags=re.IGNORECASE)
    return text.removesuffix(",-").removesuffix("%").strip()


def _sign(text: str) -> str | None:
    """The decimal sign of a number as text: ',', '.', '' when any will do, '?' when two are possible; None: none."""
    if not text.isascii():
        return None
    if _AMBIGUOUS.fullmatch(text):
        return "?"
    plain = _PLAIN.fullmatch(text)
    if plain:
        return plain["sign"] or ""
    grouped = _GROUPED.fullmatch(text)
    if not grouped or (grouped["rest"] or "").startswith(grouped["sign"]):
        return None
    if grouped["rest"]:
        return grouped["rest"][0]
    return {" ": "", ".": ",", ",": "."}[grouped["sign"]]


def _value(text: str, sign: str) -> float:
    if sign not in (",", "."):
        return float(text.replace(" ", ""))
    other = "." if sign == "," else ","
    return float(text.replace(other, "").replace(" ", "").replace(sign, "."))
