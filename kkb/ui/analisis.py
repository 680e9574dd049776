"""The two indicators of the analysis page, their boxes, and the picture of both beside each other with its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries, selection
from kkb.bahasa import _, field
from kkb.charts import CLASS_COLOURS, Ready
from kkb.charts import analisis as charts
from kkb.compute import analisis, hubungan
from kkb.compute.analisis import CLASS, STATUS, Variable
from kkb.compute.hubungan import Relation
from kkb.naskah import analisis as naskah
from kkb.rows import Row, by, records
from kkb.ui import parts, run, widgets
from kkb.ui.filter_bar import indicator_order
from kkb.ui.skor import items_at


@dataclass(frozen=True)
class Beside:
    """What is told of two indicators in one area. `part` is (part, whole) when one is counted from the other, `title`
    that of the picture, `picture` its content, None where no village has both values, `silent` how many crosses are in
    it."""

    found: Relation
    part: tuple[str, str] | None
    title: str
    picture: dict[str, Any] | None
    silent: int


def pair() -> tuple[Variable, Variable]:
    """The two indicators that the address names, each in its own period."""
    first, second = selection.pair_of(run.chosen(), run.now().options)
    return variable(first, run.period(first)), variable(second, run.period(second))


def dated(a: Variable, b: Variable) -> str:
    """The indicator whose dates the slider offers: the one that has more."""
    periods = run.now().options.periode
    return max((a.code, b.code), key=lambda code: len(periods[code]))


@run.remembered
def variable(code: str, period: str) -> Variable:
    """One indicator in a period, read from the warehouse."""
    row = by(run.rows(queries.map_indicators), "kode_indikator")[code]
    silent = analisis.without_reports(run.ask(queries.item_scores, periode=period))
    values = run.ask(queries.village_values, indikator=code, periode=period)
    values = analisis.only_reported(code, values, silent)
    groups = _groups(row, values, period)
    return Variable(
        code=code,
        name=field(row, "nama"),
        unit=field(row, "satuan"),
        period=period,
        decimals=_decimals(row, values),
        values=values,
        groups=groups,
        colours=dict(enumerate(CLASS_COLOURS.values(), 1)) if code == CLASS else {},
        silent=silent if code == CLASS else frozenset(),
    )


def _groups(row: Row, values: pd.DataFrame, period: str) -> dict[float, str]:
    scheme = row["skema_peta"]
    labels = {
        r["kode_kelas"]: field(r, "label")
        for r in run.rows(queries.legend, indikator=row["kode_indikator"])
        if r["bagian"] == "kelas"
    }
    if scheme == "status":
        return {0.0: labels["belum"], 1.0: labels["sudah"]}
    if scheme == "klasifikasi":
        return {float(n): name for n, name in enumerate(labels.values(), 1)}
    if scheme == "skor":
        rule = by(items_at(period), "kode_indikator").get(row["kode_indikator"])
        ceiling = 3 if rule and pd.isna(rule["batas_4"]) else 4
        return {float(n): fmt.number(n) for n in range(1, ceiling + 1)}
    if not analisis.are_groups(values):
        return {}
    return {float(n): fmt.number(n) for n in sorted(values[values["keadaan"] == "ada"]["nilai"].unique())}


def _decimals(row: Row, values: pd.DataFrame) -> int:
    known = values[values["keadaan"] == "ada"]["nilai"]
    return fmt.DECIMALS.get(row["skema_peta"], 0 if (known % 1 == 0).all() else 1)


def pair_boxes(a: Variable, b: Variable) -> None:
    """The select boxes of the two indicators; neither offers what the other holds."""
    table = by(run.rows(queries.map_indicators), "kode_indikator")

    def name(code: str | None) -> str:
        return field(table[str(code)], "nama")

    order = indicator_order(table)
    widgets.choose(
        _("Indikator"),
        "indikator",
        [c for c in order if c not in (STATUS, b.code)],
        a.code,
        words=name,
        help=field(table[a.code], "definisi"),
        terhadap=b.code,
    )
    widgets.choose(
        _("Terhadap"),
        "terhadap",
        [c for c in order if c != a.code],
        b.code,
        words=name,
        help=field(table[b.code], "definisi"),
        indikator=a.code,
    )


def index_of_items(period: str) -> dict[str, str]:
    """Item code -> the index it counts in."""
    return {r["kode_indikator"]: r["indeks"] for r in records(items_at(period))}


def states(variable: Variable) -> dict[str, Row]:
    """State without a value -> its row of the legend."""
    legend = run.rows(queries.legend, indikator=variable.code)
    return {r["kode_kelas"]: r for r in legend if r["bagian"] == "keadaan"}


def state_labels(variable: Variable) -> dict[str, str]:
    """State without a value -> its name."""
    return {code: field(r, "label") for code, r in states(variable).items()}


def state_words(variable: Variable, labels: dict[str, str], values: pd.Series, known: pd.Series) -> list[str]:
    """What each value says, or why there is none: the name of its group, 'ada nilai', or the name of the state in
    `known`."""
    return [
        labels[state] if state != "ada" else naskah.value(variable, number) if variable.groups else _("ada nilai")
        for number, state in zip(values, known, strict=True)
    ]


def notes(title: str, *variables: Variable, more: str = "") -> list[str]:
    """What goes into a workbook beside the numbers: title, source and date of each indicator, data version, `more`."""
    told = [
        title,
        *(
            f"{v.name}: "
            + _("Sumber: {source}. Data per {period}.").format(
                source=parts.source_of_indicator(v.code, v.period), period=fmt.period(v.period)
            )
            for v in variables
        ),
        _("Versi data {version}.").format(version=run.now().warehouse.version),
    ]
    return [*told, more] if more else told


def beside(a: Variable, b: Variable) -> Beside:
    """What is told of both in the area on display, by the rule of the day on display."""
    return _beside(a.code, a.period, b.code, b.period, run.chosen().kecamatan, run.period())


@run.remembered
def _beside(one: str, its_period: str, other: str, other_period: str, district: str | None, day: str) -> Beside:
    a, b = variable(one, its_period), variable(other, other_period)
    rows = hubungan.both(a.inside(district), b.values)
    known = hubungan.with_both(rows)
    found = hubungan.relation(rows, is_measured=all(v.is_number and not v.is_index for v in (a, b)))
    return Beside(
        found,
        hubungan.part_and_whole(one, other, index_of_items(day)),
        naskah.relation_title(a, b, rows, found),
        _picture(a, b, rows) if len(known) else None,
        int(known["kode_desa"].isin(list(a.silent | b.silent)).sum()),
    )


def _picture(a: Variable, b: Variable, rows: pd.DataFrame) -> dict[str, Any]:
    """The content of the figure; `rows` are those of `hubungan.both` in the area on display."""
    others = hubungan.both(a.values, b.values)
    others = others[~others["kode_desa"].isin(rows["kode_desa"])]
    content: dict[str, Any] = charts.relation(a, b, rows, others).to_dict()
    return content


def relation(a: Variable, b: Variable, told: Beside) -> None:
    """Both indicators beside each other: picture, what it does not prove, source, files."""
    chosen = run.chosen()
    title, found = told.title, told.found
    st.header(title)
    rows = partial(hubungan.both, a.inside(chosen.kecamatan), b.values)
    if told.picture:
        content = charts.with_ring(told.picture, a, b, rows(), chosen.desa) if chosen.desa else told.picture
        parts.chart(Ready(content), "analisis-hubungan", f"{title}. {naskah.correlation(found)}")
    note = naskah.silent_note(a if a.silent else b, told.silent)
    n = _("{n} desa/kelurahan memiliki kedua nilai.").format(n=fmt.of(found.n, found.total))
    if words := naskah.caution(a, b, found, told.part):
        st.markdown(words)
    source = "; ".join(dict.fromkeys(parts.source_of_indicator(v.code, v.period) for v in (a, b)))
    parts.source_line(source, naskah.days(a, b), f"{n} {naskah.relation_key(a, b)} {note}".strip())
    labels = state_labels(a), state_labels(b)
    parts.downloads(
        lambda: _table(a, b, rows(), *labels),
        key="analisis-hubungan",
        title=title,
        file_name=f"hubungan_{a.code}_{b.code}_{a.period}",
        notes=[*notes(title, a, b, more=note), plain(naskah.correlation(found))],
    )


def _table(
    a: Variable, b: Variable, rows: pd.DataFrame, states_a: dict[str, str], states_b: dict[str, str]
) -> pd.DataFrame:
    """Both values of each village as they are downloaded."""
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(k) for k in rows["kode_desa"]],
            _("Desa/kelurahan"): list(rows["nama_desa"]),
            _("Kecamatan"): list(rows["nama_kecamatan"]),
            a.name: rows["nilai_a"].to_numpy(),
            _("Keterangan {name}").format(name=a.name): state_words(a, states_a, rows["nilai_a"], rows["keadaan_a"]),
            b.name: rows["nilai_b"].to_numpy(),
            _("Keterangan {name}").format(name=b.name): state_words(b, states_b, rows["nilai_b"], rows["keadaan_b"]),
        }
    )


def plain(words: str) -> str:
    """A sentence without the signs that make words bold."""
    return words.replace("**", "")
