"""Who is to do what for which village: what the page rests on, asked once per run, and its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field
from kkb.compute import capaian, kecamatan, lintas
from kkb.compute.capaian import NATION, Figure, Target
from kkb.compute.jalur import Board
from kkb.compute.kecamatan import Measure
from kkb.compute.lintas import Task
from kkb.rows import Row, by, first, records
from kkb.selection import CLASS, STATUS
from kkb.ui import parts, run, widgets
from kkb.ui.kecamatan import DECIMALS, silent
from kkb.ui.naik_kelas import board

DERIVED = {"KKB01": STATUS, "KKB03": CLASS}
"""Indicators that are a share of villages -> the indicator whose village values they are counted from."""


@dataclass(frozen=True)
class Sector:
    """Everything of the chosen area and aim: tasks, figures by indicator (those without data are missing), offices, and
    what each holds. `codes` are the indicators of the aim; `today` the year in which a target is past."""

    board: Board
    tasks: tuple[Task, ...]
    figures: Mapping[str, Figure]
    targets: Mapping[str, Target | None]
    indicators: Mapping[str, Row]
    offices: Mapping[str, Row]
    held: Mapping[str, Mapping[str, str]]
    activities: pd.DataFrame
    codes: tuple[str, ...]
    today: int

    @property
    def period(self) -> str:
        """The day of the classes."""
        return self.board.period

    @cached_property
    def office(self) -> Row | None:
        """The office that is chosen."""
        return self.offices[code] if (code := run.chosen().opd) else None

    def own(self, office: str) -> list[Task]:
        """The tasks of an office, without those it shares with all."""
        return lintas.of_office(self.tasks, self.held[office])

    def shared(self, office: str) -> list[Task]:
        """The tasks it shares with all offices."""
        return lintas.of_office(self.tasks, self.held[office], is_shared=True)

    def codes_of(self, office: str | None) -> list[str]:
        """The indicators that an office holds itself, or of all; status and class as their shares."""
        mine = self.held[office] if office else dict.fromkeys(self.indicators, "")
        return [c for c in self.codes if mine.get(c, "bersama") != "bersama" and c not in DERIVED.values()]

    def empty(self, office: str | None) -> list[str]:
        """Those of them without any data."""
        return [c for c in self.codes_of(office) if c not in self.figures]

    def offices_of(self, code: str) -> str:
        """The offices of an indicator with their parts: 'Dinkes (utama), PUPR'."""
        return str(self.indicators[code]["opd"])


@dataclass(frozen=True)
class _Places:
    """Codes of where a target is looked for, the nearest area first, and what is published of the kabupaten."""

    areas: tuple[str, ...]
    published: Mapping[str, list[Row]]


def _places() -> _Places:
    kabupaten = str(first(run.ask(queries.regency))["kode_kabupaten"])
    chosen = run.chosen().kecamatan
    published: dict[str, list[Row]] = {}
    for row in records(run.ask(queries.area_values)):
        if row["kode_wilayah"] == kabupaten:
            published.setdefault(str(row["kode_indikator"]), []).append(row)
    return _Places((*([chosen] if chosen else []), kabupaten, NATION), published)


def sector() -> Sector:
    """Ask for all that the page shows."""
    here = _places()
    known = board(run.period(CLASS))
    indicators = by(run.ask(queries.indicators), "kode_indikator")
    activities = run.ask(queries.activities)
    codes = _codes(activities, indicators)
    targets: dict[str, list[Row]] = {code: [] for code in indicators}
    for row in records(run.ask(queries.targets)):
        targets[str(row["kode_indikator"])].append(row)
    chosen_target: dict[str, Target | None] = {}
    figures: dict[str, Figure] = {}
    for code in codes:
        period = _period(code, here)
        year = int(period[:4]) if period else date.today().year
        chosen_target[code] = capaian.of_year(_usable(targets[code], indicators[code], here), here.areas, year)
        found = _figure(indicators[code], indicators, period, chosen_target[code], here) if period else None
        if found:
            figures[code] = found
    tasks = [t for t in lintas.item_tasks(known) if t.code in codes]
    classes = {v.code: v.kelas for v in known.villages}
    for code in codes:
        goal = chosen_target[code] or capaian.of_year(targets[code], [str(t["kode_wilayah"]) for t in targets[code]], 0)
        if code in run.now().options.periode and lintas.gives_tasks(indicators[code], goal, known.rule):
            tasks += _figure_tasks(indicators[code], targets[code], classes, here)
    if STATUS in codes:
        tasks += lintas.status_tasks(_values(STATUS), STATUS)
    offices = by(run.ask(queries.offices), "kode_opd")
    held = lintas.held(run.ask(queries.duties), offices)
    return Sector(
        known,
        tuple(tasks),
        figures,
        chosen_target,
        indicators,
        offices,
        held,
        activities,
        codes,
        date.today().year,
    )


def _codes(activities: pd.DataFrame, indicators: Mapping[str, Row]) -> tuple[str, ...]:
    aim = run.chosen().sasaran
    if aim is None:
        return tuple(indicators)
    linked = {c for row in records(activities) if row["kode_sasaran"] == aim for c in row["indikator"]}
    return tuple(c for c in indicators if c in linked)


def _usable(targets: list[Row], indicator: Row, here: _Places) -> list[Row]:
    """Without those that count villages of a larger area than the one on display."""
    return [t for t in targets if t["satuan"] == indicator["satuan"] or t["kode_wilayah"] == here.areas[0]]


def _period(code: str, here: _Places) -> str | None:
    """The period in which an indicator is shown; None when there is no figure of it at all."""
    base = DERIVED.get(code, code)
    if run.now().options.periode.get(base):
        return run.period(base)
    periods = [str(r["periode"]) for r in here.published.get(code, [])]
    asked = run.chosen().tanggal
    return next((p for p in reversed(periods) if asked is None or p <= asked), periods[0] if periods else None)


def _values(code: str) -> pd.DataFrame:
    return run.ask(queries.village_values, indikator=code, periode=run.period(code), kecamatan=run.chosen().kecamatan)


def _figure(
    row: Row, indicators: Mapping[str, Row], period: str, target: Target | None, here: _Places
) -> Figure | None:
    """An indicator over the villages of the area; else as published for the kabupaten."""
    code = str(row["kode_indikator"])
    base = indicators[DERIVED.get(code, code)]
    if str(base["kode_indikator"]) in run.now().options.periode:
        measure = _measure(base)
        whole = kecamatan.whole(kecamatan.figures(_values(measure.code), measure, silent(measure, period)), measure)
        if pd.isna(whole["nilai"]):
            return None
        value, n, all_, bagian = (whole[k] for k in ("nilai", "n", "jumlah", "bagian"))
        source = parts.source_of_indicator(measure.code, period)
    else:
        told = next(r for r in here.published[code] if r["periode"] == period)
        measure, value, n, all_, bagian, source = None, float(told["nilai"]), 0, 0, 0, str(told["sumber"])
    is_count = target is not None and measure is not None and measure.is_share and target.unit != row["satuan"]
    counted = float(bagian if is_count else value)
    percent = capaian.percent(counted, target.value, is_rising=row["arah"] != "turun") if target else None
    if row["arah"] == "konteks":
        percent = None
    return Figure(code, period, float(value), int(n), int(all_), measure, target, counted, percent, source)


def _measure(indicator: Row) -> Measure:
    decimals = fmt.DECIMALS.get(indicator["skema_peta"], DECIMALS.get(indicator["satuan"], 2))
    return kecamatan.measure(indicator, decimals)


def _figure_tasks(indicator: Row, targets: list[Row], classes: Mapping[str, str], here: _Places) -> list[Task]:
    code = str(indicator["kode_indikator"])
    year = int(run.period(code)[:4])

    mine = [t for t in targets if t["satuan"] == indicator["satuan"]]

    def goal_of(village: str) -> float | None:
        found = capaian.of_year(mine, [village, village[:6], *here.areas[-2:]], year)
        return found.value if found else None

    return lintas.figure_tasks(_values(code), indicator, goal_of, classes)


def choices() -> None:
    """The select boxes of the office and of the aim of Inpres 3/2022."""
    offices = by(run.ask(queries.offices), "kode_opd")
    aims = by(run.ask(queries.activities).drop_duplicates("kode_sasaran"), "kode_sasaran")
    widgets.choose(
        _("Perangkat daerah"),
        "opd",
        [None, *sorted(offices, key=lambda c: str(offices[c]["singkatan"]))],
        run.chosen().opd,
        words=lambda c: f"{offices[c]['singkatan']} – {field(offices[c], 'nama')}" if c else _("Semua"),
    )
    widgets.choose(
        _("Sasaran Inpres 3/2022"),
        "sasaran",
        [None, *aims],
        run.chosen().sasaran,
        words=lambda c: f"{c}. {field(aims[c], 'sasaran')}" if c else _("Semua"),
    )
