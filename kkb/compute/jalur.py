"""Where every Kampung KB stands on its way up at one date, and what an office or a kecamatan holds of it.

A village whose failing index rests on a report that was not made is kept apart: its scores of 1 are only the portal's
for "no report", so what is missing is known as an upper bound alone, and the report comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from kkb.compute import kebutuhan, klasifikasi, naik_kelas
from kkb.compute.kebutuhan import Need
from kkb.compute.klasifikasi import CLASSES, INDICES, KB_REPORT, REPORTED_IN, Rule
from kkb.compute.naik_kelas import Plan, Route, Steps
from kkb.rows import Row, by, records

GROUPS = ("satu", "dekat", "jauh", "lapor", "sampai")
"""One point away, two or three, more, report first, at the goal."""
FAMILY_PLANNING = tuple(code for code, columns in REPORTED_IN.items() if columns == KB_REPORT)
"""Items counted from the same couples, so what they need is counted together."""


@dataclass(frozen=True)
class Village:
    """One Kampung KB: its scores, the items whose report is missing, and the cheapest ways to `target`.

    `waits` are the reports ('kb', 'poktan') that must come first; `plan` is None when the ceilings bar the way.
    """

    code: str
    name: str
    district: str
    district_name: str
    kelas: str
    scores: Mapping[str, int]
    unreported: frozenset[str]
    waits: tuple[str, ...]
    target: str
    plan: Plan | None

    @property
    def points(self) -> int | None:
        """Points to the target; an upper bound when the village waits for a report; None when there is no way."""
        return self.plan.points if self.plan else None

    @property
    def routes(self) -> tuple[Route, ...]:
        """The choices of indices to lift, the one that leads highest first; none at the goal or without a way."""
        return self.plan.routes if self.plan else ()

    @property
    def group(self) -> str:
        """Its place in GROUPS."""
        if self.points == 0:
            return "sampai"
        if self.waits:
            return "lapor"
        if self.points is None or self.points > 3:
            return "jauh"
        return "satu" if self.points == 1 else "dekat"

    @property
    def is_open(self) -> bool:
        """Whether points are still missing and it is known how many."""
        return self.plan is not None and self.group in ("satu", "dekat", "jauh")


@dataclass(frozen=True)
class Board:
    """All that the page rests on: the villages nearest first, the rule, item rows, owners and recap rows by code."""

    period: str
    rule: Rule
    villages: tuple[Village, ...]
    items: Mapping[str, Row]
    owners: Mapping[str, tuple[str, ...]]
    recaps: Mapping[str, Row]

    def of(self, code: str | None) -> Village | None:
        """A village by its code; None when it is not a Kampung KB of the area on display."""
        return next((v for v in self.villages if v.code == code), None)


def board(
    period: str,
    rule: Rule,
    goal: str,
    item_rules: pd.DataFrame,
    owners: Mapping[str, tuple[str, ...]],
    item_scores: pd.DataFrame,
    recaps: pd.DataFrame,
) -> Board:
    """The board of a date out of the answers of `queries.item_rules`, `item_scores` and `recap`; `owners` are the
    offices of each item."""
    return Board(
        period,
        rule,
        villages(item_scores, rule, goal),
        by(item_rules[item_rules["berlaku_mulai"] == rule.since], "kode_indikator"),
        owners,
        by(recaps, "kode_desa"),
    )


def villages(item_scores: pd.DataFrame, rule: Rule, goal: str) -> tuple[Village, ...]:
    """One Village per Kampung KB of `queries.item_scores`: known distances first, the nearest on top."""
    by_village: dict[str, list[Row]] = {}
    for row in records(item_scores):
        by_village.setdefault(str(row["kode_desa"]), []).append(row)
    found = []
    for code, rows in by_village.items():
        row = rows[0]
        scores = {str(r["kode_indikator"]): int(r["nilai"]) for r in rows}
        unreported = frozenset(str(r["kode_indikator"]) for r in rows if r["keadaan"] == "belum_melapor")
        above = naik_kelas.next_class(scores, rule) or CLASSES[-1]
        target = above if goal == "berikut" else goal
        found.append(
            Village(
                code,
                str(row["nama_desa"]),
                str(row["kode_kecamatan"]),
                str(row["nama_kecamatan"]),
                str(row["kelas"]),
                scores,
                unreported,
                _waits(scores, unreported, rule),
                target,
                naik_kelas.plan(scores, rule, target),
            )
        )
    rank = {"lapor": 1, "sampai": 2}
    return tuple(sorted(found, key=lambda v: (rank.get(v.group, 0), v.points is None, v.points, v.name, v.code)))


def _waits(scores: Mapping[str, int], unreported: frozenset[str], rule: Rule) -> tuple[str, ...]:
    failing = [i for i, n in naik_kelas.missing_points(scores, rule).items() if n]
    blocking = {item.code for i in failing for item in rule.of(i)} & unreported
    reports = {"kb": blocking.intersection(FAMILY_PLANNING), "poktan": blocking.difference(FAMILY_PLANNING)}
    return tuple(name for name, codes in reports.items() if codes)


def counts(found: Iterable[Village]) -> dict[str, int]:
    """How many villages are in each of GROUPS."""
    groups = [v.group for v in found]
    return {name: groups.count(name) for name in GROUPS}


def needs_by_way(village: Village, recap: Row | None, rule: Rule) -> dict[frozenset[tuple[str, int]], list[Need]]:
    """What each way of each route takes, in the official order of the items; the key is the items of the way.

    Only the family planning items depend on what else is in the way; all others are counted once per score.
    """
    ways = [way for route in village.routes for listed in route.ways.values() for way in listed]
    tied = set(FAMILY_PLANNING) - village.unreported

    def count(steps: Mapping[str, int]) -> dict[tuple[str, int], Need]:
        return {(n.code, n.target): n for n in kebutuhan.needs(recap, village.scores, steps, rule)}

    alone: dict[tuple[str, int], Need] = {}
    for target in sorted({score for way in ways for score in way.values()}):
        alone |= count({c: target for way in ways for c, score in way.items() if score == target and c not in tied})
    joint: dict[frozenset[tuple[str, int]], dict[tuple[str, int], Need]] = {frozenset(): {}}
    found = {}
    for way in ways:
        family = frozenset(step for step in way.items() if step[0] in tied)
        if family not in joint:
            joint[family] = count(dict(family))
        known = {**alone, **joint[family]}
        found[frozenset(way.items())] = [known[c, way[c]] for c in rule.items if c in way]
    return found


def tried(pairs: Iterable[tuple[str, int]], village: Village, rule: Rule) -> dict[str, int]:
    """The scores tried out that differ from the present ones and exist: item code -> score."""
    return {
        code: score
        for code, score in pairs
        if code in village.scores and 1 <= score <= rule.items[code].ceiling and score != village.scores[code]
    }


def example(way: Steps, index: str, route: Route, already: Mapping[str, int], rule: Rule) -> Steps:
    """A whole set with this way in `index`: other indices keep what is tried there, else take their first way."""
    chosen = dict(way)
    for other, ways in route.ways.items():
        if other != index:
            codes = {item.code for item in rule.of(other)}
            kept = {c: s for c, s in already.items() if c in codes}
            chosen |= kept or ways[0]
    return chosen


def rests_on(route: Route, index: str, unreported: frozenset[str]) -> bool:
    """Whether the ways in an index hold items without a report, so that they are only a bound."""
    return any(unreported & way.keys() for way in route.ways[index])


def is_needed(plan: Plan, owned: frozenset[str]) -> bool:
    """Whether every cheapest set holds at least one of these items."""
    return bool(plan.routes) and all(
        any(all(owned & way.keys() for way in ways) for ways in route.ways.values()) for route in plan.routes
    )


def office_items(found: Iterable[Village], owners: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """One row per office, village with a known distance, and item of the office in some cheapest set.

    `is_butir_wajib`: the item is in every cheapest set. `is_opd_wajib`: every cheapest set holds an item of the office.
    """
    offices = sorted({name for names in owners.values() for name in names})
    rows = []
    for village in found:
        if village.plan is None or not village.is_open:
            continue
        for office in offices:
            owned = frozenset(code for code, names in owners.items() if office in names)
            needed = is_needed(village.plan, owned)
            rows += [
                (office, village.code, code, code in village.plan.needed, needed)
                for code in sorted(owned & village.plan.items)
            ]
    return pd.DataFrame(rows, columns=["opd", "kode_desa", "kode_indikator", "is_butir_wajib", "is_opd_wajib"])


def district_totals(found: Iterable[Village]) -> pd.DataFrame:
    """One row per kecamatan: Kampung KB, how many are at the goal, one point away or must report first, and the points
    still missing where they are known."""
    rows = [
        (
            v.district,
            v.district_name,
            1,
            int(v.group == "sampai"),
            int(v.group == "satu"),
            int(v.group == "lapor"),
            (v.points or 0) if v.is_open else 0,
        )
        for v in found
    ]
    columns = ["kode_kecamatan", "nama_kecamatan", "jumlah", "sampai", "satu", "lapor", "poin"]
    table = pd.DataFrame(rows, columns=columns)
    return table.groupby(columns[:2], as_index=False).sum().sort_values("nama_kecamatan", ignore_index=True)


def passed(village: Village, rule: Rule) -> dict[str, float]:
    """The indices that pass, with their means."""
    means = naik_kelas.means(village.scores, rule)
    return {i: means[i] for i in INDICES if means[i] >= rule.pass_marks[i]}


def class_after(village: Village, steps: Mapping[str, int], rule: Rule) -> str:
    """The class once the steps are made."""
    return klasifikasi.class_of(naik_kelas.after(village.scores, steps), rule)
