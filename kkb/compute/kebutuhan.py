"""What a step means on the ground: how many people, groups or acts, counted from the recap where it allows that.

Every count is the smallest that reaches the score, all other figures unchanged; the four family planning figures move
together (who is served becomes a user), so they are counted together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kkb.compute import klasifikasi as rule_of
from kkb.compute.klasifikasi import GROUPS, LONG_ACTING, METHODS, REPORTED_IN, UNMET, ItemRule, Rule

Recap = Mapping[str, Any]
"""One row of the recap, flags as booleans."""


@dataclass(frozen=True)
class Need:
    """What lifts one item from `score` to `target`.

    `limit` is where the target score begins; the item now stands between `low` and `high`, both in the unit of the rule
    and equal where it is known exactly. `state` is one of

    - ada: `counts` says how much is missing
    - kisaran: the recap does not hold the item, and the score alone only tells a range
    - belum_melapor: the report behind the item is empty, so nothing is known
    - berbeda: the score counted from this recap is not the published one (they are of different days)
    - tanpa_rekap: the item rests on a recap, and there is none for the date
    - tidak_terhitung: no change of these figures alone is enough

    `counts` are named amounts:

    - SK01: pengurus, anggota, pelatihan; SK05: pendamping, regulasi: 1 where it is missing, and `perlu`, how many of
      them are needed
    - SK02, SK03, SK04, SK06, SK07, SK08: tambah (sources, groups, facilities, data types, activities, agencies)
    - SK09: recap column of each poktan to strengthen -> participants to add
    - SK10 to SK12: layani (couples with unmet need to serve), tambah (further new users), mkjp (of both, with a
      long-acting method), alih (users who change to one), baru (further new users of one instead of `alih`)
    """

    code: str
    score: int
    target: int
    limit: float
    low: float | None
    high: float | None
    state: str
    counts: Mapping[str, int]


def needs(recap: Recap | None, scores: Mapping[str, int], steps: Mapping[str, int], rule: Rule) -> list[Need]:
    """One Need per item that rises, in the official order. `recap` is None when there is none for the date."""
    known = None if recap is None else rule_of.measures_of(recap)
    together = None if recap is None or known is None else _family_planning(recap, known, steps, rule)
    found = []
    for code, item in rule.items.items():
        if code not in steps:
            continue
        target = steps[code]
        limit = item.limits[target - 2]
        measure = None if known is None else known[code]
        low, high = (measure, measure) if measure is not None else _range(item, scores[code])
        state, counts = "kisaran", {}
        if code in REPORTED_IN and recap is None:
            state = "tanpa_rekap"
        elif recap is not None and not rule_of.has_report(recap, code):
            state, low, high = "belum_melapor", None, None
        elif measure is not None and item.score(measure) != scores[code]:
            state = "berbeda"
        elif recap is not None and measure is not None and code in _COUNTS:
            counts = _COUNTS[code](recap, limit)
        elif recap is not None and measure is not None and code in _TOGETHER:
            counts = together or {}
        elif low is not None and low == high:
            counts = {"tambah": math.ceil(limit - low)}
        if state == "kisaran" and (counts or low is None or low == high):
            state = "ada" if counts else "tidak_terhitung"
        found.append(Need(code, scores[code], target, limit, low, high, state, counts))
    return found


def _range(item: ItemRule, score: int) -> tuple[float | None, float | None]:
    """Between which measures an item that is a count stands, by its score alone."""
    if item.code in REPORTED_IN:
        return None, None
    low = item.limits[score - 2] if score > 1 else 0
    return low, item.limits[score - 1] - 1 if score < item.ceiling else low


def _amount(recap: Recap, column: str) -> int:
    return 0 if pd.isna(recap[column]) else int(recap[column])


def _working_group(recap: Recap, limit: float) -> dict[str, int]:
    missing = [
        name
        for name, is_there in (
            ("pengurus", recap["is_pokja_pengurus"]),
            ("anggota", _amount(recap, "pokja_anggota_jiwa") > 0),
            ("pelatihan", recap["is_pokja_pelatihan"]),
        )
        if not is_there
    ]
    # Nothing else counts without a committee, so that comes first even where the rest would be enough.
    return {**dict.fromkeys(missing, 1), "perlu": max(int(limit) - (3 - len(missing)), int("pengurus" in missing))}


def _officer_and_regulation(recap: Recap, limit: float) -> dict[str, int]:
    missing = [n for n, c in (("pendamping", "is_plkb_pendamping"), ("regulasi", "is_regulasi")) if not recap[c]]
    return {**dict.fromkeys(missing, 1), "perlu": int(limit) - (2 - len(missing))}


def _participation(recap: Recap, limit: float) -> dict[str, int]:
    """Participants to add, in one poktan if one is enough, else from the smallest target group up."""
    groups = {a: (_amount(recap, a), _amount(recap, b)) for a, b in GROUPS.items() if _amount(recap, b) > 0}
    shares = {a: float(rule_of.percent(n, whole)) for a, (n, whole) in groups.items()}
    total = sum(shares.values())

    def reached(added: Mapping[str, int]) -> bool:
        new = total + sum(float(rule_of.percent(groups[a][0] + n, groups[a][1])) - shares[a] for a, n in added.items())
        return round(new / len(GROUPS)) >= limit

    def fewest(name: str, already: Mapping[str, int]) -> int | None:
        """Participants to add to one poktan after those already added; None when even all are not enough."""
        low, high = 1, groups[name][1] - groups[name][0]
        if high < 1 or not reached({**already, name: high}):
            return None
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if reached({**already, name: middle}) else (middle + 1, high)
        return low

    single = {name: n for name in groups if (n := fewest(name, {})) is not None}
    if single:
        best = min(single, key=lambda a: single[a])
        return {best: single[best]}
    added: dict[str, int] = {}
    for name in sorted(groups, key=lambda a: groups[a][1]):
        last = fewest(name, added)
        if last is not None:
            return {**added, name: last}
        if groups[name][1] > groups[name][0]:
            added[name] = groups[name][1] - groups[name][0]
    return {}


def _family_planning(
    recap: Recap, known: Mapping[str, float | None], steps: Mapping[str, int], rule: Rule
) -> dict[str, int] | None:
    """Couples to serve so that CPR, MKJP and unmet need reach their target, or keep their score; None if none can."""
    couples = _amount(recap, "pus_pasangan")
    users = sum(_amount(recap, f"{n}_pasangan") for n in METHODS)
    lasting = sum(_amount(recap, f"{n}_pasangan") for n in LONG_ACTING)
    unmet = sum(_amount(recap, f"{n}_pasangan") for n in UNMET)
    cpr, mkjp, need = (rule.items[c] for c in _TOGETHER)
    wanted = {c: steps.get(c, rule.items[c].score(known[c] or 0)) for c in _TOGETHER}

    def enough(item: ItemRule, part: int, whole: int) -> bool:
        return bool(item.score(rule_of.percent(part, whole)) >= wanted[item.code])

    served = next((n for n in range(unmet + 1) if enough(need, unmet - n, couples)), None)
    if served is None:
        return None
    more = next(
        (n for n in range(max(couples - users - served, 0) + 1) if enough(cpr, users + served + n, couples)), None
    )
    if more is None:
        return None
    new, all_users = served + more, users + served + more
    change = next((n for n in range(all_users - lasting + 1) if enough(mkjp, lasting + n, all_users)), None)
    if change is None:
        return None
    counts = {"layani": served, "tambah": more, "mkjp": min(change, new), "alih": change - min(change, new)}
    if counts["alih"]:
        extra = next(
            (n for n in range(couples - all_users + 1) if enough(mkjp, lasting + new + n, all_users + n)), None
        )
        if extra is not None:
            counts["baru"] = extra
    return {name: n for name, n in counts.items() if n}


_TOGETHER = ("SK10", "SK11", "SK12")
_COUNTS: Mapping[str, Callable[[Recap, float], dict[str, int]]] = {
    "SK01": _working_group,
    "SK05": _officer_and_regulation,
    "SK09": _participation,
}
