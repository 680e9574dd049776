"""The parts of the page of one village, and what they are drawn from, asked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _, field
from kkb.charts import desa as charts
from kkb.compute import klasifikasi, naik_kelas, rekap
from kkb.compute.alasan import Reason, reasons
from kkb.compute.klasifikasi import INDICES, Rule
from kkb.naskah import butir
from kkb.naskah import desa as naskah
from kkb.rows import Row, by, first, records
from kkb.selection import CLASS
from kkb.teks import literal
from kkb.ui import cetak, parts, run, widgets


@dataclass(frozen=True)
class Village:
    """All that is known of one village at one date. Without the status `kelas` is None and `told` empty."""

    code: str
    period: str
    facts: Row
    kelas: str | None
    told: list[Reason]
    rule: Rule | None
    recaps: pd.DataFrame
    figures: pd.DataFrame
    idm: pd.DataFrame
    neighbours: pd.DataFrame

    @cached_property
    def recap(self) -> pd.DataFrame:
        """Its own latest recap: one row, or none."""
        return self.recaps[self.recaps["kode_desa"] == self.code]

    @cached_property
    def own_figures(self) -> pd.DataFrame:
        """The figures of its own recap: one row, or none."""
        return self.figures[self.recaps["kode_desa"] == self.code]

    @cached_property
    def scores(self) -> dict[str, int]:
        """Item code -> published score."""
        return {r.item.code: r.score for r in self.told}

    def plan(self, target: str | None) -> naik_kelas.Plan | None:
        """The cheapest ways to a class; None where there is none."""
        return naik_kelas.plan(self.scores, self.rule, target) if self.rule and target else None

    @cached_property
    def item_rules(self) -> dict[str, Row]:
        """Item code -> its row of the rule in force."""
        table = run.ask(queries.item_rules)
        return by(table[table["berlaku_mulai"] == self.rule.since], "kode_indikator") if self.rule else {}

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Item code -> the reason for its score, in words."""
        recap, known = next(iter(records(self.recap)), None), next(iter(records(self.own_figures)), None)
        rules = self.item_rules
        return {r.item.code: butir.reason(r, rules[r.item.code], recap, known, self.period) for r in self.told}

    @cached_property
    def next_class(self) -> str | None:
        """The class above its own; None at the top or without a class."""
        return naik_kelas.next_class(self.scores, self.rule) if self.rule else None


def village(code: str, period: str) -> Village:
    """Ask for all that is known of one village at one date."""
    items = run.ask(queries.item_scores, periode=period)
    own = items[items["kode_desa"] == code]
    recaps = run.ask(queries.recap, periode=period)
    rule, told = None, []
    if len(own):
        rule = klasifikasi.in_force(klasifikasi.rules(run.ask(queries.item_rules)), period)
    if rule:
        scores = {str(k): int(n) for k, n in zip(own["kode_indikator"], own["nilai"], strict=True)}
        told = reasons(recaps[recaps["kode_desa"] == code], scores, rule)
    return Village(
        code=code,
        period=period,
        facts=first(run.rows(queries.village_facts, desa=code)),
        kelas=str(own["kelas"].iloc[0]) if rule else None,
        told=told,
        rule=rule,
        recaps=recaps,
        figures=rekap.figures(recaps),
        idm=run.ask(queries.village_idm, desa=code),
        neighbours=run.ask(queries.village_neighbours, desa=code, periode=period),
    )


PORTAL, RECAP, IDM, BORDERS = (
    "kampung_kb_klasifikasi.csv",
    "kampung_kb_rekap.csv",
    "idm.csv",
    "batas/desa.geojson",
)


