"""The lower parts of the sheet of one kecamatan: around it, where it stands, its history, who is left, the files."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _, field
from kkb.charts import SILENT
from kkb.charts import camat as charts
from kkb.charts import desa as table
from kkb.compute import camat as lembar
from kkb.compute import kecamatan as hitung
from kkb.naskah import camat as naskah
from kkb.naskah import kecamatan as words
from kkb.report import kecamatan as report
from kkb.report import naik_kelas as recaps
from kkb.rows import Row, by, records
from kkb.selection import CLASS, STATUS
from kkb.ui import kecamatan, parts, run
from kkb.ui.camat import IDM, PORTAL, RECAP, District
from kkb.ui.kecamatan import Ranking


def around(here: District) -> None:
    """The kecamatan on a small map, and the kecamatan it borders."""
    legend = run.ask(queries.legend, indikator=CLASS)
    values = run.ask(queries.village_values, indikator=CLASS, periode=here.period)
    rows = run.ask(queries.district_neighbours, kecamatan=here.code)
    st.header(naskah.neighbours_title(rows))
    parts.show_map(
        maps.paint(values, legend, decimals=None, district=here.code),
        "kecamatan-peta",
        height=270,
        on_click=lambda place: (
            run.visit("desa", desa=place["village"])
            if "village" in place
            else run.change(kecamatan=place["district"], desa=None)
        ),
    )
    inside = values[values["kode_kecamatan"] == here.code]
    st.html(maps.legend_html(legend, maps.class_counts(inside)))
    coverage = here.boards[STATUS]
    st.html(
        charts.entries(
            [
                (
                    str(r["nama_kecamatan"]),
                    kecamatan.link(kecamatan=r["kode_kecamatan"], desa=None),
                    escape(
                        _("{n} Kampung KB, peringkat {rank}").format(
                            n=fmt.of(own["bagian"], own["n"]), rank=fmt.number(own["peringkat"])
                        )
                    ),
                )
                for r in records(rows)
                if (own := coverage.rows[r["kode_kecamatan"]])
            ]
        )
    )
    parts.source_line(
        parts.source_of(PORTAL, "batas/desa.geojson"),
        fmt.period(here.period),
        _("Batas indikatif. Klik desa untuk membuka profilnya."),
    )


def standing(here: District) -> None:
    """Where it stands among the kecamatan in every headline measure, beside the kabupaten."""
    coverage = here.boards[STATUS]
    own = coverage.rows[here.code]
    tied = words.together(own["bersama"]) if own["bersama"] else ""
    st.header(naskah.standing_title(own, coverage.ranked, tied))
    rows = [_standing(known, known.rows[here.code]) for known in here.boards.values()]
    head = [
        (_("Ukuran"), "28%"),
        (here.name, "28%"),
        (_("Kabupaten"), "16%"),
        (_("Peringkat; di kelompoknya"), "28%"),
    ]
    st.html(table.table(head, [("", rows)]))
    mean = hitung.mean_size(run.ask(queries.districts))
    group = words.group_names(mean)[own["kelompok"]]
    days = dict.fromkeys(fmt.period(b.period) for b in here.boards.values())
    sources = dict.fromkeys(parts.source_of_indicator(c, b.period) for c, b in here.boards.items())
    parts.source_line(
        "; ".join(sources),
        fmt.names(list(days)),
        " ".join(
            [
                _("Kelompok: {name}.").format(name=group),
                words.one_more(own, coverage.measure, coverage.villages),
            ]
        ),
    )


def _standing(known: Ranking, row: Row) -> list[str]:
    waits = f"{maps.swatch(SILENT, 'arsir')} " if row["belum_melapor"] else ""
    count = f"{words.count(row, known.measure)} {known.villages}"
    if row["belum_melapor"]:
        count += "; " + _("{n} belum melapor").format(n=fmt.number(row["belum_melapor"]))
    return [
        escape(known.name),
        f"{waits}<b>{escape(known.value(row))}</b> ({escape(count)})",
        escape(known.value(known.whole)),
        escape(_place(known, row)),
    ]


def _place(known: Ranking, row: Row) -> str:
    if pd.isna(row["peringkat"]):
        return words.no_rank()
    rank = words.rank_words(row["peringkat"], row["bersama"], known.ranked)
    inside = words.rank_words(row["peringkat_kelompok"], row["bersama_kelompok"], row["diperingkat_kelompok"])
    return f"{rank}; {inside}"


def history(here: District) -> None:
    """The classes of its Kampung KB over the dates, and its coverage."""
    runs = lembar.class_runs(run.ask(queries.district_history, kecamatan=here.code), here.period)
    names = dict(zip(here.villages["kode_desa"], here.villages["nama_desa"], strict=True))
    st.header(naskah.history_title(runs, names))
    covered = run.ask(queries.coverage_history, kecamatan=here.code)
    st.markdown(naskah.coverage_history(covered, here.period))
    if runs:
        st.html(
            charts.class_runs((names[k], [(r.kelas, naskah.run_words(r)) for r in found]) for k, found in runs.items())
        )
    parts.source_line(
        parts.source_of(PORTAL, RECAP),
        fmt.period(here.period),
        _("Belum melapor: menurut rekap terakhir sampai tanggal itu."),
    )


def left(here: District) -> None:
    """Its villages without the status, with their IDM."""
    legend = by(run.rows(queries.legend, indikator=IDM), "kode_kelas")
    labels = {k: field(r, "label").split(" (")[0] for k, r in legend.items() if r["bagian"] == "kelas"}
    st.header(naskah.left_title(here.left, here.idm_year, labels))
    if here.left.empty:
        return
    st.html(
        charts.entries(
            (str(r["nama_desa"]), kecamatan.address("desa", desa=r["kode_desa"], simulasi=()), _idm(r, legend, labels))
            for r in records(here.left)
        )
    )
    parts.source_line(
        parts.source_of(PORTAL)
        + (f" ({fmt.period(here.period)}); {parts.source_of('idm.csv')}" if here.idm_year else ""),
        here.idm_year or fmt.period(here.period),
        naskah.left_note(here.left),
    )


def _idm(row: Row, legend: dict[str, Row], labels: dict[str, str]) -> str:
    state = row["idm_kelas"] if row["idm_keadaan"] == "ada" else row["idm_keadaan"]
    if not isinstance(state, str):
        return ""
    mark = maps.swatch(str(legend[state]["warna"]), kecamatan.motif(legend[state]))
    label = labels.get(state) or field(legend[state], "label")
    value = f"{fmt.number(row['idm'], 4)} " if row["idm_keadaan"] == "ada" else ""
    return f"{mark} {escape(value + label)}"


def take_away(here: District) -> None:
    """All its villages as one table."""
    title = _("Desa/kelurahan di Kecamatan {name}, {day}").format(name=here.name, day=fmt.period(here.period))
    legend = by(run.rows(queries.legend, indikator=IDM), "kode_kelas")
    labels = {k: field(r, "label") for k, r in legend.items()}
    parts.downloads(
        lambda: report.villages(here.villages, here.known, labels, here.idm_year),
        key="kecamatan-desa",
        title=title,
        file_name=f"kecamatan_{here.code}_{here.period}",
        notes=[
            title,
            _("Sumber: {source}. Data per {period}.").format(
                source=parts.source_of(PORTAL), period=fmt.period(here.period)
            ),
            *(
                [_("IDM {year}: {source}.").format(year=here.idm_year, source=parts.source_of("idm.csv"))]
                if here.idm_year
                else []
            ),
            _("Rekap per {days}.").format(days=recaps.recap_days(here.known)),
            _("Poin adalah batas atas bagi Kampung KB yang harus melapor dahulu."),
            _("Versi data {version}.").format(version=run.now().warehouse.version),
        ],
    )
