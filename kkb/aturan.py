"""Checks of the class rule itself, and of the published classes against the rule in force on their date."""

from __future__ import annotations

import pandas as pd

from kkb.compute import klasifikasi as rule_of
from kkb.compute.kesesuaian import differs
from kkb.compute.klasifikasi import INDICES, ITEMS, Rule
from kkb.contracts import BY_NAME
from kkb.errors import Problem

_RULE, _SCORES = BY_NAME["aturan_item"].file, BY_NAME["klasifikasi"].file


def check_rules(table: pd.DataFrame) -> list[Problem]:
    """A rule has each of the twelve items once, limits that do not turn back, and one pass mark an index."""
    problems = []
    for since, rows in table.groupby("berlaku_mulai"):
        missing = sorted(set(ITEMS.values()) - set(rows["kode_indikator"]))
        if missing:
            problems.append(
                Problem(_RULE, None, "kode_indikator", None, f"aturan {since} harus memuat {', '.join(missing)}")
            )
        if set(rows["indeks"]) != set(INDICES):
            problems.append(Problem(_RULE, None, "indeks", None, f"aturan {since} harus memuat input, proses, output"))
    marks = table.groupby(["berlaku_mulai", "indeks"])["ambang_indeks"].transform("nunique")
    for row in table.index[marks > 1]:
        mark = str(table.loc[row, "ambang_indeks"])
        problems.append(_at(_RULE, row, "ambang_indeks", mark, "satu ambang yang sama untuk semua butir satu indeks"))
    for row, rising, *limits in table[["arah", "batas_2", "batas_3", "batas_4"]].itertuples(name=None):
        given = [float(b) for b in limits if pd.notna(b)]
        if given != sorted(set(given), reverse=rising == "turun"):
            words = "batas_2, batas_3, batas_4 menurun" if rising == "turun" else "batas_2, batas_3, batas_4 menaik"
            problems.append(_at(_RULE, row, "batas_3", f"{given[1]:g}", words))
    return problems


def check_scores(scores: pd.DataFrame, table: pd.DataFrame) -> list[Problem]:
    """Every published score is within its ceiling, every index is the mean of its scores, every class follows."""
    known = rule_of.rules(table)
    days = {day: rule_of.in_force(known, str(day)) for day in scores["tanggal"].dropna().unique()}
    problems = []
    for day in sorted(day for day, rule in days.items() if rule is None):
        words = f"tanggal sejak aturan pertama ({known[0].since}); tambahkan aturan yang lebih lama di {_RULE}"
        problems.append(_at(_SCORES, scores.index[scores["tanggal"] == day][0], "tanggal", str(day), words))
    for rule in known:
        rows = scores[scores["tanggal"].isin([day for day, its in days.items() if its == rule])]
        problems += _against(rows, rule)
    return problems


def _against(rows: pd.DataFrame, rule: Rule) -> list[Problem]:
    problems = []
    items = rows.rename(columns=ITEMS)
    for column, code in ITEMS.items():
        ceiling = rule.items[code].ceiling
        for row in items.index[items[code] > ceiling]:
            problems.append(_at(_SCORES, row, column, str(items.loc[row, code]), f"bilangan bulat 1 sampai {ceiling}"))
    means = rule_of.indices(items, rule)
    for index in INDICES:
        column = f"indeks_{index}"
        for row in rows.index[differs(rows[column], means[index])]:
            words = f"rata-rata skornya, {means.loc[row, index]:.2f}"
            problems.append(_at(_SCORES, row, column, str(rows.loc[row, column]), words))
    expected = rule_of.classes(means, rule)
    for row in rows.index[rows["klasifikasi"] != expected]:
        words = f"kelas menurut ketiga indeksnya, {expected[row]}"
        problems.append(_at(_SCORES, row, "klasifikasi", str(rows.loc[row, "klasifikasi"]), words))
    return problems


def _at(file: str, row: object, column: str, value: str, allowed: str) -> Problem:
    return Problem(file, int(str(row)) + 2, column, value, allowed)
