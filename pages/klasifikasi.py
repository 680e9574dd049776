"""Klasifikasi: the class mix, who moved between two dates and why, the scores behind it, and how others stand."""

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.charts import klasifikasi as charts
from kkb.charts.ringkasan import class_history
from kkb.compute import perubahan, ringkasan
from kkb.naskah import klasifikasi as naskah
from kkb.naskah.ringkasan import summary
from kkb.rows import by, first
from kkb.selection import CLASS
from kkb.ui import klasifikasi as ui
from kkb.ui import parts, run
from kkb.ui import skor as table
from kkb.ui.filter_bar import area_name, filter_bar

chosen = run.chosen()
period = run.period(CLASS)
earlier = ui.earlier_date(period)
counts = run.ask(queries.class_counts, kecamatan=chosen.kecamatan)
mix = ringkasan.at_period(counts, period)
moved = ui.moves(earlier or period, period, chosen.kecamatan)
tally = perubahan.tally(moved)
items = table.items_at(period)
names = by(items, "kode_indikator")
scores = run.ask(queries.item_scores, periode=period, kecamatan=chosen.kecamatan)
weak = perubahan.weakest(scores)
comparison = run.ask(queries.comparison, periode=period)
mixes = perubahan.class_mixes(comparison, first(run.rows(queries.regency))["kode_kabupaten"])
areas = ui.area_names()
reported = naskah.report_day(run.ask(queries.reporting, periode=period, kecamatan=chosen.kecamatan))
source = parts.source_of("kampung_kb_klasifikasi.csv")

st.title(naskah.page_title(tally, mix, area_name(short=True), earlier, period))
filter_bar(beside=lambda: ui.earlier_box(period), indicator=CLASS)
ui.earlier_note(period)
st.markdown(
    summary(
        naskah.class_mix(mix, area_name(), period),
        naskah.movement(moved, tally, earlier),
        naskah.weakest(weak, names),
        naskah.comparison(mixes, areas),
    )
)
parts.source_line(source, fmt.period(period))

left, right = st.columns(2, gap="medium")
with left:
    st.header(naskah.mix_words(mix))
    parts.chart(
        parts.drawn(class_history, counts, period), "klasifikasi-sejarah", naskah.class_mix(mix, area_name(), period)
    )
    parts.source_line(source, fmt.period(period), naskah.history_note())
with right:
    st.header(naskah.comparison_title(mixes, areas))
    ui.shares(mixes, areas, comparison, period)
    parts.source_line(
        parts.source_of("pembanding_klasifikasi.csv"), fmt.period(period), naskah.comparison_note(chosen.kecamatan)
    )

if earlier and len(moved):
    left, right = st.columns(2, gap="medium")
    with left:
        st.header(naskah.flow_title(tally))
        parts.chart(
            parts.drawn(charts.class_flow, perubahan.flows(moved), earlier, period),
            "klasifikasi-alur",
            naskah.movement(moved, tally, earlier),
        )
        parts.source_line(source, naskah.both_days(earlier, period), naskah.flow_note())
    with right:
        st.header(naskah.moved_title(tally))
        ui.moved_list(moved, earlier, period, names)
        parts.source_line(source, naskah.both_days(earlier, period), naskah.stayed_note(tally))
    ui.moves_table(moved, earlier, period)
elif not earlier:
    st.info(naskah.nothing_earlier(period), icon=":material/info:")

if len(scores):
    st.header(naskah.scores_title(weak), anchor=table.SCORES)
    table.order_box(names)
    table.score_grid(scores, items, period)
    parts.source_line(source, fmt.period(period), reported)
    table.score_files(scores, names, period, reported)

    st.header(naskah.weak_title(weak, names))
    table.weak_items(weak, items, period, reported)
    parts.source_line(source, fmt.period(period), reported)
