"""Which village a row of a brought file is: by its code, else by its kecamatan and name.

Names are compared without case, spaces and punctuation, and with the spellings of other official lists. A name that
occurs in two kecamatan is only ever matched together with its kecamatan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

SUGGESTIONS = 3
_NEAR = 70
"""Likeness in percent from which a name is suggested."""


def plain(name: str) -> str:
    """A name without case, accents, spaces and punctuation; a leading 'Desa', 'Kelurahan' or 'Kecamatan' is dropped."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    folded = re.sub(r"^\s*(desa|kelurahan|kel\.|kecamatan|kec\.)\s+", "", folded)
    return re.sub(r"[^a-z0-9]", "", folded)


def area(name: str) -> str:
    """The name of a kabupaten, kota or province for comparing: also without 'Kabupaten' or 'Kab.', but with 'Kota'."""
    return plain(re.sub(r"^\s*(kabupaten|kab\.?|provinsi|prov\.?)\s+", "", name, flags=re.IGNORECASE))


def code(value: object) -> str | None:
    """A village code however it is written: dotted, as a number, as text; None when it is none."""
    text = str(value).strip()
    if re.fullmatch(r"\d{10}\.0+", text):
        text = text.split(".")[0]
    digits = text.replace(".", "")
    return digits if re.fullmatch(r"\d{10}", digits, re.ASCII) else None


@dataclass(frozen=True)
class Places:
    """The villages of the kabupaten: `by_name` maps (plain kecamatan, plain name) to a code, `names` a code to
    'Name (Kecamatan)' as it is shown. `regency` and `province` are plain."""

    by_name: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    regency: str
    province: str

    @property
    def districts(self) -> frozenset[str]:
        """The kecamatan, plain."""
        return frozenset(district for district, _name in self.by_name)


def places(tables: Mapping[str, pd.DataFrame]) -> Places:
    """From the fact tables desa, kecamatan, kabupaten and alias_desa."""
    villages = tables["desa"].merge(tables["kecamatan"][["kode_kecamatan", "nama_kecamatan"]])
    district = dict(zip(villages["kode_desa"], villages["nama_kecamatan"], strict=True))
    by_name = {
        (plain(district[key]), plain(alias)): key
        for key, alias in zip(tables["alias_desa"]["kode_desa"], tables["alias_desa"]["alias"], strict=True)
    }
    by_name |= {
        (plain(district[k]), plain(n)): k for k, n in zip(villages["kode_desa"], villages["nama_desa"], strict=True)
    }
    names = {k: f"{n} ({district[k]})" for k, n in zip(villages["kode_desa"], villages["nama_desa"], strict=True)}
    regency = tables["kabupaten"].iloc[0]
    return Places(by_name, names, area(regency["nama_kabupaten"]), area(regency["provinsi"]))


@dataclass(frozen=True)
class Matched:
    """Rows by what became of them: `codes` has a code for each matched row; `outside` are rows of other kabupaten;
    `unknown` maps a row of this kabupaten without a village to the codes whose names are near, nearest first."""

    codes: pd.Series
    outside: pd.Series
    unknown: Mapping[int, tuple[str, ...]]


def match(rows: pd.DataFrame, known: Places) -> Matched:
    """Match rows that carry provinsi, kabupaten, kecamatan and desa by name."""
    outside = (rows["kabupaten"].map(area) != known.regency) | (rows["provinsi"].map(area) != known.province)
    codes: dict[int, str] = {}
    unknown: dict[int, tuple[str, ...]] = {}
    for row in rows.index[~outside]:
        key = (plain(str(rows.at[row, "kecamatan"])), plain(str(rows.at[row, "desa"])))
        if key in known.by_name:
            codes[row] = known.by_name[key]
        else:
            unknown[row] = _near(key, known)
    return Matched(pd.Series(codes, dtype="str"), outside, unknown)


def _near(key: tuple[str, str], known: Places) -> tuple[str, ...]:
    """Codes whose names are like the one written, within its kecamatan where that is a real one."""
    district, name = key
    choices = [(n, k) for (d, n), k in known.by_name.items() if district not in known.districts or d == district]
    found = process.extract(name, [n for n, _code in choices], scorer=fuzz.ratio, score_cutoff=_NEAR)
    return tuple(dict.fromkeys(choices[place][1] for _name, _score, place in found))[:SUGGESTIONS]
