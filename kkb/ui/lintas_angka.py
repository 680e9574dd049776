"""The figures on the page of sectors and offices: beside their targets, those still missing, and the aims of Inpres."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.charts import lintas as charts
from kkb.charts.lintas import Link
from kkb.compute import capaian, lintas
from kkb.compute.lintas import Task
from kkb.naskah import lintas as naskah
from kkb.report import lintas as report
from kkb.rows import records
from kkb.ui import cetak, contoh, parts, run
from kkb.ui.kecamatan import address
from kkb.ui.lintas import Sector
from kkb.ui.lintas_bagian import notes


def figures(seen: Sector, office: str | None) -> None:
    """The indicators with data by sector: value, n of N, target and source, percent of target in its colour."""
    codes = [c for c in seen.codes_of(office) if c in seen.figures]
    if not codes:
        return
    below = [c for c in codes if (p := seen.figures[c].percent) is not None and capaian.band(p) == "merah"]
    measured = [c for c in codes if seen.figures[c].percent is not None]
    st.header(
        _("{n} indikator bertarget berada di bawah 75% target (merah)").format(n=fmt.of(len(below), len(measured)))
        if measured
        else _("{n} indikator ada datanya, semuanya tanpa target").format(n=fmt.number(len(codes)))
    )
    st.caption(naskah.legend())
    sectors: dict[str, list[charts.Figure]] = {}
    for code in codes:
        sectors.setdefault(field(seen.indicators[code], "sektor"), []).append(_figure(seen, code))
    st.html(charts.figures(sectors.items()))
    sources = dict.fromkeys(seen.figures[c].source for c in codes)
    st.caption(_("Sumber nilai: {source}.").format(source="; ".join(sources)))


def _figure(seen: Sector, code: str) -> charts.Figure:
    of, row = seen.figures[code], seen.indicators[code]
    base = of.measure.code if of.measure else None
    held = lintas.item_of(code, of.target, seen.board.rule)
    is_item = bool(held) or row["skema_peta"] in lintas.BY_CLASS
    source, url = (of.target.source or "", of.target.url) if of.target else ("", None)
    if of.target and not source and url:
        source = url.split("/")[2] if "://" in url else url
    if is_item:
        source, url = _("aturan kelas"), address("metodologi")
    kind = _("survei") if row["jenis_data"] == "survei" else ""
    return charts.Figure(
        Link(field(row, "nama"), address("peta", indikator=base, desa=None) if base else None),
        str(row["opd"]),
        naskah.value(of, row),
        " · ".join(w for w in (naskah.reporting(of), kind, fmt.short_period(of.period)) if w),
        naskah.target(of.target, row, is_item, seen.today),
        Link(source, url),
        naskah.percentage(of),
        capaian.band(of.percent) if of.percent is not None else None,
        naskah.band(of.percent) if of.percent is not None else "",
    )


def figure_files(seen: Sector, office: str | None) -> None:
    """The indicators as files, those without data as well."""
    title = _("Capaian indikator terhadap target")
    todo: dict[str, list[Task]] = {}
    for task in seen.tasks:
        todo.setdefault(task.code, []).append(task)
    st.caption(title)
    parts.downloads(
        lambda: report.figures(seen.codes_of(office), seen.figures, seen.targets, seen.indicators, todo),
        key="lintas-capaian",
        title=title,
        file_name=f"capaian_{(office or 'semua').lower()}_{seen.period}",
        notes=notes(seen, title),
    )


def without_data(seen: Sector, office: str | None) -> None:
    """The indicators without any data, and beside each of them, for one office, the importer's template."""
    empty = seen.empty(office)
    if not empty:
        return
    st.header(_("{n} indikator belum ada data").format(n=fmt.of(len(empty), len(seen.codes_of(office)))))
    if office is None:
        st.caption(_("Pilih perangkat daerah untuk mengunduh contoh isian tiap indikator."))
        st.html(charts.gaps(_waiting(seen, empty)))
        return
    st.caption(
        _(
            "Unduh contoh isian di samping indikatornya, isi, lalu kirim kepada operator data untuk "
            "dimuat melalui halaman Data."
        )
    )
    with st.container(gap="xsmall"):
        for code in empty:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _empty(seen, code)


