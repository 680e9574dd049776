"""`python -m kkb classify`: recompute any portal export by the rule, and say how far it agrees with what is published.

A rekap-klasifikasi gives scores, so indices and class are recomputed from them. A rekap-kampung gives figures, so the
scores that follow from them are counted. Both together show where counted and published scores differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kkb import format as fmt
from kkb.compute import kesesuaian
from kkb.compute import klasifikasi as rule_of
from kkb.compute.klasifikasi import INDICES, ITEMS, Rule
from kkb.contracts import BY_NAME
from kkb.errors import FactError, FileError, Problem
from kkb.ingest import portal
from kkb.schema import check, read

_PLACE = list(portal.PLACE.values())
_PUBLISHED = [*ITEMS, *(f"indeks_{i}" for i in INDICES), "klasifikasi"]
_SCORES, _RECAP = portal.KINDS


@dataclass(frozen=True)
class Result:
    """What `classify` found.

    `table` has one row per Kampung KB: its place, then per item, index and for the class the published value and, in a
    column ending in `_hitung`, the counted one, missing where it cannot be counted. `agreement` and `differences` are
    as `compute.kesesuaian` gives them, the latter with the place of each village. `apart` says which rows were not
    compared, and `odd` which cells cannot be true.
    """

    rule: Rule
    files: tuple[tuple[str, str, int], ...]
    table: pd.DataFrame
    agreement: pd.DataFrame
    differences: pd.DataFrame
    apart: tuple[str, ...]
    odd: tuple[Problem, ...]


def rule_on(day: str, facts: Path) -> Rule:
    """The rule in force on a day. FactError when the table is broken, FileError when no rule is that old."""
    contract = BY_NAME["aturan_item"]
    table, problems = check(contract, read(facts, contract))
    if problems:
        raise FactError(problems)
    known = rule_of.rules(table)
    rule = rule_of.in_force(known, day)
    if rule is None:
        raise FileError(
            f"Tidak ada aturan klasifikasi yang berlaku pada {fmt.period(day)}.",
            f"Aturan pertama berlaku sejak {fmt.period(known[0].since)}; pilih tanggal lain.",
        )
    return rule


def classify(paths: list[Path], rule: Rule) -> Result:
    """Recompute one export, or compare one of each kind. FileError when the files are not that."""
    exports = [portal.read(path) for path in paths]
    by_kind = {e.kind: e.table for e in exports}
    if len(by_kind) < len(exports):
        raise FileError(
            f"Berkas berjenis sama diberikan lebih dari sekali: {exports[0].kind}.",
            f"Berikan satu berkas, atau satu {_SCORES} dan satu {_RECAP} dari hari yang sama.",
        )
    apart: list[str] = []
    if len(by_kind) == 2:
        table = _joined(_from_scores(by_kind[_SCORES], rule), _from_recap(by_kind[_RECAP], rule), apart)
    elif _SCORES in by_kind:
        table = _from_scores(by_kind[_SCORES], rule)
    else:
        table = _bounded(_from_recap(by_kind[_RECAP], rule), rule)
    table = table.sort_values(list(table.columns), ignore_index=True)
    names = [c for c in _PUBLISHED if c in table and f"{c}_hitung" in table]
    published = table[names]
    counted = pd.DataFrame({c: table[f"{c}_hitung"] for c in names})
    differences = kesesuaian.disagreements(published, counted)
    places = table.loc[differences["baris"], _PLACE].reset_index(drop=True)
    return Result(
        rule,
        tuple((e.file, e.kind, len(e.table)) for e in exports),
        table,
        kesesuaian.agreement(published, counted),
        pd.concat([places, differences.drop(columns="baris")], axis=1),
        tuple(apart),
        tuple(p for e in exports for p in e.odd),
    )


def _from_scores(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    means = rule_of.indices(table.rename(columns=ITEMS), rule)
    counted = {f"indeks_{i}_hitung": means[i].round(4) for i in INDICES}
    return table.assign(**counted, klasifikasi_hitung=rule_of.classes(means, rule))


def _from_recap(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    counted = rule_of.item_scores(table, rule)
    return table[_PLACE].assign(
        is_lapor_kb=rule_of.is_reported(table, "SK10"),
        is_lapor_poktan=rule_of.is_reported(table, "SK09"),
        **{f"{column}_hitung": counted[code] for column, code in ITEMS.items()},
    )


def _bounded(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Adds the lowest and the highest class that the scores a recap cannot tell leave open."""
    counted = pd.DataFrame({code: table[f"{column}_hitung"] for column, code in ITEMS.items()})
    highest = {code: item.ceiling for code, item in rule.items.items()}
    filled = {"kelas_terendah": counted.fillna(1), "kelas_tertinggi": counted.fillna(highest)}
    return table.assign(**{n: rule_of.classes(rule_of.indices(s, rule), rule) for n, s in filled.items()})


