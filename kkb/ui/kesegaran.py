"""The age of each source beside the newest date, and what the catalogue lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field
from kkb.charts import desa as tables
from kkb.naskah import kesegaran as naskah
from kkb.rows import records
from kkb.selection import CLASS
from kkb.ui import parts, run


@dataclass(frozen=True)
class Part:
    """A part of the page that is the same for everybody: its heading, its table as HTML, the line under it and the rows
    of its files."""

    title: str
    html: str
    note: str
    rows: pd.DataFrame


def freshness(today: date) -> None:
    """The last date of each source file whose rows carry dates, and its age beside the newest Kampung KB data."""
    newest = run.now().options.periode[CLASS][-1]
    ages = _ages()
    st.header(ages.title, anchor="sumber")
    st.html(ages.html)
    st.markdown(naskah.today_line(newest, today))
    st.caption(ages.note)
    title = _("Tanggal terakhir tiap sumber")
    parts.downloads(
        ages.rows,
        key="kelengkapan-sumber",
        title=title,
        file_name=f"kesegaran-sumber_{newest}",
        notes=[title, _("Pembanding: {day}.").format(day=fmt.period(newest)), _version()],
    )


@run.remembered
def _ages() -> Part:
    dates = run.ask(queries.source_dates)
    newest = run.now().options.periode[CLASS][-1]
    rows = sorted(records(dates), key=lambda r: len(r["periode_akhir"]), reverse=True)
    head = [(_("Sumber"), "48%"), (_("Tanggal terakhir"), "24%"), (_("Terhadap data terbaru"), "28%")]
    body = [
        [
            tables.two_lines(naskah.source_name(r), r["penerbit"] if isinstance(r["penerbit"], str) else ""),
            tables.two_lines(
                fmt.period(r["periode_akhir"]), _("{n} tanggal").format(n=fmt.number(r["jumlah_periode"]))
            ),
            tables.two_lines(naskah.age(r["periode_akhir"], newest), ""),
        ]
        for r in rows
    ]
    others = len(run.ask(queries.sources)) - int(dates["berkas"].notna().sum())
    note = _(
        "Pembanding: {day}, tanggal klasifikasi terakhir yang tersedia; tidak mengikuti tanggal yang dipilih. {n} "
        "berkas acuan lain, misalnya batas wilayah dan katalog, tidak memuat tanggal ukur; keterangannya ada di "
        "Metodologi."
    ).format(day=fmt.period(newest), n=fmt.number(others))
    shown = pd.DataFrame(
        {
            _("Sumber"): [naskah.source_name(r) for r in rows],
            _("Berkas"): [r["berkas"] for r in rows],
            _("Penerbit"): [r["penerbit"] for r in rows],
            _("Tanggal pertama"): [r["periode_awal"] for r in rows],
            _("Tanggal terakhir"): [r["periode_akhir"] for r in rows],
            _("Banyaknya tanggal"): [r["jumlah_periode"] for r in rows],
            _("Terhadap data terbaru"): [naskah.age(r["periode_akhir"], newest) for r in rows],
        }
    )
    return Part(naskah.freshness_title(dates, newest), tables.table(head, [("", body)]), note, shown)


def catalogue() -> None:
    """The indicators without any village value, by office."""
    empty = _empty()
    st.header(empty.title, anchor="katalog")
    st.html(empty.html)
    source = _("Sumber: katalog indikator, versi data {version}.").format(version=run.now().warehouse.version)
    st.caption(f"{source} {empty.note}")
    parts.downloads(
        empty.rows,
        key="katalog-kosong",
        title=empty.title,
        file_name="indikator-belum-ada-data",
        notes=[empty.title, source, empty.note],
    )


@run.remembered
def _empty() -> Part:
    indicators = run.ask(queries.indicators)
    missing = indicators[indicators["jumlah_periode"] == 0]
    levels = {"desa": _("desa"), "kabupaten": _("kabupaten")}
    head = [(_("Perangkat daerah (usulan)"), "24%"), (_("Belum ada data"), "14%"), (_("Indikator"), "62%")]
    body = [
        [tables.two_lines(office, ""), f"<b>{fmt.number(len(names))}</b>", tables.two_lines("; ".join(names), "")]
        for office, names in naskah.by_office(missing).items()
    ]
    shown = pd.DataFrame(
        {
            _("Kode"): missing["kode_indikator"],
            _("Indikator"): [field(r, "nama") for r in records(missing)],
            _("Perangkat daerah (usulan)"): missing["opd"],
            _("Tingkat"): [levels[t] for t in missing["tingkat"]],
        }
    )
    title, note = naskah.catalogue_title(indicators), naskah.catalogue_note(missing)
    return Part(title, tables.table(head, [("", body)]), note, shown)


def filled(period: str) -> None:
    """How complete each indicator with village values is in the chosen area, made only when it is opened."""
    states = run.ask(queries.indicator_states, periode=period, kecamatan=run.chosen().kecamatan)
    label = _("Tabel: isi {n} indikator yang sudah ada data").format(n=fmt.number(len(states)))
    with st.expander(label, icon=":material/table:", key="buka-isi", on_change="rerun") as opened:
        if not opened.open:
            return
        shown = pd.DataFrame(
            {
                _("Kode"): states["kode_indikator"],
                _("Indikator"): [field(r, "nama") for r in records(states)],
                _("Tanggal"): [fmt.period(p) for p in states["periode"]],
                _("Ada nilai"): states["ada"],
                _("Belum melapor"): states["belum_melapor"] + states["tanpa_baris"],
                _("Belum Kampung KB"): states["tidak_dinilai"],
                _("Tidak berlaku"): states["tidak_berlaku"],
                _("Desa/kelurahan"): states["jumlah_wilayah"],
            }
        )
        title = _("Isi indikator per desa, sampai dengan {day}").format(day=fmt.period(period))
        parts.table(
            shown, key="katalog-isi", title=title, file_name=f"isi-indikator_{period}", notes=[title, _version()]
        )


def _version() -> str:
    return _("Versi data {version}.").format(version=run.now().warehouse.version)
