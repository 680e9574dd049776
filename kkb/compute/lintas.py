"""What each office is to do, for which village: the gaps of class items, targets, yes-or-no indicators and the status.

One Task is one gap of one village. It belongs to every office its indicator is proposed for, so a task can be in the
lists of several offices, with the same words and numbers in each.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kkb.compute import capaian, jalur, kebutuhan
from kkb.compute.capaian import Target
from kkb.compute.jalur import Board
from kkb.compute.kebutuhan import Need
from kkb.compute.klasifikasi import Rule
from kkb.rows import Row, Table, records

KINDS = ("butir", "target", "ya_tidak", "status", "lapor")
"""A class item below its pass mark; a target missed; a yes-or-no indicator that says no; not yet a Kampung KB; a report
behind the figure that is empty."""
WORK = ("butir", "target", "ya_tidak")
"""Kinds that count as tasks of an office; status and reports are counted apart."""
SHARED = "SEMUA"
"""The office that stands for all."""
SHARERS = ("perangkat_daerah", "instansi_vertikal")
"""Kinds of offices that take part in what is given to all."""
MEASURED_BY = {"KKB10": "SK02", "KKB12": "SK06", "KKB13": "SK07", "KKB14": "SK08", "PK01": "SK09"}
"""Indicators that a class item scores: where their target is its limit of score 3, the item alone holds the task."""
BY_CLASS = ("status", "klasifikasi", "indeks", "skor")
"""Map schemes of the status, and of what class items hold already."""


@dataclass(frozen=True)
class Task:
    """One gap of one village: `value` now and the `goal`, in the unit of the indicator, None where unknown or none.

    `kelas` is its class now, None when it has none; `after` the class once this gap alone is closed, None where the
    gap is no class item. `need` is what that takes; `is_cheapest` says that a cheapest way to the next class uses it.
    """

    village: str
    name: str
    district: str
    district_name: str
    code: str
    kind: str
    value: float | None
    goal: float | None
    kelas: str | None = None
    after: str | None = None
    need: Need | None = None
    is_cheapest: bool = False

    @property
    def lifts(self) -> bool:
        """Whether closing this gap alone gives another class."""
        return self.after is not None and self.after != self.kelas


def item_tasks(board: Board) -> list[Task]:
    """The items below the pass mark of every Kampung KB, and those whose report is empty."""
    found = []
    for village in board.villages:
        place = (village.code, village.name, village.district, village.district_name)
        recap = board.recaps.get(village.code)
        cheapest = village.plan.items if village.plan and village.is_open else frozenset()
        for code, item in board.rule.items.items():
            if code in village.unreported:
                found.append(Task(*place, code, "lapor", None, None, village.kelas))
                continue
            score, goal = village.scores[code], pass_score(board.rule, code)
            if score < goal:
                steps = {code: goal}
                need = kebutuhan.needs(recap, village.scores, steps, board.rule)[0]
                after = jalur.class_after(village, steps, board.rule)
                kind, is_cheapest = "butir", code in cheapest
                found.append(
                    Task(*place, item.code, kind, score, goal, village.kelas, after, need, is_cheapest=is_cheapest)
                )
    return found


def pass_score(rule: Rule, code: str) -> int:
    """The lowest score of an item that passes."""
    return math.ceil(rule.pass_marks[rule.items[code].index])


def gives_tasks(indicator: Mapping[str, Any], target: Target | None, rule: Rule) -> bool:
    """Whether villages can miss an indicator: it has a target, or says yes or no, and no class item says it already."""
    if indicator["skema_peta"] in BY_CLASS or indicator["arah"] == "konteks":
        return False
    if indicator["satuan"] == "ya/tidak":
        return bool(indicator["arah"] == "naik")
    return target is not None and not item_of(str(indicator["kode_indikator"]), target, rule)


def item_of(code: str, target: Target | None, rule: Rule) -> str | None:
    """The class item whose limit of score 3 is the target of an indicator; None when the target is another."""
    item = rule.items.get(MEASURED_BY.get(code, ""))
    if item is None or target is None or not target.is_national or target.year is not None:
        return None
    return item.code if item.limits[1] == target.value else None


def figure_tasks(
    values: Table,
    indicator: Mapping[str, Any],
    goal_of: Callable[[str], float | None],
    classes: Mapping[str, str],
) -> list[Task]:
    """The villages of `queries.village_values` that miss an indicator, and those that did not report it.

    `goal_of` gives the target of a village by its code; a yes-or-no indicator needs none.
    """
    code, is_rising = str(indicator["kode_indikator"]), indicator["arah"] != "turun"
    is_choice = indicator["satuan"] == "ya/tidak"
    found = []
    for row in records(values):
        place = _place(row)
        kelas = classes.get(place[0])
        if row["keadaan"] == "belum_melapor":
            found.append(Task(*place, code, "lapor", None, None, kelas))
        elif row["keadaan"] == "ada" and is_choice and row["nilai"] == 0:
            found.append(Task(*place, code, "ya_tidak", 0, 1, kelas))
        elif row["keadaan"] == "ada" and not is_choice and pd.notna(row["nilai"]):
            goal = goal_of(place[0])
            if goal is not None and capaian.is_missed(float(row["nilai"]), goal, is_rising=is_rising):
                found.append(Task(*place, code, "target", float(row["nilai"]), goal, kelas))
    return found


def status_tasks(values: Table, code: str) -> list[Task]:
    """The villages without the status of Kampung KB."""
    return [Task(*_place(r), code, "status", None, None) for r in records(values) if r["kelas"] == "belum"]


def _place(row: Row) -> tuple[str, str, str, str]:
    return str(row["kode_desa"]), str(row["nama_desa"]), str(row["kode_kecamatan"]), str(row["nama_kecamatan"])


def held(duties: Table, offices: Mapping[str, Row]) -> dict[str, dict[str, str]]:
    """Office -> indicator -> its part: utama, pendukung, or bersama for what is given to all and not to it by name."""
    own: dict[str, dict[str, str]] = {code: {} for code in offices}
    for row in records(duties):
        own[str(row["kode_opd"])][str(row["kode_indikator"])] = str(row["peran"])
    shared = own.get(SHARED, {})
    for code, mine in own.items():
        if code != SHARED and offices[code]["jenis"] in SHARERS:
            mine.update({k: "bersama" for k in shared if k not in mine})
    return own


def of_office(tasks: Iterable[Task], mine: Mapping[str, str], *, is_shared: bool = False) -> list[Task]:
    """The tasks of one office of `held`: its own, or those it shares with all."""
    return [t for t in tasks if t.code in mine and (mine[t.code] == "bersama") == is_shared]


def work(tasks: Iterable[Task]) -> list[Task]:
    """The tasks that are counted as such."""
    return [t for t in tasks if t.kind in WORK]


def of_kind(tasks: Iterable[Task], kind: str) -> list[Task]:
    """The tasks of one kind."""
    return [t for t in tasks if t.kind == kind]


def villages(tasks: Iterable[Task]) -> list[str]:
    """Their villages, each once, by kecamatan and name."""
    return list(dict.fromkeys(t.village for t in sorted(tasks, key=_by_place)))


def by_gap(tasks: Iterable[Task]) -> dict[tuple[str, str], list[Task]]:
    """(indicator, kind) -> its tasks by kecamatan and name; the gap of most villages first."""
    found: dict[tuple[str, str], list[Task]] = {}
    for task in sorted(tasks, key=_by_place):
        found.setdefault((task.code, task.kind), []).append(task)
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def by_village(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Village -> its tasks, in the order of the indicators; villages by kecamatan and name."""
    found: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=_by_place):
        found.setdefault(task.village, []).append(task)
    return found


def _by_place(task: Task) -> tuple[str, str, str, str, str]:
    return task.district_name, task.name, task.village, task.code, task.kind


def class_when_done(board: Board, tasks: Iterable[Task]) -> tuple[str, str] | None:
    """The class of one village now and once all these gaps of class items are closed; None when there is none."""
    steps = {t.code: int(t.goal) for t in tasks if t.kind == "butir" and t.goal is not None}
    village = next((board.of(t.village) for t in tasks), None)
    if village is None or not steps:
        return None
    return village.kelas, jalur.class_after(village, steps, board.rule)


def lifted(board: Board, tasks: Iterable[Task]) -> list[str]:
    """The villages that get another class once all these tasks are done."""
    found = {code: class_when_done(board, mine) for code, mine in by_village(tasks).items()}
    return [code for code, change in found.items() if change and change[0] != change[1]]
