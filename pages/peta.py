"""Peta: one indicator across the villages, from kabupaten to kecamatan to desa."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kkb import format as fmt
from kkb import maps, queries, selection
from kkb.bahasa import field
from kkb.naskah import peta as naskah
from kkb.rows import by
from kkb.ui import coats, parts, run
from kkb.ui.filter_bar import area_name, breadcrumbs, filter_bar, indicator_box
from kkb.ui.map_options import map_options
from kkb.ui.profile import area_profile, village_profile


def clicked(place: dict[str, object]) -> None:
    """A click on a village opens it; a click on the name of a kecamatan zooms to it."""
    if "village" in place:
        run.change(desa=place["village"])
    else:
        run.change(kecamatan=place["district"], desa=None)


@run.live
def peta(heading: DeltaGenerator) -> None:
    """The left part: it redraws alone, so that little more than colours travels when the indicator changes."""
    chosen, options = run.chosen(), run.now().options
    period = run.period(chosen.indikator)
    filter_bar(beside=indicator_box, indicator=chosen.indikator)
    indicator = by(run.rows(queries.map_indicators), "kode_indikator")[chosen.indikator]
    earlier = selection.comparison_of(chosen, options)
    legend = run.rows(queries.legend, indikator=chosen.indikator)
    values = run.ask(queries.village_values, indikator=chosen.indikator, periode=period)
    inside = values[values["kode_kecamatan"] == chosen.kecamatan] if chosen.kecamatan else values
    counts = maps.class_counts(inside)
    st.html(maps.legend_html(legend, counts))
    shown = [earlier, period] if earlier else [period]
    for column, date in zip(st.columns(len(shown)) if earlier else [st.container()], shown, strict=True):
        with column:
            if earlier:
                st.markdown(f"**{fmt.period(date)}**")
            coat = maps.paint(
                run.ask(queries.village_values, indikator=chosen.indikator, periode=date),
                legend,
                decimals=fmt.decimals(indicator["skema_peta"], indicator["satuan"]),
                village=chosen.desa,
                district=chosen.kecamatan,
                coats=coats.address(run.now().warehouse.key, chosen),
            )
            parts.show_map(
                coat,
                "peta-kiri" if date == earlier else "peta-utama",
                height=470 if chosen.tampilan == "peta" else 620,
                on_click=clicked,
                view=chosen.tampilan,
                online=chosen.dasar,
                linked=bool(earlier),
            )
    heading.title(
        naskah.map_title(field(indicator, "nama"), indicator["skema_peta"], legend, counts, area_name(short=True))
    )
    parts.source_line(
        parts.source_of_indicator(chosen.indikator, period), fmt.period(period), naskah.map_note(legend, counts)
    )
    map_options(period)
    parts.village_table(inside, indicator, legend, period)


title = st.empty()
left, right = st.columns([2, 1], gap="medium")
with left:
    peta(title)
with right:
    breadcrumbs()
    if run.chosen().desa:
        village_profile(run.chosen().desa)
    else:
        area_profile()
