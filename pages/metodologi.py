"""Metodologi: what every number means, where it comes from, and under which licence."""

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.ui import catalogue, parts, run

warehouse = run.now().warehouse
indicators = run.ask(queries.indicators)
filled = int((indicators["jumlah_periode"] > 0).sum())
st.title(_("Setiap angka: arti, rumus, sumber, dan tanggalnya"))
st.markdown(
    _(
        "Data versi **{version}**, dibangun {day}. {filled} dari {total} indikator di katalog sudah memiliki nilai "
        "per desa; selebihnya dicantumkan sebagai “belum ada data”."
    ).format(version=warehouse.version, day=fmt.day(warehouse.built), filled=filled, total=len(indicators))
)
rules, states, catalogue_tab, facts, sources = st.tabs(
    [_("Aturan kelas"), _("Empat keadaan"), _("Indikator"), _("Fakta kabupaten"), _("Sumber dan lisensi")]
)
with rules:
    rules = run.ask(queries.item_rules)
    catalogue.class_rule(rules)
    st.caption(
        _("Sumber: {source}. Aturan ini berlaku untuk data sejak {day}.").format(
            source=parts.source_of("aturan_item.csv"), day=fmt.period(rules["berlaku_mulai"].max())
        )
    )
with states:
    catalogue.states()
with catalogue_tab:
    catalogue.indicators(indicators)
with facts:
    catalogue.facts(run.ask(queries.facts))
with sources:
    catalogue.sources(run.ask(queries.sources))
