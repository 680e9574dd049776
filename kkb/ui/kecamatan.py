"""The ranking of the kecamatan: what it rests on, asked once, and its parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries, selection
from kkb.bahasa import _, field
from kkb.charts import kecamatan as charts
from kkb.charts.kecamatan import Line, Square
from kkb.compute import kecamatan
from kkb.compute.kecamatan import Measure
from kkb.naskah import kecamatan as naskah
from kkb.report import kecamatan as report
from kkb.rows import Row, by, first, records
from kkb.selection import CLASS, STATUS
from kkb.ui import klasifikasi, parts, run

HEADLINE = (STATUS, CLASS, "KKB04", "KKB05", "KKB06", "DS01")
"""The measures of the table of all of them, where the warehouse has values."""
DECIMALS = {"%": 1}
"""Decimals of a mean by unit, where the map scheme does not say them."""


@dataclass(frozen=True)
class Ranking:
    """The kecamatan by one indicator: `table` is `compute.kecamatan.figures` with change, one more, and groups."""

    indicator: Row
    measure: Measure
    period: str
    earlier: str | None
    table: pd.DataFrame
    whole: dict[str, float]
    states: pd.DataFrame
    villages: str

    @cached_property
    def ranked(self) -> int:
        """How many kecamatan have a rank."""
        return int(self.table["peringkat"].notna().sum())

    @property
    def name(self) -> str:
        """What it ranks by."""
        return naskah.measure_name(self.indicator, self.measure)

    def value(self, row: Row | dict[str, float]) -> str:
        """The figure of one row, in words."""
        return naskah.figure(row["nilai"], self.measure, self.indicator)

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The table as rows, by the code of the kecamatan."""
        return by(self.table, "kode_kecamatan")

    @cached_property
    def found(self) -> dict[str, Counter[tuple[str, bool]]]:
        """Kecamatan -> how many of its villages are in which class or state, and read with a report missing."""
        counts: dict[str, Counter[tuple[str, bool]]] = {}
        for row in records(self.states):
            of = counts.setdefault(str(row["kode_kecamatan"]), Counter())
            of[str(row["kode_kelas"]), bool(row["is_silent"])] += 1
        return counts


def ranking(code: str) -> Ranking:
    """Rank the kecamatan by an indicator, at the chosen date."""
    period = run.period(code)
    return _ranking(code, period, klasifikasi.earlier_date(period, code))


@run.remembered
def _ranking(code: str, period: str, earlier: str | None) -> Ranking:
    indicator = by(run.rows(queries.indicators), "kode_indikator")[code]
    decimals = fmt.DECIMALS.get(indicator["skema_peta"], DECIMALS.get(indicator["satuan"], 2))
    measure = kecamatan.measure(indicator, decimals)
    values = run.ask(queries.village_values, indikator=code, periode=period)
    quiet = silent(measure, period)
    table = kecamatan.figures(values, measure, quiet)
    then = None
    if earlier:
        before = run.ask(queries.village_values, indikator=code, periode=earlier)
        then = kecamatan.figures(before, measure, silent(measure, earlier))
    table = kecamatan.with_one_more(kecamatan.compared(table, then, measure), measure)
    table = kecamatan.within_groups(table, kecamatan.groups(run.ask(queries.districts)), measure)
    return Ranking(
        indicator,
        measure,
        period,
        earlier,
        table,
        kecamatan.whole(table, measure),
        kecamatan.states(values, measure, quiet),
        naskah.villages_name(values),
    )


def silent(measure: Measure, period: str) -> frozenset[str]:
    """The Kampung KB whose report behind a measure is empty; none where it rests on no report."""
    if not measure.rests_on_reports:
        return frozenset()
    return kecamatan.silent_villages(run.ask(queries.item_scores, periode=period))


def link(**changes: object) -> str:
    """The address of this page with another choice."""
    return address("kecamatan", **changes)


def address(page: str, **changes: object) -> str:
    """The address of a page with another choice."""
    query = urlencode(selection.to_query(run.chosen().with_(**changes)))
    return f"{page}?{query}" if query else page


