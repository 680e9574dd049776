"""The tasks of every office in an area on a day, asked of one version: for the page of offices and for the meeting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from kkb import queries
from kkb.compute import capaian, lintas
from kkb.compute.capaian import NATION, Target
from kkb.compute.jalur import Board
from kkb.compute.lintas import Task
from kkb.naskah import naik_kelas as names
from kkb.rows import Row, Table, by, records
from kkb.selection import STATUS

Ask = Callable[..., Table]
"""Puts a question of `kkb.queries`, without the warehouse and with its parameters by name."""


@dataclass(frozen=True)
class Duties:
    """The tasks of an area, its offices by code, and what each holds: indicator -> its part (see `lintas.held`)."""

    board: Board
    tasks: tuple[Task, ...]
    indicators: Mapping[str, Row]
    offices: Mapping[str, Row]
    held: Mapping[str, Mapping[str, str]]

    def own(self, office: str) -> list[Task]:
        """The tasks of an office, without those it shares with all."""
        return lintas.of_office(self.tasks, self.held[office])

    def shared(self, office: str) -> list[Task]:
        """The tasks it shares with all offices."""
        return lintas.of_office(self.tasks, self.held[office], is_shared=True)

    def lifts(self, office: str) -> list[tuple[str, str]]:
        """The villages that get another class once an office has done all its own tasks, with that class."""
        own = lintas.work(self.own(office))
        found = []
        for code in lintas.lifted(self.board, own):
            village = self.board.of(code)
            change = lintas.class_when_done(self.board, [t for t in own if t.village == code])
            if village and change:
                found.append((names.place(village), change[1]))
        return found


@dataclass(frozen=True)
class Targets:
    """The targets of every indicator, as `queries.targets` has them. `areas` are the codes of where a target is looked
    for, the nearest first: a kecamatan if one is chosen, the kabupaten, the nation."""

    rows: Mapping[str, Sequence[Row]]
    indicators: Mapping[str, Row]
    areas: tuple[str, ...]

    @property
    def district(self) -> str | None:
        """The kecamatan that is chosen."""
        return self.areas[0] if len(self.areas) > 2 else None

    def of(self, code: str, year: int) -> Target | None:
        """The target of an indicator for the area; not one that counts the villages of a larger area."""
        unit = self.indicators[code]["satuan"]
        mine = [t for t in self.rows[code] if t["satuan"] == unit or t["kode_wilayah"] == self.areas[0]]
        return capaian.of_year(mine, self.areas, year)

    def anywhere(self, code: str) -> Target | None:
        """Any target of an indicator, whatever area it is for."""
        return capaian.of_year(self.rows[code], [str(t["kode_wilayah"]) for t in self.rows[code]], 0)

    def of_village(self, code: str, village: str, year: int) -> float | None:
        """What a village is to reach: its own target, else that of its kecamatan, the kabupaten or the nation."""
        mine = [t for t in self.rows[code] if t["satuan"] == self.indicators[code]["satuan"]]
        found = capaian.of_year(mine, [village, village[:6], *self.areas[-2:]], year)
        return found.value if found else None


def targets(ask: Ask, indicators: Mapping[str, Row], district: str | None, regency: str) -> Targets:
    """The targets as they are looked for in a kecamatan, or in the kabupaten."""
    rows: dict[str, list[Row]] = {code: [] for code in indicators}
    for row in records(ask(queries.targets)):
        rows[str(row["kode_indikator"])].append(row)
    return Targets(rows, indicators, (*([district] if district else []), regency, NATION))


def duties(ask: Ask, board: Board, goals: Targets, periods: Mapping[str, str], codes: Collection[str]) -> Duties:
    """What each office has to do about the indicators `codes`. `periods` has the period in which each indicator with
    values of villages is looked at."""

    def values(code: str) -> list[Row]:
        found = records(ask(queries.village_values, indikator=code, periode=periods[code]))
        return [row for row in found if goals.district in (None, row["kode_kecamatan"])]

    indicators = goals.indicators
    tasks = [t for t in lintas.item_tasks(board) if t.code in codes]
    classes = {v.code: v.kelas for v in board.villages}
    for code in indicators:
        if code not in codes or code not in periods:
            continue
        year = int(periods[code][:4])
        if lintas.gives_tasks(indicators[code], goals.of(code, year) or goals.anywhere(code), board.rule):

            def goal_of(village: str, code: str = code, year: int = year) -> float | None:
                return goals.of_village(code, village, year)

            tasks += lintas.figure_tasks(values(code), indicators[code], goal_of, classes)
    if STATUS in codes:
        tasks += lintas.status_tasks(values(STATUS), STATUS)
    offices = by(ask(queries.offices), "kode_opd")
    return Duties(board, tuple(tasks), indicators, offices, lintas.held(ask(queries.duties), offices))
