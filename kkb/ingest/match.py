"""Which village a row of a brought file is: by its code, else by its kecamatan and name.

Names are compared without case, spaces and punctuation, with the spellings of other official lists, and with those that
a person has matched before. A name that occurs in two kecamatan is only ever matched together with its kecamatan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd
from rapidfuzz import fuzz, process

from kkb.bahasa import _

SUGGESTIONS = 3
_NEAR = 70
"""Likeness in percent from which a name is suggested."""
_TOTAL = re.compile(r"\s*(sub\s*|grand\s*)?(total|jumlah|residu|rata-?\s*rata)\b", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """A name without case, accents, spaces and punctuation; a leading 'Desa', 'Kelurahan' or 'Kecamatan' is dropped."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    folded = re.sub(r"^\s*(desa|kelurahan|kel\.|kecamatan|kec\.)\s+", "", folded)
    return re.sub(r"[^a-z0-9]", "", folded)


@lru_cache(maxsize=5_000)
def area(name: str) -> str:
    """The name of a kabupaten, kota or province for comparing: also without 'Kabupaten' or 'Kab.', but with 'Kota'."""
    return plain(re.sub(r"^\s*(kabupaten|kab\.?|provinsi|prov\.?)\s+", "", name, flags=re.IGNORECASE))


def written(district: str, name: str) -> str:
    """The key under which a choice for a name is remembered: plain kecamatan and name."""
    return f"{plain(district)}/{plain(name)}"


def code(value: object) -> str | None:
    """The code of a village (10 digits), kecamatan (6) or kabupaten (4) however it is written: dotted, as a whole
    number, as text; None when it is none. A number with a fraction is no code: its last zeros may be lost."""
    if isinstance(value, bool) or (isinstance(value, float) and value % 1):
        return None
    text = f"{value:.0f}" if isinstance(value, float) else "".join(str(value).split())
    text = re.sub(r"(?<=^\d{10})\.0+$", "", text)
    if re.fullmatch(r"\d{10}|\d{6}|\d{4}", text, re.ASCII):
        return text
    return text.replace(".", "") if re.fullmatch(r"\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?", text, re.ASCII) else None


@dataclass(frozen=True)
class Places:
    """The villages of the kabupaten: `by_name` maps (plain kecamatan, plain name) to a code, `names` a code to
    'Name (Kecamatan)' as it is shown, `areas` the codes of the kabupaten and its kecamatan to their names. `regency`
    and `province` are plain. `chosen` maps a name as `written` gives it to the code chosen for it, '' to set it aside.
    """

    by_name: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    areas: Mapping[str, str]
    regency: str
    province: str
    chosen: Mapping[str, str]

    def is_called(self, code: str, name: str) -> bool:
        """Whether a village goes by a name, in any official spelling."""
        return any(known == code and called == plain(name) for (_district, called), known in self.by_name.items())

    @property
    def districts(self) -> frozenset[str]:
        """The kecamatan, plain."""
        return frozenset(district for district, _name in self.by_name)


def places(tables: Mapping[str, pd.DataFrame], chosen: Mapping[str, str]) -> Places:
    """From the fact tables desa, kecamatan, kabupaten and alias_desa, and what was chosen for names."""
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
    areas = {str(regency["kode_kabupaten"]): str(regency["nama_kabupaten"])}
    areas |= dict(zip(tables["kecamatan"]["kode_kecamatan"], tables["kecamatan"]["nama_kecamatan"], strict=True))
    return Places(by_name, names, areas, area(regency["nama_kabupaten"]), area(regency["provinsi"]), chosen)


@dataclass(frozen=True)
class Matched:
    """Rows by what became of them, by their place from 0.

    `codes` has the code of each matched row; `outside` are rows of other kabupaten, `totals` rows that sum up others,
    `aside` those a person chose to set aside; `unknown` maps a row of this kabupaten without a village to the codes
    whose names are near, nearest first; `wrong` a row to what is wrong with its code.
    """

    codes: Mapping[int, str]
    outside: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()
    unknown: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    wrong: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """How a row names its area: cells as they are, None where the file has no such column."""

    code: object = None
    desa: str | None = None
    kecamatan: str | None = None
    kabupaten: str | None = None
    provinsi: str | None = None


