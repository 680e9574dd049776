"""The page of areas: the provinces of the version, or the kabupaten of one province, on a map and in a table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries, selection
from kkb.bahasa import _, field
from kkb.compute.cakupan import Total, total
from kkb.compute.klasifikasi import CLASSES
from kkb.errors import EmptyError
from kkb.naskah import nasional as naskah
from kkb.rows import first
from kkb.teks import literal
from kkb.ui import filter_bar, parts, run, widgets

NATION = "00"
FILES = ("kampung_kb_klasifikasi.csv", "kampung_kb_rekap.csv")


@dataclass(frozen=True)
class Shown:
    """The area on display: `province` is its code, None for the nation; `areas` are those right below it."""

    province: str | None
    name: str | None
    dates: list[str]
    period: str
    areas: pd.DataFrame
    total: Total

    @property
    def code(self) -> str:
        """The code of the area, '00' for the nation."""
        return self.province or NATION


def shown() -> Shown:
    """What the address asks for. EmptyError when no kabupaten has a classification."""
    dates = [str(p) for p in run.ask(queries.coverage_dates)["periode"]]
    if not dates:
        raise EmptyError
    province = run.chosen().provinsi
    period = selection.period_among(run.chosen(), dates)
    areas = run.ask(queries.area_coverage, periode=period, induk=province or NATION)
    return Shown(province, _provinces().get(str(province)), dates, period, areas, total(areas))


def _provinces() -> dict[str, str]:
    """The names of the provinces of the version by their codes, in order."""
    return {str(r["kode_kabupaten"])[:2]: str(r["provinsi"]) for r in run.rows(queries.regencies)}


def crumbs(here: Shown) -> None:
    """Indonesia > province; the nation goes back to it."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        filter_bar.crumb(_("Indonesia"), "negara", here.province is not None, provinsi=None)
        if here.name:
            st.markdown("›")
            st.markdown(f"**{literal(here.name)}**")


def choices(here: Shown) -> None:
    """The box of the province, and the date."""
    names = _provinces()
    with st.container(horizontal=True, vertical_alignment="top"):
        widgets.choose(
            _("Provinsi"),
            "provinsi",
            [None, *names],
            here.province,
            words=lambda code: names[code] if code else _("Semua"),
        )
        widgets.slide(_("Tanggal data"), "tanggal", here.dates, here.period, words=fmt.period)
    filter_bar.notes(here.period)


def area_map(here: Shown) -> None:
    """The areas coloured by the share of their villages that are Kampung KB."""
    legend = run.rows(queries.area_legend)
    st.caption(naskah.legend_heading(here.province is None))
    st.html(maps.legend_html(legend, maps.class_counts(here.areas)))
    parts.show_map(
        maps.paint(here.areas, legend, decimals=1, labels=naskah.labels(here.areas)),
        f"nasional-{here.code}",
        height=430,
        on_click=_clicked,
        layer=first(run.rows(queries.area_layer, induk=here.code)),
        frame=_("Peta kabupaten/kota") if here.province else _("Peta provinsi"),
    )
    limits = field(legend[0], "catatan")
    parts.source_line(parts.source_of(*FILES), fmt.period(here.period), f"{naskah.note(here.total)} {limits}.")


def _clicked(place: dict[str, object]) -> None:
    """A click on a province goes into it, one on a kabupaten opens its map."""
    code = str(place["village"])
    if len(code) == len(NATION):
        run.change(provinsi=code)
    else:
        run.visit_regency("peta", code)


def figures(here: Shown) -> None:
    """The area as a whole, n of N."""
    found = here.total
    if not found.known:
        return
    parts.definition_list(
        [
            (_("Kampung KB"), fmt.of(found.reached, found.villages), fmt.share(found.reached, found.villages)),
            (_("Belum"), fmt.number(found.villages - found.reached), _("desa/kelurahan")),
            (_("Mandiri ke atas"), fmt.of(found.top, found.classed), _("dua kelas teratas")),
            (_("Laporan lengkap"), fmt.of(found.reported, found.reached), _("Kampung KB")),
            (_("Memiliki data"), fmt.of(found.known, found.regencies), _("kabupaten/kota")),
        ],
        large=True,
    )


def area_table(here: Shown) -> None:
    """The same areas as a table to sort, the highest share first, those without data last."""
    areas = here.areas.sort_values(["nilai", "nama_wilayah"], ascending=[False, True], na_position="last")
    kind = _("Kabupaten/kota") if here.province else _("Provinsi")
    rows = pd.DataFrame(
        {
            _("Kode"): areas["kode_wilayah"],
            kind: areas["nama_wilayah"],
            _("Kampung KB"): areas["jumlah_kampung_kb"],
            _("Desa/kelurahan"): areas["jumlah_wilayah"],
            _("Bagian (%)"): areas["nilai"],
            **{fmt.class_name(c): areas[c] for c in CLASSES},
            _("Laporan lengkap"): areas["jumlah_lapor"],
        }
    )
    if not here.province:
        rows[_("Kab/kota berdata")] = areas["jumlah_berdata"]
        rows[_("Kab/kota")] = areas["jumlah_kabupaten"]
    source = _("Sumber: {source}. Data per {period}.").format(
        source=parts.source_of(*FILES), period=fmt.period(here.period)
    )
    heading = _("Kampung KB menurut kabupaten/kota") if here.province else _("Kampung KB menurut provinsi")
    st.header(heading)
    parts.table(
        rows,
        key=f"nasional-tabel-{here.code}",
        title=f"{heading}, {fmt.period(here.period)}",
        file_name=f"kampung-kb_{here.code}_{here.period}",
        notes=[
            heading,
            source,
            naskah.note(here.total),
            _("Laporan lengkap: laporan KB dan poktan terisi pada rekap terakhir sampai tanggal itu."),
            _("Versi data {version}.").format(version=run.now().warehouse.version),
        ],
        decimals={_("Bagian (%)"): 1},
    )
    st.caption(
        _(
            "Kosong (–): belum ada klasifikasi pada tanggal itu. Laporan lengkap: laporan KB dan poktan terisi pada "
            "rekap terakhir sampai tanggal itu."
        )
    )
