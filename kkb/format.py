"""Numbers, dates and codes as text, in the language in use. Missing values give an en dash, never 0."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from kkb.bahasa import _, language

MISSING = "–"
ZONE = ZoneInfo("Asia/Makassar")
DECIMALS = {"indeks": 2, "idm": 4, "subindeks": 4}
"""Decimals of a value by map scheme, for schemes of measured values."""
_WIDE = Context(prec=400)
"""Holds every number that a computer can: a share of next to nothing is long."""
_BY_CLASS = {"status", "klasifikasi", "skor", "ya_tidak"}


def decimals(scheme: Any, unit: str) -> int | None:
    """Decimals of a village's value, by map scheme, else by unit; None for schemes whose classes say all there is."""
    return None if scheme in _BY_CLASS else DECIMALS.get(str(scheme), 1 if unit.startswith(("%", "indeks")) else 0)


def number(value: Any, decimals: int = 0) -> str:
    """1234.5 -> '1.234,5' with the decimals asked for; halves are rounded up."""
    return MISSING if pd.isna(value) else _number(str(value), decimals, language())


@lru_cache(maxsize=20_000)
def _number(value: str, decimals: int, language: str) -> str:
    """The same of a number as Python writes it. Remembered: a page of tables writes few numbers many times."""
    if not Decimal(value).is_finite():
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(_WIDE):
        exact = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return format_decimal(exact, format=pattern, locale=language)


def percent(value: Any, decimals: int = 1) -> str:
    """A percentage from 0 to 100: 76.34 -> '76,3%'."""
    return MISSING if pd.isna(value) else f"{number(value, decimals)}%"


def share(part: Any, whole: Any, decimals: int = 1) -> str:
    """part of whole as a percentage; missing when the whole is 0 or missing."""
    return MISSING if pd.isna(part) or pd.isna(whole) or not whole else percent(100 * part / whole, decimals)


def of(part: Any, whole: Any) -> str:
    """'24 dari 131'."""
    return _("{part} dari {whole}").format(part=number(part), whole=number(whole))


def period(text: Any) -> str:
    """A date as exact as it is: '2023-08-28' -> '28 Agustus 2023', '2024-12' -> 'Desember 2024', '2024' -> '2024'."""
    if not isinstance(text, str):
        return MISSING
    if len(text) == 4:
        return text
    if len(text) == 7:
        return f"{get_month_names('wide', locale=language())[int(text[5:])]} {text[:4]}"
    return day(date.fromisoformat(text))


def short_period(text: str) -> str:
    """The same with the month cut short: '28 Agu 2023'."""
    return _date(date.fromisoformat(text), "d MMM y", language()) if len(text) == 10 else period(text)


def day(value: Any) -> str:
    """A day: '28 Agustus 2023'."""
    return MISSING if pd.isna(value) else _date(value, "d MMMM y", language())


@lru_cache(maxsize=5_000)
def _date(value: date, pattern: str, language: str) -> str:
    """A day as the pattern of Babel writes it. Remembered: a page names few days many times."""
    return format_date(value, pattern, locale=language)


def today() -> str:
    """Today on the calendar of the kabupaten, ISO 8601."""
    return datetime.now(ZONE).date().isoformat()


def moment(text: str) -> str:
    """A moment in UTC (ISO 8601) on the clock of the kabupaten: '25 November 2026 pukul 11.12 WITA'."""
    local = datetime.fromisoformat(text).astimezone(ZONE)
    return _("{day} pukul {clock} WITA").format(day=day(local.date()), clock=f"{local:%H.%M}")


def village_code(code: str) -> str:
    """'6309032012' -> '63.09.03.2012'."""
    return f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}"


def names(items: list[str]) -> str:
    """'A, B, dan C'."""
    if len(items) < 3:
        return _(" dan ").join(items)
    return _("{first}, dan {last}").format(first=", ".join(items[:-1]), last=items[-1])


def class_name(code: str) -> str:
    """A class of Kampung KB as written on screen; the four names are the same in both languages."""
    return code.capitalize()


def separators() -> str:
    """Decimal and thousands separator, in that order, as plotly wants them."""
    return ",." if language() == "id" else ".,"


def score_range(limits: tuple[float, ...], rising: bool, score: int, unit: str) -> str:
    """Which whole measures give a score: '2–4 sumber', '≥ 51%', '< 10%', '0 poktan'; missing above the ceiling.

    `limits` are where scores 2, 3 and, if it exists, 4 begin.
    """
    if score > len(limits) + 1:
        return MISSING
    begins = limits[score - 2] if score > 1 else None
    ends = limits[score - 1] if score <= len(limits) else None
    if begins is None:
        words = f"{'<' if rising else '>'} {number(ends)}" if unit == "%" else "0"
    elif ends is None:
        words = f"{'≥' if rising else '≤'} {number(begins)}"
    else:
        low, high = (begins, ends - 1) if rising else (ends + 1, begins)
        words = number(low) if low == high else f"{number(low)}–{number(high)}"
    return f"{words}%" if unit == "%" else f"{words} {unit}"


def to_day(text: str) -> date | None:
    """The day that `day` or `short_period` wrote, in the language in use; None for any other text."""
    found = re.fullmatch(r"(\d{1,2}) (\S+) (\d{4})", text)
    if not found:
        return None
    for width in ("wide", "abbreviated"):
        for month, name in get_month_names(width, locale=language()).items():
            if name == found[2]:
                return date(int(found[3]), month, int(found[1]))
    return None
