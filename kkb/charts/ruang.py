"""The classes of the map of like and unlike neighbours, and its legend, in plain HTML that explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from kkb import format as fmt
from kkb import maps
from kkb.bahasa import _, field
from kkb.compute.ruang import ALONE, NOT_CLEAR, PATTERNS, Pattern
from kkb.naskah.ruang import pattern_names
from kkb.rows import by, records

COLOURS = {"tt": "#08519c", "rr": "#b35806", "tr": "#9ecae1", "rt": "#fdb863", NOT_CLEAR: "#f2f2f2", ALONE: "#d5dbe0"}
MOTIFS = {ALONE: "titik", "rt": "silang"}
"""What sets apart those that look alike: without neighbours, and in grey the two kinds that differ from theirs."""


def classes(states: pd.DataFrame) -> pd.DataFrame:
    """The classes of the map as a legend for `maps.paint`; `states` are the states in `queries.legend`."""
    names = pattern_names()
    own = [
        {
            "bagian": "keadaan" if code == ALONE else "kelas",
            "kode_kelas": code,
            "label": name,
            "label_en": name,
            "warna": COLOURS[code],
            "motif": MOTIFS.get(code),
        }
        for code, name in names.items()
    ]
    return pd.concat([pd.DataFrame(own), states[list(own[0])]], ignore_index=True)


def on_map(values: pd.DataFrame, test: Pattern) -> pd.DataFrame:
    """The rows of all villages with their pattern as `kelas`; a value that was not tested is the state 'alone'."""
    pattern = values["kode_desa"].map(test.villages.set_index("kode_desa")["pola"])
    state = values["keadaan"].mask((values["keadaan"] == "ada") & pattern.isna(), ALONE)
    return values.assign(kelas=pattern, keadaan=state)


def legend(counts: Mapping[str, int], states: Mapping[str, int], table: pd.DataFrame, villages: pd.DataFrame) -> str:
    """Each pattern with its colour, number, meaning and villages; below it how many have none.

    `table` is `classes`, `villages` the rows of `on_map` on display, `counts` and `states` their numbers.
    """
    meanings = {
        "tt": _("nilainya di atas rata-rata, begitu pula rata-rata tetangganya"),
        "rr": _("nilainya di bawah rata-rata, begitu pula rata-rata tetangganya"),
        "tr": _("nilainya di atas rata-rata, rata-rata tetangganya di bawah"),
        "rt": _("nilainya di bawah rata-rata, rata-rata tetangganya di atas"),
    }
    names = pattern_names()
    entries = "".join(
        f'<p style="margin:0 0 .45rem">{maps.swatch(COLOURS[code], MOTIFS.get(code))} <b>{escape(names[code])}: '
        f'{fmt.number(counts.get(code, 0))}</b><br><span style="color:var(--redup);font-size:.84rem">'
        f"{escape(meanings[code])}</span>{_members(villages[villages['kelas'] == code])}</p>"
        for code in PATTERNS
    )
    listed = by(table, "kode_kelas")
    rest = [(NOT_CLEAR, counts.get(NOT_CLEAR, 0)), *states.items()]
    others = "".join(
        f'<span style="white-space:nowrap">{maps.swatch(listed[code]["warna"], _motif(listed[code]["motif"]))} '
        f"{escape(field(listed[code], 'label'))}: <b>{fmt.number(n)}</b></span> "
        for code, n in rest
        if n
    )
    return (
        f'<div style="font-size:.9rem;line-height:1.35">{entries}'
        f'<div style="display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.84rem">{others}</div></div>'
    )


def _motif(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _members(rows: pd.DataFrame) -> str:
    told = [f"{r['nama_desa']} ({r['nama_kecamatan']})" for r in records(rows.sort_values("nama_desa"))]
    return f"<br>{escape(fmt.names(told))}" if told else ""
