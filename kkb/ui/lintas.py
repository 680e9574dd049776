"""Who is to do what for which village: what the page rests on, asked once per run, and its choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from kkb import format as fmt
from kkb import queries, selection, tugas
from kkb.bahasa import _, field
from kkb.compute import capaian, kecamatan, lintas
from kkb.compute.capaian import Figure, Target
from kkb.compute.jalur import Board
from kkb.compute.kecamatan import Measure
from kkb.compute.lintas import Task
from kkb.errors import EmptyError
from kkb.rows import Row, Table, by, first, records
from kkb.selection import CLASS, STATUS, Selection
from kkb.tugas import Duties
from kkb.ui import parts, run, widgets
from kkb.ui.kecamatan import DECIMALS, silent
from kkb.ui.naik_kelas import board

DERIVED = {"KKB01": STATUS, "KKB03": CLASS}
"""Indicators that are a share of villages -> the indicator whose village values they are counted from."""


@dataclass(frozen=True)
class Sector(Duties):
    """Everything of the chosen area and aim beside the tasks: figures by indicator (those without data are missing) and
    their targets. `codes` are the indicators of the aim; `today` the year in which a target is past."""

    figures: Mapping[str, Figure]
    targets: Mapping[str, Target | None]
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

    def codes_of(self, office: str | None) -> list[str]:
        """The indicators that an office holds itself, or of all; status and class as their shares."""
        mine = self.held[office] if office else dict.fromkeys(self.indicators, "")
        return [c for c in self.codes if mine.get(c, "bersama") != "bersama" and c not in DERIVED.values()]

    def empty(self, office: str | None) -> list[str]:
        """Those of them without any data."""
        return [c for c in self.codes_of(office) if c not in self.figures]


@dataclass(frozen=True)
class _Counted:
    """What differs from one area, day and goal to another, of all indicators."""

    board: Board
    tasks: tuple[Task, ...]
    figures: Mapping[str, Figure]
    targets: Mapping[str, Target | None]


def sector() -> Sector:
    """All that the page shows: of the area on display, and of the chosen aim."""
    chosen, year = run.chosen(), date.today().year
    counted = _counted(chosen.kecamatan, chosen.tanggal, chosen.kelas, year)
    activities = run.ask(queries.activities)
    indicators = by(run.rows(queries.indicators), "kode_indikator")
    offices = by(run.rows(queries.offices), "kode_opd")
    codes = _codes(activities, indicators)
    return Sector(
        counted.board,
        tuple(t for t in counted.tasks if t.code in codes),
        indicators,
        offices,
        lintas.held(run.rows(queries.duties), offices),
        {code: figure for code, figure in counted.figures.items() if code in codes},
        {code: target for code, target in counted.targets.items() if code in codes},
        activities,
        codes,
        year,
    )


@run.remembered
def _counted(district: str | None, day: str | None, goal: str, year: int) -> _Counted:
    """The tasks and figures of an area on the day that was asked for, seen in a year."""
    regency = str(first(run.rows(queries.regency))["kode_kabupaten"])
    indicators = by(run.rows(queries.indicators), "kode_indikator")
    goals = tugas.targets(run.ask, indicators, district, regency)
    published, values = _published(regency), _values(day)
    targets: dict[str, Target | None] = {}
    figures: dict[str, Figure] = {}
    for code in indicators:
        period = _period(code, day, published)
        targets[code] = goals.of(code, int(period[:4]) if period else year)
        told = [v for v in values.get(DERIVED.get(code, code), []) if district in (None, v["kode_kecamatan"])]
        found = _figure(indicators[code], indicators, told, period, targets[code], published) if period else None
        if found:
            figures[code] = found
    periods = {code: _shown(code, day) for code in run.now().options.periode}

    def ask(question: Callable[..., pd.DataFrame], **parameters: object) -> Table:
        """Values of villages were asked for already."""
        if question is queries.village_values:
            return values.get(str(parameters["indikator"]), [])
        return run.ask(question, **parameters)

    known = tugas.duties(ask, board(_shown(CLASS, day), goal, district), goals, periods, indicators)
    return _Counted(known.board, known.tasks, figures, targets)


def _values(day: str | None) -> dict[str, list[Row]]:
    """Indicator -> rows as of `queries.village_values`, on a day; in one question, as each takes longer than it."""
    places = by(run.rows(queries.villages), "kode_desa")
    keys = [f"{code}|{_shown(code, day)}" for code in run.now().options.periode]
    found: dict[str, list[Row]] = {}
    for row in records(queries.coats(run.now().warehouse, keys)):
        found.setdefault(row["kode_indikator"], []).append({**places[row["kode_desa"]], **row})
    return found


def _shown(code: str, day: str | None) -> str:
    """The period in which an indicator with values of villages is shown on a day. EmptyError when it has none."""
    if not run.now().options.periode.get(code):
        raise EmptyError
    return selection.period_of(Selection(tanggal=day), code, run.now().options)


def _published(regency: str) -> dict[str, list[Row]]:
    """What is published of the kabupaten as a whole, by indicator."""
    found: dict[str, list[Row]] = {}
    for row in run.rows(queries.area_values):
        if row["kode_wilayah"] == regency:
            found.setdefault(str(row["kode_indikator"]), []).append(row)
    return found


def _codes(activities: pd.DataFrame, indicators: Mapping[str, Row]) -> tuple[str, ...]:
    aim = run.chosen().sasaran
    if aim is None:
        return tuple(indicators)
    linked = {c for row in records(activities) if row["kode_sasaran"] == aim for c in row["indikator"]}
    return tuple(c for c in indicators if c in linked)


def _period(code: str, day: str | None, published: Mapping[str, list[Row]]) -> str | None:
    """The period in which an indicator is shown on a day; None when there is no figure of it at all."""
    base = DERIVED.get(code, code)
    if run.now().options.periode.get(base):
        return _shown(base, day)
    periods = [str(r["periode"]) for r in published.get(code, [])]
    return selection.period_among(Selection(tanggal=day), periods) if periods else None


def _figure(
    row: Row,
    indicators: Mapping[str, Row],
    values: list[Row],
    period: str,
    target: Target | None,
    published: Mapping[str, list[Row]],
) -> Figure | None:
    """An indicator over the villages of the area, which have `values`; else as published for the kabupaten."""
    code = str(row["kode_indikator"])
    base = indicators[DERIVED.get(code, code)]
    if str(base["kode_indikator"]) in run.now().options.periode:
        measure = _measure(base)
        whole = kecamatan.whole(kecamatan.counted(values, measure, silent(measure, period)), measure)
        if pd.isna(whole["nilai"]):
            return None
        value, n, all_, bagian = (whole[k] for k in ("nilai", "n", "jumlah", "bagian"))
        source = parts.source_of_indicator(measure.code, period)
    else:
        told = next(r for r in published[code] if r["periode"] == period)
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


def choices() -> None:
    """The select boxes of the office and of the aim of Inpres 3/2022."""
    offices = by(run.rows(queries.offices), "kode_opd")
    aims = by(run.ask(queries.activities).drop_duplicates("kode_sasaran"), "kode_sasaran")
    widgets.choose(
        _("Perangkat daerah"),
        "opd",
        [None, *sorted(offices, key=lambda c: str(offices[c]["singkatan"]))],
        run.chosen().opd,
        words=lambda c: str(offices[c]["singkatan"]) if c else _("Semua"),
    )
    widgets.choose(
        _("Sasaran Inpres 3/2022"),
        "sasaran",
        [None, *aims],
        run.chosen().sasaran,
        words=lambda c: f"{c}. {field(aims[c], 'sasaran')}" if c else _("Semua"),
    )
