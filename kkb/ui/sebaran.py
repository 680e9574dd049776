"""The spread of one indicator: its picture, what is missing, its outliers, and the files of both."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _, field
from kkb.charts import Ready
from kkb.charts import sebaran as charts
from kkb.compute import analisis
from kkb.compute.analisis import Spread, Variable
from kkb.naskah import analisis as naskah
from kkb.rows import records
from kkb.ui import analisis as ui
from kkb.ui import parts, run


@dataclass(frozen=True)
class Odd:
    """The outliers of one indicator in one area, as `analisis.outliers` has them, and what is told of them."""

    rows: pd.DataFrame
    title: str
    rule: str


@dataclass(frozen=True)
class Told:
    """What is told of one indicator in one area. `picture` is the content of its figure, None where there is no value;
    `missing` is the line of those without a value in HTML, `left_out` the note on values that rest on missing reports,
    `key` what the marks are; `odd` is None where outliers are not looked for."""

    title: str
    line: str
    picture: dict[str, Any] | None
    missing: str
    left_out: str
    key: str
    odd: Odd | None


@run.remembered
def _told(code: str, period: str, district: str | None) -> Told:
    variable = ui.variable(code, period)
    rows = variable.inside(district)
    found = analisis.spread(rows)
    return Told(
        naskah.spread_title(variable, found, rows),
        naskah.spread_line(variable, found, rows),
        _picture(variable, rows) if found.n else None,
        _missing_line(variable, found),
        naskah.left_out_note(variable, int(rows["kode_desa"].isin(list(_left_out(variable))).sum())),
        naskah.spread_key(variable, found),
        _odd(variable, rows, found) if variable.is_number and found.n >= analisis.FEW else None,
    )


def _of(variable: Variable) -> Told:
    """What is told of it in the area on display."""
    return _told(variable.code, variable.period, run.chosen().kecamatan)


def _picture(variable: Variable, rows: pd.DataFrame) -> dict[str, Any]:
    silent = ui.state_labels(variable)["belum_melapor"]
    content: dict[str, Any] = charts.distribution(variable, rows, silent).to_dict()
    return content


def _missing_line(variable: Variable, found: Spread) -> str:
    """The villages without a value, by state, with the marks they have on maps."""
    told = [
        f'<span style="white-space:nowrap">{maps.swatch(r["warna"], r["motif"])} {escape(field(r, "label"))}: '
        f"<b>{fmt.number(found.states[code])}</b></span>"
        for code, r in ui.states(variable).items()
        if found.states.get(code)
    ]
    words = escape(_("Tanpa nilai:") if told else _("Semua desa/kelurahan memiliki nilai."))
    return f'<div style="font-size:.84rem;display:flex;flex-wrap:wrap;gap:.1rem 1rem">{words} {" ".join(told)}</div>'


def _left_out(variable: Variable) -> frozenset[str]:
    """Villages whose value exists but rests on missing reports, and is therefore left out."""
    published = run.ask(queries.village_values, indikator=variable.code, periode=variable.period)
    differs = published["keadaan"].to_numpy() != variable.values["keadaan"].to_numpy()
    return frozenset(published[differs]["kode_desa"])


def _odd(variable: Variable, rows: pd.DataFrame, found: Spread) -> Odd:
    odd = analisis.outliers(rows)
    return Odd(odd, naskah.outlier_title(variable, odd), naskah.outlier_rule(variable, found))


def distribution(variable: Variable, key: str) -> None:
    """The spread of one indicator in the area on display: picture, what is missing, source, files."""
    chosen, told = run.chosen(), _of(variable)
    rows = variable.inside(chosen.kecamatan)
    st.header(told.title)
    if told.picture:
        content = charts.with_chosen(told.picture, variable, rows, chosen.desa) if chosen.desa else told.picture
        parts.chart(Ready(content), f"analisis-sebaran-{key}", f"{told.title}. {ui.plain(told.line)}")
    st.html(told.missing)
    st.markdown(told.line)
    parts.source_line(
        parts.source_of_indicator(variable.code, variable.period),
        fmt.period(variable.period),
        f"{told.key} {told.left_out}".strip(),
    )
    labels = ui.state_labels(variable)
    parts.downloads(
        lambda: _table(variable, rows, labels),
        key=f"analisis-sebaran-{key}",
        title=told.title,
        file_name=f"sebaran_{variable.code}_{variable.period}",
        notes=ui.notes(told.title, variable, more=told.left_out),
    )


def _table(variable: Variable, rows: pd.DataFrame, states: dict[str, str]) -> pd.DataFrame:
    """The value of each village as it is downloaded."""
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(k) for k in rows["kode_desa"]],
            _("Desa/kelurahan"): list(rows["nama_desa"]),
            _("Kecamatan"): list(rows["nama_kecamatan"]),
            _("Nilai"): rows["nilai"].where(rows["keadaan"] == "ada").to_numpy(),
            _("Keterangan"): ui.state_words(variable, states, rows["nilai"], rows["keadaan"]),
        }
    )


def outliers(*variables: Variable) -> None:
    """The villages beyond the fences of each measured indicator, with the rule, and the same as files."""
    shown = False
    for variable in variables:
        odd = _of(variable).odd
        if odd:
            _outliers(variable, odd)
            shown = True
    if not shown:
        st.caption(naskah.no_outliers())


def _outliers(variable: Variable, odd: Odd) -> None:
    st.header(odd.title)
    sides = {"rendah": _("di bawah batas"), "tinggi": _("di atas batas")}
    rows = records(odd.rows)
    if rows:
        parts.definition_list(
            [
                (f"{r['nama_desa']} ({r['nama_kecamatan']})", naskah.value(variable, r["nilai"]), sides[r["sisi"]])
                for r in rows
            ]
        )
    parts.source_line(parts.source_of_indicator(variable.code, variable.period), fmt.period(variable.period), odd.rule)
    if rows:
        parts.downloads(
            lambda: _odd_table(variable, odd.rows, sides),
            key=f"analisis-pencilan-{variable.code}",
            title=odd.title,
            file_name=f"pencilan_{variable.code}_{variable.period}",
            notes=ui.notes(odd.title, variable, more=odd.rule),
        )


def _odd_table(variable: Variable, odd: pd.DataFrame, sides: dict[str, str]) -> pd.DataFrame:
    """The outliers as they are downloaded."""
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(k) for k in odd["kode_desa"]],
            _("Desa/kelurahan"): list(odd["nama_desa"]),
            _("Kecamatan"): list(odd["nama_kecamatan"]),
            variable.name: odd["nilai"].to_numpy(),
            _("Letak"): [sides[s] for s in odd["sisi"]],
        }
    )