def findings(known: Ranking) -> None:
    """What to mind before reading a place: small numbers, missing reports, and who moved."""
    told = [
        naskah.small_numbers(known.table, known.measure, known.villages),
        naskah.moved(known.table, known.earlier, known.period),
        naskah.waiting(known.table, known.measure, known.villages),
    ]
    st.markdown(" ".join(t for t in told if t))


def board(known: Ranking) -> None:
    """The ranking, one square a village, and the whole kabupaten under it."""
    legend = run.ask(queries.legend, indikator=known.indicator["kode_indikator"])
    st.html(maps.legend_html(legend, counts(known.states)))
    regency = str(first(run.rows(queries.regency))["nama_kabupaten"])
    order = {
        str(r["kode_kelas"]): (str(r["warna"]), motif(r), field(r, "label"))
        for r in records(legend)
        if r["kode_kelas"] not in ("tidak_dinilai", "tidak_berlaku")
    }
    lines = [
        _line(known, row, charts.village_squares(order, known.found.get(code, {}))) for code, row in known.rows.items()
    ]
    total = Line("", regency, None, known.value(known.whole), naskah.count(known.whole, known.measure), [], [])
    heads = [
        "#",
        _("Kecamatan"),
        _("Nilai"),
        _("n dari N"),
        _("satu kotak: satu {villages}").format(villages=known.villages),
        _("perubahan sejak {day}; peringkat di kelompoknya").format(day=fmt.short_period(known.earlier))
        if known.earlier
        else _("peringkat di kelompoknya"),
    ]
    st.html(charts.ranking(heads, [*lines, total], known.name))
    source(known, naskah.counted(known.measure, known.villages))


def counts(states: pd.DataFrame) -> dict[str, int]:
    """Class or state -> number of villages drawn in it."""
    return {str(k): int(n) for k, n in states["kode_kelas"].value_counts().items()}


def motif(row: Row) -> str | None:
    """The pattern of a row of a legend; None when it has none."""
    return row["motif"] if isinstance(row["motif"], str) and row["motif"] else None


def _line(known: Ranking, row: Row, squares: list[Square]) -> Line:
    if pd.isna(row["peringkat"]):
        notes = [naskah.no_rank()]
    else:
        group = fmt.of(row["peringkat_kelompok"], row["diperingkat_kelompok"])
        notes = [
            naskah.together(row["bersama"]) if row["bersama"] else "",
            naskah.change(row, known.measure),
            _("kelompok: {rank}").format(rank=group),
        ]
    return Line(
        fmt.number(row["peringkat"]),
        str(row["nama_kecamatan"]),
        link(kecamatan=row["kode_kecamatan"], desa=None),
        known.value(row),
        naskah.count(row, known.measure),
        squares,
        [n for n in notes if n],
    )


def source(known: Ranking, extra: str = "") -> None:
    """The source line of one ranking."""
    source = parts.source_of_indicator(str(known.indicator["kode_indikator"]), known.period)
    parts.source_line(source, fmt.period(known.period), extra)


def board_files(known: Ranking) -> None:
    """The ranking as files."""
    title = _("Peringkat kecamatan: {measure}, {day}").format(measure=known.name, day=fmt.period(known.period))
    mean = kecamatan.mean_size(run.ask(queries.districts))
    parts.downloads(
        lambda: report.ranking(known.table, known.measure, known.earlier, naskah.group_names(mean)),
        key="kecamatan-peringkat",
        title=title,
        file_name=f"peringkat-kecamatan_{known.indicator['kode_indikator']}_{known.period}",
        notes=[
            title,
            _("Sumber: {source}. Data per {period}.").format(
                source=parts.source_of_indicator(str(known.indicator["kode_indikator"]), known.period),
                period=fmt.period(known.period),
            ),
            naskah.group_rule(mean, len(known.table)),
            _("Peringkat hanya untuk kecamatan yang datanya lengkap; angka yang sama berbagi peringkat terbaik."),
            _("Versi data {version}.").format(version=run.now().warehouse.version),
        ],
    )