def match(rows: Sequence[Row], known: Places, *, wider: bool = False) -> Matched:
    """Match rows one by one. `wider`: rows may also stand for a kecamatan or the kabupaten."""
    codes: dict[int, str] = {}
    unknown: dict[int, tuple[str, ...]] = {}
    wrong: dict[int, str] = {}
    outside, totals, aside = set[int](), set[int](), set[int]()
    sets = {"outside": outside, "totals": totals, "aside": aside}
    for place, row in enumerate(rows):
        found = _one(row, known, wider)
        if isinstance(found, tuple):
            unknown[place] = found
        elif found in sets:
            sets[found].add(place)
        elif found.isdigit():
            codes[place] = found
        else:
            wrong[place] = found
    return Matched(codes, frozenset(outside), frozenset(totals), frozenset(aside), unknown, wrong)


def _one(row: Row, known: Places, wider: bool) -> str | tuple[str, ...]:
    """A code; 'outside', 'totals' or 'aside'; near codes; or words that say what is wrong."""
    for text, ours in ((row.kabupaten, known.regency), (row.provinsi, known.province)):
        if text and area(text) != ours:
            return "outside"
    if row.code not in (None, ""):
        return _by_code(row, known, wider)
    texts = [t for t in (row.desa, row.kecamatan, row.kabupaten) if t]
    if any(_TOTAL.match(t) for t in texts):
        return "totals"
    if not row.desa:
        district = next((k for k, n in known.areas.items() if row.kecamatan and plain(n) == plain(row.kecamatan)), None)
        return district if wider and district else "totals" if district else _("kode atau nama desa/kelurahan")
    return _by_name(row.desa, row.kecamatan or "", known)


def _by_code(row: Row, known: Places, wider: bool) -> str | tuple[str, ...]:
    found = code(row.code)
    if found is None:
        if _TOTAL.match(str(row.code)):
            return "totals"
        mended = code(str(row.code).upper().replace("O", "0").replace("I", "1").replace("L", "1"))
        if mended and mended in known.names:
            return _("kode 10 angka; mungkin {code}, {name}").format(code=mended, name=known.names[mended])
        return _("kode desa/kelurahan 10 angka, misalnya {code}, ditulis sebagai teks").format(
            code=next(iter(known.names))
        )
    regency = next(iter(known.areas))
    if not found.startswith(regency):
        return "outside"
    if found in known.areas:
        return found if wider else "totals"
    if found not in known.names:
        return _("kode desa/kelurahan yang ada di kabupaten ini")
    if row.desa and known.names[found].split(" (")[0] != row.desa:
        other = _by_name(row.desa, row.kecamatan or "", known)
        if isinstance(other, str) and other.isdigit() and other != found:
            return _("kode dan nama desa yang sama; kode ini {name}").format(name=known.names[found])
    return found


def _by_name(desa: str, district: str, known: Places) -> str | tuple[str, ...]:
    key = (plain(district), plain(desa))
    if key in known.by_name:
        return known.by_name[key]
    remembered = known.chosen.get(written(district, desa))
    if remembered is not None:
        return remembered or "aside"
    if not key[0]:
        same = {c for (_district, name), c in known.by_name.items() if name == key[1]}
        if len(same) == 1:
            return same.pop()
        if same:
            names = ", ".join(known.names[c] for c in sorted(same))
            return _("nama ini ada lebih dari satu; sebutkan kecamatan atau kodenya: {names}").format(names=names)
    return _near(key, known)


def _near(key: tuple[str, str], known: Places) -> tuple[str, ...]:
    """Codes whose names are like the one written, within its kecamatan where that is a real one."""
    district, name = key
    choices = [(n, k) for (d, n), k in known.by_name.items() if district not in known.districts or d == district]
    found = process.extract(name, [n for n, _code in choices], scorer=fuzz.ratio, score_cutoff=_NEAR)
    return tuple(dict.fromkeys(choices[place][1] for _name, _score, place in found))[:SUGGESTIONS]
