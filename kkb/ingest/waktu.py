"""Cells as days and periods, as exact as they are written."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel.dates import get_month_names

from kkb.ingest.sheets import Cell

_MONTHS = {
    name.casefold(): number
    for locale in ("id", "en")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=locale).items()
} | {"agt": 8, "nopember": 11, "pebruari": 2, "sept": 9}


def period(cell: Cell) -> str | None:
    """'2024', '2024-08' or '2024-08-31' from a number, a date or a text; None when it is none of them."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return str(int(cell)) if cell == cell and cell % 1 == 0 and 1900 <= cell <= 2100 else None
    text = " ".join(str(cell).split()).casefold()
    if found := re.fullmatch(r"(\d{4})(\.0+)?", text, re.ASCII):
        return found[1] if 1900 <= int(found[1]) <= 2100 else None
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})(-(?P<d>\d{1,2}))?(t.*| 0+:.*)?",
        r"((?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-](?P<y>\d{4})",
        r"((?P<d>\d{1,2})[ -])?(?P<name>[a-z]+)[ -](?P<y>\d{4})",
    ):
        if found := re.fullmatch(pattern, text, re.ASCII):
            part = found.groupdict()
            number = _MONTHS.get(part["name"]) if part.get("name") else int(part["m"])
            return _made(int(part["y"]), number, part["d"])
    return None


def month(cell: Cell) -> int | None:
    """A month by number or name."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell in range(1, 13) else None
    text = str(cell).strip().casefold()
    return int(text) if re.fullmatch(r"0?[1-9]|1[0-2]", text, re.ASCII) else _MONTHS.get(text)


def day(cell: Cell) -> str | None:
    """A whole day (ISO 8601), None for anything less exact."""
    found = period(cell)
    return found if found and len(found) == 10 else None


def _made(year: int, number: int | None, day_text: str | None) -> str | None:
    if number is None:
        return None
    try:
        made = date(year, number, int(day_text or 1))
    except ValueError:
        return None
    return made.isoformat() if day_text else made.isoformat()[:7]
