"""The board of the way up: what it rests on, the goal, the cards, the list to choose a village from, the totals."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import naik_kelas as charts
from kkb.compute import jalur, klasifikasi
from kkb.compute.jalur import Board
from kkb.errors import EmptyError
from kkb.naskah import naik_kelas as naskah
from kkb.report import naik_kelas as report
from kkb.rows import by
from kkb.selection import GOALS
from kkb.ui import parts, run, widgets


@run.remembered
def board(period: str, goal: str, district: str | None) -> Board:
    """Every Kampung KB of a kecamatan, or of all, at a date, on its way to a goal."""
    table = run.ask(queries.item_rules)
    rule = klasifikasi.in_force(klasifikasi.rules(table), period)
    if rule is None:
        raise EmptyError
    catalogue = by(run.rows(queries.indicators), "kode_indikator")
    return jalur.board(
        period,
        rule,
        goal,
        table,
        {code: tuple(o.strip() for o in str(catalogue[code]["opd"]).split(";")) for code in rule.items},
        run.ask(queries.item_scores, periode=period, kecamatan=district),
        run.ask(queries.recap, periode=period, kecamatan=district),
    )


def goal_box() -> None:
    """The select box of the goal."""
    words = {"berikut": _("Kelas berikutnya"), "berkelanjutan": fmt.class_name("berkelanjutan")}
    widgets.choose(
        _("Tujuan"),
        "kelas",
        GOALS,
        run.chosen().kelas,
        words=lambda goal: words[str(goal)],
        help=_("Kelas yang hendak dicapai dengan poin paling sedikit."),
    )


def distance_cards(known: Board) -> None:
    """How many villages are how far from the goal."""
    groups = jalur.counts(known.villages)
    total = len(known.villages)
    goal = naskah.goal_name(run.chosen().kelas)
    help_ = _("Satu poin ialah kenaikan satu butir sebanyak satu skor. Aturan kelas resmi dihitung ulang dari 12 skor.")
    waiting = _("Indeks yang belum lulus memuat butir tanpa laporan, sehingga jaraknya belum dapat dipastikan.")
    kb = sum("kb" in v.waits for v in known.villages)
    labels = {
        "satu": (_("Kurang 1 poin"), _("dari {goal}").format(goal=goal), help_),
        "dekat": (_("Kurang 2–3 poin"), _("dari {goal}").format(goal=goal), help_),
        "jauh": (_("Kurang ≥ 4 poin"), _("dari {goal}").format(goal=goal), help_),
        "lapor": (
            _("Lapor dahulu"),
            _("laporan KB kosong: {kb}; laporan poktan saja: {poktan}").format(
                kb=fmt.number(kb), poktan=fmt.number(groups["lapor"] - kb)
            ),
            waiting,
        ),
        "sampai": (fmt.class_name("berkelanjutan"), _("sudah kelas tertinggi"), help_),
    }
    parts.cards(
        [
            parts.Card(label, fmt.of(groups[name], total), note, help_text)
            for name, (label, note, help_text) in labels.items()
        ]
    )


def _picked(key: str, codes: list[str]) -> None:
    picked = st.session_state[key]["selection"]
    rows = [row for row, _column in picked["cells"]] or picked["rows"]
    if rows:
        run.change(desa=codes[rows[0]])


def village_list(known: Board, shown: str | None) -> None:
    """One line per village, nearest first; a click on a line opens the village below."""
    codes = [v.code for v in known.villages]
    rows = report.summary(known).drop(columns=_("Kode"))
    waiting = [n for n, v in enumerate(known.villages) if v.waits]
    points = rows.columns[0]
    style = (
        rows.style.format(fmt.number, subset=list(rows.select_dtypes("number").columns), na_rep=fmt.MISSING)
        .format(_at_most, subset=(waiting, [points]))
        .map(charts.class_style, subset=[rows.columns[3]])
    )
    key = "naik-kelas-daftar"
    widgets.keep(key, {"selection": {"rows": [codes.index(shown)] if shown else [], "columns": [], "cells": []}})
    st.dataframe(
        style,
        hide_index=True,
        key=key,
        alt=_("Kampung KB menurut jaraknya ke tujuan"),
        height=min(36 * (len(codes) + 1), 36 * 11),
        on_select=partial(_picked, key, codes),
        selection_mode=("single-row", "single-cell"),
    )


def village_box(known: Board, shown: str | None) -> None:
    """The select box of the village."""
    names = {v.code: naskah.place(v) for v in known.villages}
    with st.container(width=420):
        widgets.choose(
            _("Kampung KB"),
            "desa",
            list(names) if shown else [None, *names],
            shown,
            words=lambda code: names[code] if code else _("Pilih Kampung KB"),
        )


def without_scores(known: Board, code: str) -> None:
    """What to say of a village that is not a Kampung KB at this date, and the way back."""
    name = by(run.rows(queries.villages), "kode_desa")[code]["nama_desa"]
    st.info(
        _("{village} belum berstatus Kampung KB per {period}, sehingga belum memiliki skor.").format(
            village=name, period=fmt.period(known.period)
        ),
        icon=":material/info:",
    )
    st.button(_("Tampilkan Kampung KB terdekat"), on_click=run.change, kwargs={"desa": None})


def _at_most(value: object) -> str:
    return f"≤ {fmt.number(value)}"


def _notes(known: Board, *more: str) -> list[str]:
    return [
        _("Sumber: {source}. Data per {period}.").format(
            source=parts.source_of("kampung_kb_klasifikasi.csv"), period=fmt.period(known.period)
        ),
        _("Rekap per {days}.").format(days=report.recap_days(known)),
        _("Perangkat daerah adalah usulan dari katalog indikator."),
        *more,
        _("Versi data {version}.").format(version=run.now().warehouse.version),
    ]


def list_downloads(known: Board) -> None:
    """The list, and every way of every village, to take away."""
    goal = run.chosen().kelas
    name = f"{goal}_{known.period}"
    bound = _("Poin adalah batas atas bagi Kampung KB yang harus melapor dahulu.")
    with st.container(horizontal=True, gap="large"):
        with st.container(width="content", gap="xxsmall"):
            st.caption(_("Daftar di atas"))
            parts.downloads(
                lambda: report.summary(known),
                key="naik-kelas-daftar-unduh",
                title=_("Jarak ke {goal}").format(goal=naskah.goal_name(goal)),
                file_name=f"naik-kelas_daftar_{name}",
                notes=_notes(known, bound),
            )
        with st.container(width="content", gap="xxsmall"):
            st.caption(_("Semua himpunan langkah, dalam bentuk panjang"))
            parts.downloads(
                lambda: report.sets(known),
                key="naik-kelas-langkah-unduh",
                title=_("Himpunan langkah menuju {goal}").format(goal=naskah.goal_name(goal)),
                file_name=f"naik-kelas_langkah_{name}",
                notes=_notes(
                    known,
                    bound,
                    _("Satu himpunan langkah adalah satu cara dari tiap indeks pada jalur yang sama."),
                ),
            )


def totals(known: Board) -> None:
    """What each office and each kecamatan holds of the way up."""
    left, right = st.columns(2, gap="medium")
    with left:
        _offices(known)
    with right:
        _districts(known)


def _offices(known: Board) -> None:
    rows = report.offices(known)
    st.header(
        _("{n} perangkat daerah memegang langkah naik kelas").format(n=fmt.number(len(rows)))
        if len(rows)
        else _("Tidak ada langkah yang dapat dihitung")
    )
    meaning = _(
        "“Dapat”: butirnya ada pada suatu himpunan langkah termurah. “Wajib”: tidak ada himpunan termurah tanpa "
        "butirnya. Perangkat daerah adalah usulan; satu butir dapat dimiliki bersama. Kampung KB yang harus "
        "melapor dahulu tidak dihitung."
    )
    st.caption(meaning)
    if len(rows):
        st.html(charts.office_blocks(rows))
        parts.downloads(
            rows,
            key="naik-kelas-opd",
            title=_("Perangkat daerah yang memegang langkah naik kelas"),
            file_name=f"naik-kelas_opd_{run.chosen().kelas}_{known.period}",
            notes=_notes(known, meaning),
        )
    _source(known)


def _districts(known: Board) -> None:
    counted = [v for v in known.villages if v.is_open]
    rows = report.districts(known)
    st.header(
        _("{n} poin kurang di {k} Kampung KB").format(
            n=fmt.number(sum(v.points or 0 for v in counted)), k=fmt.number(len(counted))
        )
    )
    meaning = _("Poin yang kurang hanya dijumlahkan di Kampung KB yang jaraknya pasti.")
    st.caption(meaning)
    st.html(charts.district_table(jalur.district_totals(known.villages)))
    parts.downloads(
        rows,
        key="naik-kelas-kecamatan",
        title=_("Jarak ke {goal} per kecamatan").format(goal=naskah.goal_name(run.chosen().kelas)),
        file_name=f"naik-kelas_kecamatan_{run.chosen().kelas}_{known.period}",
        notes=_notes(known, meaning),
    )
    _source(known)


def _source(known: Board) -> None:
    parts.source_line(
        parts.source_of("kampung_kb_klasifikasi.csv"),
        fmt.period(known.period),
        _("Rekap per {days}.").format(days=report.recap_days(known)),
    )
