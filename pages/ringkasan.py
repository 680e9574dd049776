"""Ringkasan: how many villages have the status, who moved, where the kabupaten stands, in one screen."""

import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _
from kkb.charts import ringkasan as charts
from kkb.compute import ringkasan
from kkb.naskah import ringkasan as naskah
from kkb.rows import first
from kkb.selection import CLASS, STATUS
from kkb.ui import parts, run
from kkb.ui.filter_bar import area_name, filter_bar

chosen = run.chosen()
period, scored = run.period(), run.period(CLASS)
regency = first(run.rows(queries.regency))
reached, villages = ringkasan.coverage_at(run.ask(queries.coverage_history, kecamatan=chosen.kecamatan), period)
counts = run.ask(queries.class_counts, kecamatan=chosen.kecamatan)
mix = ringkasan.at_period(counts, scored)
since = parts.only(run.ask(queries.last_change, periode=scored, kecamatan=chosen.kecamatan))
moves = run.ask(queries.class_moves, dari=since or scored, sampai=scored, kecamatan=chosen.kecamatan)
reports = run.ask(queries.reporting, periode=scored, kecamatan=chosen.kecamatan)
comparison = run.ask(queries.comparison, periode=scored)
regency_name = _("Kabupaten {name}").format(name=regency["nama_kabupaten"])
standing = ringkasan.standing(comparison, regency["kode_kabupaten"])
source, portal = parts.source_of_indicator(STATUS, period), parts.source_of("kampung_kb_klasifikasi.csv")
told = naskah.class_mix(mix, reached, None if scored == period and sum(mix.values()) == reached else scored)

st.title(naskah.coverage_title(area_name(short=True), reached, villages))
filter_bar()
parts.cards(
    [
        parts.Card(_("Cakupan"), fmt.share(reached, villages), fmt.of(reached, villages), source),
        parts.Card(_("Kesenjangan"), fmt.number(villages - reached), _("belum Kampung KB"), source),
        parts.Card(
            _("Susunan kelas"),
            " · ".join(fmt.number(n) for n in mix.values()),
            _("Dasar · Berkembang · Mandiri · Berkelanjutan"),
            portal,
        ),
        parts.Card(
            _("Pelaporan KB"),
            fmt.of(int(reports["is_lapor_kb"].sum()), len(reports)),
            _("Kampung KB melapor"),
            _("Laporan KB terisi pada rekap portal terakhir sampai tanggal itu."),
        ),
        parts.Card(
            _("Tanggal data"),
            fmt.short_period(period),
            _("perubahan kelas terakhir setelah {day}").format(day=fmt.period(since)) if since else _("data pertama"),
            source,
        ),
    ]
)

left, right = st.columns([1, 1.25], gap="medium")
with left:
    legend = run.ask(queries.legend, indikator=STATUS)
    values = run.ask(queries.village_values, indikator=STATUS, periode=period)
    inside = values[values["kode_kecamatan"] == chosen.kecamatan] if chosen.kecamatan else values
    st.html(maps.legend_html(legend, maps.class_counts(inside)))
    parts.show_map(
        maps.paint(values, legend, decimals=None, district=chosen.kecamatan),
        "ringkasan-peta",
        height=360,
        on_click=lambda place: run.visit("peta", desa=place.get("village"), kecamatan=place.get("district")),
    )
    parts.source_line(source, fmt.period(period), _("Klik desa untuk membuka profilnya."))
with right:
    st.header(_("Ringkasan tertulis"))
    st.markdown(
        naskah.summary(
            naskah.coverage(area_name(), reached, villages, period),
            told,
            naskah.movement(moves, since, scored),
            naskah.reporting(reports),
            "" if chosen.kecamatan else naskah.position(standing, regency_name, regency["provinsi"], scored),
        )
    )
    days = fmt.names([fmt.period(p) for p in dict.fromkeys((period, scored))])
    parts.source_line("; ".join(dict.fromkeys(f"{source}; {portal}".split("; "))), days)

left, right = st.columns(2, gap="medium")
with left:
    st.header(naskah.movement_title(moves, since))
    parts.chart(parts.drawn(charts.class_history, counts, scored), "ringkasan-kelas", told)
    parts.source_line(portal, fmt.period(scored), _("Kotak bergaris tebal menandai tanggal yang dipilih."))
with right:
    st.header(naskah.standing_title(standing, regency["nama_kabupaten"], regency["provinsi"]))
    parts.chart(
        parts.drawn(charts.regency_ranking, comparison, regency["kode_kabupaten"]),
        "ringkasan-kalsel",
        naskah.position(standing, regency_name, regency["provinsi"], scored),
    )
    parts.source_line(
        parts.source_of("pembanding_klasifikasi.csv", "pembanding_wilayah.csv"),
        fmt.period(scored),
        naskah.national(comparison),
    )
