"""The official class rule: recap -> measures -> item scores -> indices -> class.

Thresholds come from `data/aturan_item.csv`; each date uses the rule in force on it. What a recap tells of an item is
written down in `measures`, as found by comparing the two national exports of 27 October 2022 (17,731 villages):

- SK01, SK05, SK07, SK09, SK10, SK11 follow from it in every village.
- SK12 follows from it but for 34 villages (0.2%) that reported zeros only: the recap writes zero as blank, so they
  look like villages that did not report.
- SK02 follows from it but where it says 1, which the portal also writes for none.
- SK06 follows from it only where it says no data is used.
- SK03, SK04 and SK08 do not follow from it.

Percentages are rounded to whole numbers, halves to the even one (as PostgreSQL rounds), before they are compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

ITEMS = {
    "skor_pokja": "SK01",
    "skor_sumber_dana": "SK02",
    "skor_poktan_input": "SK03",
    "skor_sarana": "SK04",
    "skor_plkb_regulasi": "SK05",
    "skor_penggunaan_data": "SK06",
    "skor_operasional": "SK07",
    "skor_lintas_sektor": "SK08",
    "skor_partisipasi_poktan": "SK09",
    "skor_cpr": "SK10",
    "skor_mkjp": "SK11",
    "skor_unmet_need": "SK12",
}
"""Score column of the portal -> indicator code."""

INDICES = ("input", "proses", "output")
CLASSES = ("dasar", "berkembang", "mandiri", "berkelanjutan")
"""Class codes, lowest first."""
_CLASS_BY_PASSED = np.array([0, 0, 0, 1, 0, 2, 2, 3])
"""Place in CLASSES by which indices pass: 1 for input + 2 for proses + 4 for output."""

METHODS = ("iud", "mow", "mop", "kondom", "implan", "suntik", "pil")
LONG_ACTING = ("iud", "mow", "mop", "implan")
UNMET = ("anak_kemudian", "tidak_ingin_anak")
KB_REPORT = tuple(f"{n}_pasangan" for n in (*METHODS, "hamil", "anak_segera", *UNMET))
"""Recap columns of the KB report; all blank means that it was not made."""
GROUPS = {
    "bkb_kk": "punya_balita_kk",
    "bkr_kk": "punya_remaja_kk",
    "bkl_kk": "punya_lansia_kk",
    "uppka_kk": "keluarga_kk",
    "pikr_jiwa": "remaja_jiwa",
}
"""Participants of each poktan -> those it is for."""
REPORTED_IN = {"SK09": tuple(GROUPS), "SK10": KB_REPORT, "SK11": KB_REPORT, "SK12": KB_REPORT}
"""Items that rest on a report -> its columns. Without the report the portal gives score 1."""
NOT_IN_RECAP = ("SK03", "SK04", "SK08")
"""Items of which no recap says anything."""


@dataclass(frozen=True)
class ItemRule:
    """How one item is scored: `limits` are where scores 2, 3 and, if it exists, 4 begin, in the unit of the measure."""

    code: str
    index: str
    rising: bool
    limits: tuple[float, ...]

    @property
    def ceiling(self) -> int:
        """The highest score there is: 3 or 4."""
        return 1 + len(self.limits)

    def score(self, measure: Any) -> Any:
        """Score of a measure or of an array of them; a missing measure gives 1."""
        return 1 + sum(1 * ((measure >= b) if self.rising else (measure <= b)) for b in self.limits)


@dataclass(frozen=True)
class Rule:
    """The rule in force from one day on: items by code in the official order, and the pass mark of each index."""

    since: str
    items: Mapping[str, ItemRule]
    pass_marks: Mapping[str, float]

    def of(self, index: str) -> tuple[ItemRule, ...]:
        """The items of one index."""
        return tuple(i for i in self.items.values() if i.index == index)


def rules(table: pd.DataFrame) -> tuple[Rule, ...]:
    """All rules of the table `aturan_item`, oldest first."""
    found = []
    for since, rows in table.sort_values(["berlaku_mulai", "urutan"]).groupby("berlaku_mulai"):
        items = {}
        for row in rows.to_dict("records"):
            limits = tuple(float(row[f"batas_{n}"]) for n in (2, 3, 4) if pd.notna(row[f"batas_{n}"]))
            code = str(row["kode_indikator"])
            items[code] = ItemRule(code, str(row["indeks"]), row["arah"] == "naik", limits)
        marks = {str(i): float(a) for i, a in zip(rows["indeks"], rows["ambang_indeks"], strict=True)}
        found.append(Rule(str(since), items, marks))
    return tuple(found)


def in_force(known: tuple[Rule, ...], day: str) -> Rule | None:
    """The rule in force on a day (ISO 8601); None before the first."""
    return next((r for r in reversed(known) if r.since <= day), None)


def percent(part: Any, whole: Any) -> Any:
    """part of whole in whole percent, halves to the even number; 0 where there is no whole. Numbers or arrays."""
    if not isinstance(whole, np.ndarray):
        return float(round(100 * part / whole)) if whole > 0 else 0.0
    return np.rint(np.divide(100.0 * part, whole, out=np.zeros(len(whole)), where=whole > 0))


def is_reported(recap: pd.DataFrame, code: str) -> pd.Series:
    """Whether the report behind an item is filled, one per row of the recap; True for items that need none."""
    columns = list(REPORTED_IN.get(code, ()))
    return recap[columns].notna().any(axis=1) if columns else pd.Series(True, index=recap.index)


def measures(recap: pd.DataFrame) -> pd.DataFrame:
    """What the recap says of each item: rows as in the recap, columns SK01 to SK12, in the unit of the rule.

    `recap` has the columns of `data/kampung_kb_rekap.csv`, flags as booleans. Missing where the recap cannot tell, or
    where the report was not made.
    """
    columns = {c: recap[c].fillna(0).to_numpy(dtype=float) for c in _MEASURED}
    table = pd.DataFrame(_measures(columns), index=recap.index)
    for code in REPORTED_IN:
        table[code] = table[code].where(is_reported(recap, code))
    return table


def measures_of(recap: Mapping[str, Any]) -> dict[str, float | None]:
    """The same of one village: item code -> measure, None where missing."""
    found = _measures({c: 0.0 if pd.isna(recap[c]) else float(recap[c]) for c in _MEASURED})
    told = {code: None if np.isnan(found[code]) else float(found[code]) for code in found}
    return {code: measure if has_report(recap, code) else None for code, measure in told.items()}


def has_report(recap: Mapping[str, Any], code: str) -> bool:
    """Whether the report behind an item of one village is filled; True for items that need none."""
    return any(pd.notna(recap[c]) for c in REPORTED_IN[code]) if code in REPORTED_IN else True


_MEASURED = (
    "is_pokja_pengurus",
    "is_pokja_pelatihan",
    "pokja_anggota_jiwa",
    "sumber_dana_jumlah",
    "is_plkb_pendamping",
    "is_regulasi",
    "is_penggunaan_data",
    "mekanisme_operasional_jumlah",
    "pus_pasangan",
    *(f"{n}_pasangan" for n in (*METHODS, *UNMET)),
    *GROUPS,
    *GROUPS.values(),
)


def _measures(of: Mapping[str, Any]) -> dict[str, Any]:
    """Measures from recap columns without blanks, as arrays or as single numbers; whoever calls minds the reports."""
    users = sum(of[f"{n}_pasangan"] for n in METHODS)
    lasting = sum(of[f"{n}_pasangan"] for n in LONG_ACTING)
    unmet = sum(of[f"{n}_pasangan"] for n in UNMET)
    shares = sum(percent(of[joined], of[whole]) for joined, whole in GROUPS.items())
    funds, data = of["sumber_dana_jumlah"], of["is_penggunaan_data"]
    found = {
        "SK01": of["is_pokja_pengurus"] * (1 + (of["pokja_anggota_jiwa"] > 0) + of["is_pokja_pelatihan"]),
        "SK02": np.where(funds == 1, np.nan, funds),
        "SK05": of["is_plkb_pendamping"] + of["is_regulasi"],
        "SK06": np.where(data > 0, np.nan, 0),
        "SK07": of["mekanisme_operasional_jumlah"],
        "SK09": np.rint(shares / len(GROUPS)),
        "SK10": percent(users, of["pus_pasangan"]),
        "SK11": percent(lasting, users),
        "SK12": percent(unmet, of["pus_pasangan"]),
        **dict.fromkeys(NOT_IN_RECAP, np.nan * funds),
    }
    return dict(sorted(found.items()))


def item_scores(recap: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Scores from the recap: rows as in it, columns SK01 to SK12, missing where the recap cannot tell.

    A village without the report gets score 1, as the portal gives it; `is_reported` tells which those are.
    """
    known = measures(recap)
    scores = {}
    for code, item in rule.items.items():
        told = known[code].notna() | ~is_reported(recap, code)
        scores[code] = pd.Series(item.score(known[code].to_numpy()), index=recap.index, dtype="Int64").where(told)
    return pd.DataFrame(scores)


