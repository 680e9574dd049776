"""The table of item scores and its order, the items most often below the pass mark, and both as files."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries, selection
from kkb.bahasa import _, field
from kkb.charts import skor
from kkb.compute import klasifikasi, perubahan
from kkb.rows import Row, by
from kkb.selection import ORDERS
from kkb.ui import parts, run, widgets

SCORES = "skor-butir"
"""Anchor of the table of scores, so that sorting by a column comes back to it."""
ORDER_BOX = 340
"""Pixels; fits a phone."""


def items_at(period: str) -> pd.DataFrame:
    """The items of the rule in force at a date, in the official order."""
    table = run.ask(queries.item_rules)
    known = klasifikasi.rules(table)
    rule = klasifikasi.in_force(known, period) or known[0]
    return table[table["berlaku_mulai"] == rule.since]


def notes(title: str, days: str) -> list[str]:
    """What goes into a workbook beside the numbers; `days` are its dates in words."""
    source = parts.source_of("kampung_kb_klasifikasi.csv")
    return [
        title,
        _("Sumber: {source}. Data per {period}.").format(source=source, period=days),
        _("Versi data {version}.").format(version=run.now().warehouse.version),
    ]


def order_box(items: dict[str, Row]) -> None:
    """The select box of the order of the table of scores."""
    words = {"kelas": _("Kelas, tertinggi di atas"), "kecamatan": _("Kecamatan")}
    lowest = _("{item}, terendah di atas")
    with st.container(width=ORDER_BOX):
        widgets.choose(
            _("Urutkan menurut"),
            "urut",
            [*ORDERS, *items],
            run.chosen().urut,
            words=lambda o: words.get(str(o)) or lowest.format(item=field(items[str(o)], "item")),
        )


def score_grid(scores: pd.DataFrame, items: pd.DataFrame, period: str) -> None:
    """The table of scores: 24 villages by 12 items, sorted as the address says; each head sorts by its column."""
    order = run.chosen().urut
    legend = run.ask(queries.legend, indikator="SK01")
    orders = [*ORDERS, *items["kode_indikator"]]
    links = {o: f"?{urlencode(selection.to_query(run.chosen().with_(urut=o)))}#{SCORES}" for o in orders}
    st.html(skor.score_key(legend))
    st.html(
        skor.score_grid(
            scores,
            items,
            legend,
            _order(period, run.chosen().kecamatan, order),
            caption=_("Skor 1–4 tiap butir, {period}").format(period=fmt.period(period)),
            order=order,
            links=links,
        )
    )


@run.remembered
def _order(period: str, district: str | None, order: str) -> list[str]:
    return perubahan.village_order(run.ask(queries.item_scores, periode=period, kecamatan=district), order)


def score_files(scores: pd.DataFrame, items: dict[str, Row], period: str, reported: str) -> None:
    """The scores as files. `reported` says of which recap they are."""
    title = _("Skor 12 butir, {period}").format(period=fmt.period(period))
    blank = _("Sel kosong: laporan yang mendasari butir itu tidak terisi.")
    parts.downloads(
        lambda: score_rows(scores, items),
        key="klasifikasi-skor",
        title=title,
        file_name=f"skor-butir_{period}",
        notes=[*notes(title, fmt.period(period)), reported, blank],
    )


def score_rows(scores: pd.DataFrame, items: dict[str, Row]) -> pd.DataFrame:
    """One row per village: its scores, blank where it did not report, with those items named."""
    told = scores.assign(nilai=scores["nilai"].where(scores["keadaan"] == "ada").astype("Int64"))
    wide = told.pivot(index="kode_desa", columns="kode_indikator", values="nilai")
    silent = scores[scores["keadaan"] == "belum_melapor"]
    named = by(scores.drop_duplicates("kode_desa"), "kode_desa")
    villages = [named[code] for code in wide.index]
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(v["kode_desa"]) for v in villages],
            _("Desa/kelurahan"): [v["nama_desa"] for v in villages],
            _("Kecamatan"): [v["nama_kecamatan"] for v in villages],
            _("Kelas"): [fmt.class_name(v["kelas"]) if isinstance(v["kelas"], str) else None for v in villages],
            **{field(row, "item"): wide[code].array for code, row in items.items() if code in wide},
            _("Belum melapor (skor 1 dari portal)"): [
                ", ".join(
                    field(items[c], "item") for c in silent[silent["kode_desa"] == v["kode_desa"]]["kode_indikator"]
                )
                for v in villages
            ],
        }
    )


def weak_items(weak: pd.DataFrame, items: pd.DataFrame, period: str, reported: str) -> None:
    """The items most often below the pass mark, with the office proposed for each, and the same as files."""
    offices = {str(k): str(v) for k, v in run.ask(queries.indicators).set_index("kode_indikator")["opd"].items()}
    rules = by(items, "kode_indikator")
    title = _("Butir di bawah 3, {period}").format(period=fmt.period(period))
    st.html(
        skor.weak_items(
            weak,
            items,
            offices,
            caption=_("Banyaknya Kampung KB yang skornya di bawah 3. Bagian bergaris belum melapor."),
        )
    )
    table = pd.DataFrame(
        {
            _("Butir"): [field(rules[k], "item") for k in weak["kode_indikator"]],
            _("Di bawah 3"): weak["di_bawah"],
            _("Belum melapor"): weak["belum_melapor"],
            _("Kampung KB"): weak["jumlah"],
            _("Perangkat daerah (usulan)"): [offices[k] for k in weak["kode_indikator"]],
        }
    )
    proposed = _("Penanggung jawab masih usulan dan perlu ditetapkan pemerintah kabupaten.")
    parts.downloads(
        table,
        key="klasifikasi-butir",
        title=title,
        file_name=f"butir-di-bawah-3_{period}",
        notes=[*notes(title, fmt.period(period)), reported, proposed],
    )
