"""Map classes for an indicator without official ones: up to five even steps between round limits.

The steps are made from all values of all dates, so that a colour means the same on every date.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log10

import pandas as pd

COLOURS = ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#225ea8")
_CHOSEN = {1: (3,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Number of classes -> places in COLOURS."""
_NOTES = {
    False: (
        "Selang sama lebar untuk peta, tetap di semua tanggal; bukan batas resmi",
        "Even steps for the map, the same on all dates; not official limits",
    ),
    True: (
        "Selang sama lebar untuk peta, tetap di semua tanggal; bukan batas resmi. Makin rendah makin baik",
        "Even steps for the map, the same on all dates; not official limits. Lower is better",
    ),
}


def limits(low: float, high: float) -> tuple[float, ...]:
    """Round limits of at most five steps that hold all values from `low` to `high`, both included."""
    if low == high:
        return (low, low)
    size = 10 ** floor(log10((high - low) / len(COLOURS)))
    for step in (size * k for k in (1, 2, 2.5, 5, 10, 20)):
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first <= len(COLOURS):
            break
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def scheme(code: str, values: pd.Series, unit: str, lower_is_better: bool) -> pd.DataFrame:
    """Rows of the table `skema_peta` for an indicator, lowest class first; `values` has at least one."""
    marks = limits(float(values.min()), float(values.max()))
    note, note_en = _NOTES[lower_is_better]
    count = len(marks) - 1
    rows = []
    for n, (low, high) in enumerate(pairwise(marks)):
        is_last = n == count - 1
        words = {"id": "sampai" if is_last else "sampai <", "en": "to" if is_last else "to <"}
        sign = "%" if unit.startswith("%") else ""
        labels = {k: f"{low:g}{sign}" if low == high else f"{low:g} {w} {high:g}{sign}" for k, w in words.items()}
        rows.append(
            {
                "skema": code,
                "urutan": n + 1,
                "kode_kelas": f"v{n + 1}",
                "label": labels["id"].replace(".", ","),
                "label_en": labels["en"],
                "batas_bawah": low,
                "batas_atas": high + (1e-6 if is_last else 0),
                "tertutup": "bawah",
                "warna": COLOURS[_CHOSEN[count][n]],
                "catatan": note,
                "catatan_en": note_en,
            }
        )
    return pd.DataFrame(rows)