def _joined(scores: pd.DataFrame, recap: pd.DataFrame, apart: list[str]) -> pd.DataFrame:
    """Rows of both files by the names of their place; rows that occur twice or in one file only are set apart."""
    sides = []
    for table, kind in ((scores, _SCORES), (recap, _RECAP)):
        key = table[_PLACE[0]].str.cat(table[_PLACE[1:]], sep="|").str.casefold()
        twice = key.duplicated(keep=False)
        if twice.any():
            apart.append(f"{fmt.number(twice.sum())} baris {kind} yang nama dan tempatnya berulang")
        sides.append(table.assign(kunci=key)[~twice])
    both = sides[0].merge(sides[1].drop(columns=_PLACE), on="kunci", how="inner")
    for side, kind in zip(sides, (_SCORES, _RECAP), strict=True):
        if len(side) > len(both):
            apart.append(f"{fmt.number(len(side) - len(both))} baris yang hanya ada di {kind}")
    if both.empty:
        raise FileError(
            "Tidak ada desa yang sama di kedua berkas.",
            f"Berikan {_SCORES} dan {_RECAP} dari wilayah dan hari yang sama.",
        )
    return both.drop(columns="kunci")


def report(result: Result) -> list[str]:
    """The result as lines to print: what was read, the agreement, every disagreement."""
    lines = [f"{file}: {kind}, {fmt.number(n)} Kampung KB" for file, kind, n in result.files]
    lines += [f"Tidak dibandingkan: {words}" for words in result.apart]
    if result.odd:
        lines.append(f"Nilai yang tidak mungkin benar, tetap dihitung apa adanya: {fmt.number(len(result.odd))}")
        lines += [f"  {problem}" for problem in result.odd]
    lines += [f"Aturan yang dipakai berlaku sejak {fmt.period(result.rule.since)}", ""]
    if result.agreement.empty:
        return [*lines, *_recap_alone(result.table)]
    lines.append(f"{'kolom':<26}{'sama':>10}{'dari':>10}{'persen':>10}{'tidak dapat dihitung':>24}")
    for name, same, of, unknown in result.agreement.itertuples(index=False):
        told = [fmt.number(same), fmt.number(of), fmt.share(same, of, 2), fmt.number(unknown)]
        lines.append(f"{name:<26}{told[0]:>10}{told[1]:>10}{told[2]:>10}{told[3]:>24}")
    if len(result.files) == 1:
        lines.append(f"Skor butir tidak dihitung ulang tanpa {_RECAP} dari hari yang sama; tambahkan berkasnya.")
    lines += ["", f"Perbedaan: {fmt.number(len(result.differences))}"]
    for r in result.differences.to_dict("records"):
        place = f"{r['desa']}, {r['kecamatan']}, {r['kabupaten']}, {r['provinsi']} ({r['nama_kampung_kb']})"
        lines.append(f"  {place}: {r['kolom']} terbit {r['terbit']}, hitungan {r['hitung']}")
    return lines


def _recap_alone(table: pd.DataFrame) -> list[str]:
    lines = [f"Rekap tidak memuat skor terbitan; tambahkan {_SCORES} dari hari yang sama untuk membandingkan.", ""]
    for column in ITEMS:
        scores = table[f"{column}_hitung"]
        told = [f"skor {n}: {fmt.number((scores == n).sum())}" for n in (1, 2, 3, 4) if (scores == n).any()]
        if scores.isna().any():
            told.append(f"tidak dapat dihitung: {fmt.number(scores.isna().sum())}")
        lines.append(f"{column:<26}{' · '.join(told)}")
    sure = (table["kelas_terendah"] == table["kelas_tertinggi"]).sum()
    return [
        *lines,
        "",
        f"Laporan KB kosong: {fmt.number((~table['is_lapor_kb']).sum())}",
        f"Kelas yang pasti dari rekap saja: {fmt.of(sure, len(table))}",
    ]