def _waiting(seen: Sector, empty: Sequence[str]) -> list[charts.Gap]:
    sectors: dict[str, list[str]] = {}
    for code in empty:
        row = seen.indicators[code]
        sectors.setdefault(field(row, "sektor"), []).append(f"{field(row, 'nama')} ({row['opd']})")
    return [
        charts.Gap(sector, fmt.number(len(told)), "", None, [Link(w, None) for w in told])
        for sector, told in sectors.items()
    ]


def _empty(seen: Sector, code: str) -> None:
    row = seen.indicators[code]
    origin = row["asal"] if isinstance(row["asal"], str) else ""
    is_item = bool(lintas.item_of(code, seen.targets[code], seen.board.rule))
    goal = naskah.target(seen.targets[code], row, is_item, seen.today)
    kind = "indeks-desa" if origin.startswith("indeks_desa") else "idm" if origin.startswith("idm") else "nilai"
    with st.container(width=520):
        st.markdown(f"**{field(row, 'nama')}** · {row['opd']} · {goal}")
    with cetak.screen_only(f"contoh-{code}"):
        if origin and kind == "nilai":
            st.caption(_("Datanya masuk melalui ekspor portal."))
        else:
            contoh.button(_("Contoh isian {code}").format(code=code), kind, code if kind == "nilai" else None)


def aims(seen: Sector, office: str | None) -> None:
    """The four aims of Inpres 3/2022 as a way in; of a chosen one its programmes and activities."""
    tasks = seen.own(office) if office else seen.tasks
    rows = records(seen.activities)
    chosen = run.chosen().sasaran
    if chosen is None:
        st.header(_("Masuk melalui empat sasaran Inpres 3/2022"))
        found = {str(r["kode_sasaran"]): r for r in rows}
        told = []
        for code, row in found.items():
            linked = {c for r in rows if r["kode_sasaran"] == code for c in r["indikator"]}
            todo = lintas.work(t for t in tasks if t.code in linked)
            told.append(
                charts.Gap(
                    f"{code}. {field(row, 'sasaran')}",
                    naskah.counts(todo),
                    fmt.names([*dict.fromkeys(field(r, "program") for r in rows if r["kode_sasaran"] == code)]),
                    address("lintas-sektor", sasaran=code),
                    [],
                )
            )
        st.html(charts.gaps(told))
    else:
        mine = [r for r in rows if r["kode_sasaran"] == chosen]
        measured = sum(bool(len(r["indikator"])) for r in mine)
        st.header(
            _("{n} kegiatan Inpres pada sasaran ini memiliki indikator di katalog").format(
                n=fmt.of(measured, len(mine))
            )
        )
        told = []
        for program in dict.fromkeys(str(r["kode_program"]) for r in mine):
            acts = [r for r in mine if r["kode_program"] == program]
            told.append(
                charts.Gap(
                    f"{program} {field(acts[0], 'program')}",
                    _("{n} kegiatan").format(n=fmt.number(len(acts))),
                    "",
                    None,
                    [Link(_activity(r), None) for r in acts],
                )
            )
        st.html(charts.gaps(told))
    st.caption(
        _("Sumber: {source}. Kaitan dengan indikator masih usulan.").format(
            source=parts.source_of("inpres_kegiatan.csv")
        )
    )


def _activity(row: dict[str, object]) -> str:
    codes = list(row["indikator"])  # type: ignore[call-overload]
    measured = ", ".join(codes) if codes else _("tanpa indikator")
    return f"{field(row, 'kegiatan')} ({row['kementerian']}; {measured})"
