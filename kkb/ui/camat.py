"""The sheet of one kecamatan: what it rests on, asked once, and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import camat as charts
from kkb.charts import naik_kelas as bars
from kkb.compute import camat, kebutuhan, ringkasan
from kkb.compute.jalur import Board, Village
from kkb.naskah import camat as naskah
from kkb.naskah import kecamatan as words
from kkb.naskah import langkah
from kkb.report import naik_kelas as recaps
from kkb.rows import Row, by, first
from kkb.selection import CLASS, STATUS
from kkb.ui import kecamatan, parts, run
from kkb.ui.kecamatan import Ranking
from kkb.ui.naik_kelas import board
from kkb.ui.simulasi import index_rows

IDM = "DS01"
BLOCK = 262
"""Pixels: two Kampung KB side by side on a laptop, one on a phone and on paper."""
PORTAL, RECAP = "kampung_kb_klasifikasi.csv", "kampung_kb_rekap.csv"


@dataclass(frozen=True)
class District:
    """All that the sheet of one kecamatan rests on: `period` is the day of the classes; who has the status may be
    known of a later one."""

    code: str
    period: str
    facts: Row
    villages: pd.DataFrame
    known: Board
    boards: dict[str, Ranking]
    idm_year: str | None

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.facts["nama_kecamatan"])

    @property
    def reached(self) -> int:
        """How many of its villages are Kampung KB."""
        return int(self.villages["is_kampung_kb"].sum())

    @cached_property
    def left(self) -> pd.DataFrame:
        """Its villages without the status."""
        return self.villages[~self.villages["is_kampung_kb"]]

    @cached_property
    def mix(self) -> dict[str, int]:
        """Class -> Kampung KB."""
        return ringkasan.at_period(run.ask(queries.class_counts, kecamatan=self.code), self.period)


def district(code: str) -> District:
    """Ask for all that the sheet shows."""
    period = run.period(CLASS)
    facts = by(run.rows(queries.districts), "kode_kecamatan")[code]
    regency = first(run.rows(queries.regency))
    known = board(period, "berikut", code)
    year = run.period(IDM) if run.now().options.periode.get(IDM) else None
    chosen = run.chosen().indikator
    codes = [c for c in dict.fromkeys([*kecamatan.HEADLINE, chosen]) if run.now().options.periode.get(c)]
    return District(
        code,
        period,
        {**facts, "nama_kabupaten": regency["nama_kabupaten"]},
        _villages(code, run.period(), period, year),
        known,
        {c: kecamatan.ranking(c) for c in codes},
        year,
    )


@run.remembered
def _villages(code: str, status: str, classes: str, year: str | None) -> pd.DataFrame:
    """The villages of a kecamatan (`camat.villages`), on the days of status and classes and in the year of the IDM."""
    return camat.villages(
        run.ask(queries.village_values, indikator=STATUS, periode=status, kecamatan=code),
        run.ask(queries.village_classes, periode=classes, kecamatan=code),
        run.ask(queries.village_values, indikator=IDM, periode=year, kecamatan=code) if year else None,
    )


def heading(here: District) -> None:
    """The finding, and which kecamatan, date and version it is of."""
    places = run.ask(queries.villages)
    area = float(places.loc[places["kode_kecamatan"] == here.code, "luas_km2"].sum())
    st.title(naskah.title(here.name, here.reached, len(here.villages), here.known.villages))
    st.caption(naskah.identity(here.facts, area, here.period, run.now().warehouse.version))


def ways_on() -> None:
    """To the other pages of this kecamatan, and back to all."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for words_, icon, page in (
            (_("Langkah naik kelas"), ":material/trending_up:", "naik_kelas"),
            (_("Peta kecamatan"), ":material/map:", "peta"),
            (_("Profil desa"), ":material/home_work:", "desa"),
            (_("Tugas lintas sektor"), ":material/groups:", "lintas_sektor"),
        ):
            st.button(words_, icon=icon, key=f"ke-{page}", on_click=run.visit, args=(page,), kwargs={"desa": None})
        st.button(
            _("Semua kecamatan"),
            icon=":material/arrow_back:",
            key="semua-kecamatan",
            on_click=run.change,
            kwargs={"kecamatan": None, "desa": None},
        )
        st.caption(_("Untuk mencetak pada kertas A4, tekan Ctrl+P."))