def indices(scores: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Indices from item scores (columns SK01 to SK12): columns input, proses, output, exact means."""
    return pd.DataFrame(
        {index: scores[[i.code for i in rule.of(index)]].astype(float).mean(axis=1) for index in INDICES}
    )


def classes(means: pd.DataFrame, rule: Rule) -> pd.Series:
    """Class code of each row of indices."""
    passed = [(means[i].to_numpy(dtype=float) >= rule.pass_marks[i]).astype(int) for i in INDICES]
    rank = _CLASS_BY_PASSED[passed[0] + 2 * passed[1] + 4 * passed[2]]
    return pd.Series(np.array(CLASSES, dtype=object)[rank], index=means.index, dtype="str")


def class_if(passed: frozenset[str]) -> str:
    """The class of a village of which these indices pass."""
    return CLASSES[_CLASS_BY_PASSED[sum(1 << n for n, index in enumerate(INDICES) if index in passed)]]


def index_of(scores: Mapping[str, int], rule: Rule, index: str) -> float:
    """One index of one village."""
    items = rule.of(index)
    return sum(scores[i.code] for i in items) / len(items)


def class_of(scores: Mapping[str, int], rule: Rule) -> str:
    """The class of one village from its twelve scores."""
    return class_if(frozenset(i for i in INDICES if index_of(scores, rule, i) >= rule.pass_marks[i]))