def class_over_time(known: Village) -> None:
    """Since when it has the status, its class on each date, and the three indices against the pass mark."""
    history = run.ask(queries.village_history, desa=known.code)
    st.header(naskah.class_title(history, known.period))
    st.markdown(literal(f"{naskah.recorded(known.facts)} {naskah.same_name(known.facts)}"))
    st.html(charts.class_strip(history, known.period))
    if known.rule:
        missing = naik_kelas.missing_points(known.scores, known.rule)
        notes = {
            i: _("kurang {n} poin").format(n=fmt.number(missing[i])) if missing[i] else _("lulus") for i in INDICES
        }
        st.html(charts.index_lines(history, known.period, dict(known.rule.pass_marks), notes))
    parts.source_line(
        parts.source_of(PORTAL),
        fmt.period(known.period),
        _("Indeks 1–4; garis putus-putus: ambang kelulusan {mark}.").format(
            mark=fmt.number(min(known.rule.pass_marks.values())) if known.rule else fmt.MISSING
        ),
    )


def around(known: Village) -> None:
    """The village and its neighbours on a small map, and a way to each of them."""
    st.header(naskah.neighbours_title(known.neighbours))
    legend = run.ask(queries.legend, indikator=CLASS)
    values = run.ask(queries.village_values, indikator=CLASS, periode=known.period)
    near = [known.code, *known.neighbours["kode_desa"]]
    parts.show_map(
        maps.paint(
            values, legend, decimals=None, village=known.code, district=known.facts["kode_kecamatan"], near=near
        ),
        "desa-peta",
        height=270,
        on_click=lambda place: (
            run.change(desa=place["village"], simulasi=())
            if "village" in place
            else run.visit("peta", kecamatan=place["district"], desa=None)
        ),
    )
    st.html(maps.legend_html(legend, maps.class_counts(values[values["kode_desa"].isin(near)])))
    names = {r["kode_desa"]: naskah.neighbour(r, known.facts["kode_kecamatan"]) for r in records(known.neighbours)}
    widgets.keep("tetangga", None)
    st.pills(
        _("Buka profil tetangga"), list(names), format_func=names.__getitem__, key="tetangga", wrap=True, on_change=_go
    )
    parts.source_line(
        parts.source_of(PORTAL, BORDERS),
        fmt.period(known.period),
        _("Tetangga: desa/kelurahan yang berbatasan, menurut batas indikatif."),
    )


def _go() -> None:
    run.change(desa=st.session_state["tetangga"], simulasi=())


def items(known: Village) -> None:
    """The twelve items: score, the reason in words, and the proposed office."""
    if not known.rule:
        return
    st.header(naskah.items_title(known.told))
    rules = known.item_rules
    offices = by(run.rows(queries.indicators), "kode_indikator")
    colours = list(run.ask(queries.legend, indikator="SK01")["warna"])
    means = naik_kelas.means(known.scores, known.rule)
    groups = []
    for index in INDICES:
        words = _("Indeks {index} {value}: {verdict}").format(
            index=_(index.capitalize()),
            value=fmt.number(means[index], 2),
            verdict=_("lulus") if means[index] >= known.rule.pass_marks[index] else _("belum lulus"),
        )
        rows = [
            [
                charts.two_lines(field(rules[r.item.code], "item"), field(rules[r.item.code], "dasar_ukur")),
                charts.score(r.score, r.item.ceiling, colours[r.score - 1], r.is_known),
                charts.two_lines(
                    known.reasons[r.item.code],
                    _("Usulan: {office}").format(office=offices[r.item.code]["opd"]),
                ),
            ]
            for r in known.told
            if r.item.index == index
        ]
        groups.append((words, rows))
    head = [(_("Butir"), "33%"), (_("Skor"), "15%"), (_("Alasan dan usulan penanggung jawab"), "52%")]
    st.html(charts.table(head, groups))
    day = fmt.day(known.recap["tanggal"].iloc[0]) if len(known.recap) else fmt.MISSING
    parts.source_line(
        parts.source_of(PORTAL, RECAP), fmt.period(known.period), _("Nilai terukur: rekap {day}.").format(day=day)
    )
    with cetak.screen_only("lintas"):
        st.button(
            _("Tugas tiap perangkat daerah"),
            icon=":material/groups:",
            key="ke-lintas",
            on_click=run.visit,
            args=("lintas_sektor",),
            kwargs={"kecamatan": known.code[:6]},
        )
