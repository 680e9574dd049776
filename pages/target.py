"""Target: the path to every village, the pace it takes, and which villages come next."""

from datetime import date

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import target as charts
from kkb.compute import ringkasan, target
from kkb.naskah import target as naskah
from kkb.selection import STATUS
from kkb.ui import parts, run
from kkb.ui.filter_bar import area_name, filter_bar
from kkb.ui.plan import goal_month, month_box, plan_boxes, planned_villages

chosen = run.chosen()
period = run.period()
goal = run.rows(queries.target, indikator="KKB01")[-1]
history = run.ask(queries.coverage_history)
reached, villages = ringkasan.coverage_at(history, period)
planned = planned_villages(period)
source = parts.source_of_indicator(STATUS, period)
heading = st.empty()
filter_bar(beside=lambda: month_box(date.today()))
month = goal_month(date.today())
path = target.path(reached, int(goal["target"]), len(planned), month, date.today())
deadline = naskah.deadline(
    path.target,
    int(goal["tahun"]),
    reached,
    period,
    today_year=date.today().year,
    is_last=period == history["periode"].max(),
)
heading.title(naskah.target_title(path, int(goal["tahun"]), period, date.today().year))
st.markdown(deadline)
parts.cards(
    [
        parts.Card(_("Kampung KB"), fmt.of(reached, path.target), fmt.share(reached, path.target), source),
        parts.Card(_("Kesenjangan"), fmt.number(path.gap), _("desa/kelurahan"), source),
        parts.Card(
            _("Setelah rencana"),
            fmt.of(reached + len(planned), path.target),
            _("{n} desa dipilih di bawah").format(n=len(planned)),
            _("Simulasi: bila semua desa yang dipilih memperoleh status."),
        ),
        parts.Card(
            _("Laju per bulan"),
            naskah.pace(path),
            _("desa, agar tuntas {month}").format(month=fmt.period(month)),
            _("Kesenjangan setelah rencana dibagi jumlah bulan yang tersisa sejak bulan ini, dibulatkan ke atas."),
        ),
        parts.Card(
            _("Waktu tersisa"),
            fmt.number(path.months),
            _("bulan sejak bulan ini"),
            _("Jumlah bulan penuh sejak bulan ini sampai dengan tenggat baru."),
        ),
    ]
)

left, right = st.columns([1.15, 1], gap="medium")
districts = target.with_plan(run.ask(queries.district_coverage, periode=period), planned["kode_kecamatan"])
with left:
    st.header(_("Jalur menuju {n} desa/kelurahan").format(n=path.target))
    facts = parts.status_facts()
    parts.chart(
        parts.drawn(
            charts.target_path,
            history[history["periode"] <= period],
            facts,
            path.target,
            deadline=f"{goal['tahun']}-12-31",
            today=date.today().isoformat(),
            goal=f"{month}-28",
            planned=len(planned),
        ),
        "target-jalur",
        deadline,
    )
    parts.source_line(source, fmt.period(period), naskah.facts_line(facts, goal))
with right:
    st.header(_("Kesenjangan per kecamatan, seluruhnya {n}").format(n=fmt.number(districts["kesenjangan"].sum())))
    parts.district_table(districts, period, source)

mine = districts[districts["kode_kecamatan"] == chosen.kecamatan] if chosen.kecamatan else districts
st.header(
    _("{n} desa/kelurahan di {area} belum Kampung KB: pilih untuk simulasi").format(
        n=fmt.number(mine["kesenjangan"].sum()), area=area_name(short=True)
    )
)
plan_boxes(period)
parts.source_line(source, fmt.period(period), _("Pilihan tersimpan di tautan halaman ini."))
