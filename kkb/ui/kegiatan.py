"""Activities of villages beside the agreements they belong to, as the warehouse has them."""

from __future__ import annotations

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import kesepakatan as charts
from kkb.compute.kesepakatan import Activity
from kkb.ingest import jenis
from kkb.report import kesepakatan as report
from kkb.teks import literal
from kkb.ui import cetak, contoh, kegiatan_isian, kesepakatan, operator, parts, run
from kkb.ui.kesepakatan import Book

FIRST = 20


def linked(known: Book) -> dict[Activity, list[int]]:
    """Activity -> the numbers of the agreements it belongs to."""
    found: dict[Activity, list[int]] = {}
    for agreement in known.agreements:
        for activity in agreement.kegiatan:
            found.setdefault(activity, []).append(agreement.nomor)
    return found


def listing(known: Book) -> None:
    """The activities of the chosen area, the latest first, and what to do when there is none."""
    _listing(known)
    if operator.is_operator():
        with cetak.screen_only("kegiatan"):
            kegiatan_isian.new()


def _listing(known: Book) -> None:
    chosen = run.chosen()
    rows = run.ask(queries.village_activities, desa=chosen.desa, kecamatan=chosen.kecamatan)
    if rows.empty:
        _none()
        return
    belong = linked(known)
    keys = list(zip(rows["kode_desa"], rows["periode"], rows["kegiatan"], strict=True))
    st.header(
        _("{n} kegiatan desa/kelurahan, {linked} dikaitkan dengan kesepakatan").format(
            n=fmt.number(len(rows)), linked=fmt.number(sum(k in belong for k in keys))
        )
    )
    told = kesepakatan.activity_lines(rows.head(FIRST), with_place=True)
    lines = [
        (when, name, _with_numbers(note, belong.get(key, [])), places)
        for (when, name, note, places), key in zip(told, keys, strict=False)
    ]
    st.html(charts.activities(lines, target=kesepakatan.target()))
    if len(rows) > FIRST:
        st.caption(_("{n} kegiatan terbaru; semuanya ada pada berkas unduhan.").format(n=fmt.number(FIRST)))
    st.caption(literal(kesepakatan.activity_source(rows)))
    title = _("Kegiatan desa/kelurahan")
    parts.downloads(
        lambda: report.activities(rows, belong),
        key="kegiatan",
        title=title,
        file_name=f"kegiatan_{known.today}",
        notes=[
            title,
            kesepakatan.activity_source(rows),
            _("Versi data {version}.").format(version=run.now().warehouse.version),
        ],
    )


def _with_numbers(note: str, numbers: list[int]) -> str:
    if not numbers:
        return note
    words = _("kesepakatan no. {n}").format(n=", ".join(str(n) for n in numbers))
    return f"{note} · {words}" if note else words


def _none() -> None:
    elsewhere = len(run.ask(queries.village_activities))
    if elsewhere:
        st.header(_("Belum ada kegiatan desa/kelurahan di sini"))
        st.markdown(_("Ada {n} kegiatan di wilayah lain.").format(n=fmt.number(elsewhere)))
        return
    st.header(_("Belum ada data kegiatan desa/kelurahan"))
    st.markdown(
        _(
            "Data bawaan aplikasi tidak memuat kegiatan. Isi berkas contoh ini, lalu operator data mengunggahnya di "
            "halaman Data; kegiatan kemudian tampil di sini dan di halaman desanya, di samping kesepakatan."
        )
    )
    contoh.button(jenis.title("kegiatan"), "kegiatan")


def choices(areas: tuple[str, ...], known: tuple[Activity, ...]) -> dict[Activity, str]:
    """The activities that may belong to an agreement about some areas, and those that do, each in words."""
    rows = run.rows(queries.village_activities)
    found = {
        (str(r["kode_desa"]), str(r["periode"]), str(r["kegiatan"])): _("{name}, {village}, {day}").format(
            name=r["kegiatan"], village=r["nama_desa"], day=fmt.period(r["periode"])
        )
        for r in rows
        if any(str(r["kode_desa"]).startswith(a) for a in areas)
    }
    gone = {k: _("{name} (tidak ada lagi di data)").format(name=k[2]) for k in known if k not in found}
    return {**found, **gone}