def cards(here: District) -> None:
    """Coverage, gap, rank, class mix and reports."""
    source = parts.source_of_indicator(STATUS, run.period())
    own = here.boards[STATUS].rows[here.code]
    reports = run.ask(queries.reporting, periode=here.period, kecamatan=here.code)
    parts.cards(
        [
            parts.Card(
                _("Cakupan"),
                fmt.share(here.reached, len(here.villages)),
                fmt.of(here.reached, len(here.villages)),
                source,
            ),
            parts.Card(_("Kesenjangan"), fmt.number(len(here.left)), _("belum Kampung KB"), source),
            parts.Card(
                _("Peringkat cakupan"),
                fmt.of(own["peringkat"], here.boards[STATUS].ranked),
                words.together(own["bersama"]) if own["bersama"] else _("kecamatan"),
                source,
            ),
            parts.Card(
                _("Susunan kelas"),
                " · ".join(fmt.number(n) for n in here.mix.values()),
                _("Dasar · Berkembang · Mandiri · Berkelanjutan"),
                parts.source_of(PORTAL),
            ),
            parts.Card(
                _("Pelaporan KB"),
                fmt.of(int(reports["is_lapor_kb"].sum()), len(reports)),
                _("laporan poktan: {n}").format(n=fmt.of(int(reports["is_lapor_poktan"].sum()), len(reports))),
                _("Laporan KB terisi pada rekap portal terakhir sampai tanggal itu."),
            ),
        ]
    )


def kampung_kb(here: District) -> None:
    """Its Kampung KB: class, indices, and what each lacks for the class above."""
    st.header(naskah.kampung_title(here.known.villages))
    if not here.known.villages:
        st.markdown(_("Kelas, indeks, dan langkah baru ada setelah desa/kelurahan berstatus Kampung KB."))
    unscored = here.villages[here.villages["is_kampung_kb"] & here.villages["kelas"].isna()]
    if len(unscored):
        names = fmt.names([str(n) for n in unscored["nama_desa"]])
        st.markdown(_("Sudah Kampung KB, tetapi belum dinilai portal: {names}.").format(names=names))
    with st.container(horizontal=True, gap="small"):
        for village in here.known.villages:
            with st.container(width=BLOCK, gap="small"):
                _village(here.known, village)
    parts.source_line(
        parts.source_of(PORTAL, RECAP),
        fmt.period(here.period),
        _("Rekap per {days}. Garis tegak: ambang kelulusan.").format(days=recaps.recap_days(here.known)),
    )


def _village(known: Board, village: Village) -> None:
    st.html(
        charts.village_head(village.name, village.kelas, kecamatan.address("desa", desa=village.code, simulasi=()))
        + '<div style="height:.4rem"></div>'
        + bars.index_bars(index_rows(known, village, village.scores))
    )
    st.markdown(naskah.need(village))
    if village.is_open and village.routes:
        steps = next(village.routes[0].sets())
        needs = kebutuhan.needs(known.recaps.get(village.code), village.scores, steps, known.rule)
        lines = langkah.lines(needs, known.items, recaps.recap_day(known, village))
        offices = [", ".join(dict.fromkeys(o for c in line.codes for o in known.owners[c])) for line in lines]
        st.html(
            f"<div>{escape(naskah.example(sum(r.count for r in village.routes)))}</div>"
            + bars.step_lines(
                [
                    (line.heading, line.words, _("[usulan: {offices}]").format(offices=o))
                    for line, o in zip(lines, offices, strict=True)
                ]
            )
        )
