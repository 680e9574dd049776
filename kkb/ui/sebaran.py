"""The spread of one indicator: its picture, what is missing, its outliers, and the files of both."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _, field
from kkb.charts import sebaran as charts
from kkb.compute import analisis
from kkb.compute.analisis import Variable
from kkb.naskah import analisis as naskah
from kkb.rows import records
from kkb.ui import parts, run
from kkb.ui.analisis import notes, plain, state_words, states


def missing_line(variable: Variable, rows: pd.DataFrame) -> None:
    """The villages without a value, by state, with the marks they have on maps."""
    found = analisis.spread(rows)
    told = [
        f'<span style="white-space:nowrap">{maps.swatch(r["warna"], r["motif"])} {escape(field(r, "label"))}: '
        f"<b>{fmt.number(found.states[code])}</b></span>"
        for code, r in states(variable).items()
        if found.states.get(code)
    ]
    words = escape(_("Tanpa nilai:") if told else _("Semua desa/kelurahan memiliki nilai."))
    st.html(f'<div style="font-size:.84rem;display:flex;flex-wrap:wrap;gap:.1rem 1rem">{words} {" ".join(told)}</div>')


def distribution(variable: Variable, key: str) -> None:
    """The spread of one indicator in the area on display: picture, what is missing, source, files."""
    rows = variable.inside(run.chosen().kecamatan)
    found = analisis.spread(rows)
    title = naskah.spread_title(variable, found, rows)
    st.header(title)
    if found.n:
        silent = field(states(variable)["belum_melapor"], "label")
        figure = charts.distribution(variable, rows, run.chosen().desa, silent)
        parts.chart(figure, f"analisis-sebaran-{key}", f"{title}. {plain(naskah.spread_line(variable, found, rows))}")
    missing_line(variable, rows)
    st.markdown(naskah.spread_line(variable, found, rows))
    left_out = int((variable.values["kode_desa"].isin(list(_left_out(variable))) & _here(variable.values)).sum())
    parts.source_line(
        parts.source_of_indicator(variable.code, variable.period),
        fmt.period(variable.period),
        f"{naskah.spread_key(variable, found)} {naskah.left_out_note(variable, left_out)}".strip(),
    )
    table = pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(k) for k in rows["kode_desa"]],
            _("Desa/kelurahan"): list(rows["nama_desa"]),
            _("Kecamatan"): list(rows["nama_kecamatan"]),
            _("Nilai"): rows["nilai"].where(rows["keadaan"] == "ada").to_numpy(),
            _("Keterangan"): state_words(variable, rows["nilai"], rows["keadaan"]),
        }
    )
    parts.downloads(
        table,
        key=f"analisis-sebaran-{key}",
        title=title,
        file_name=f"sebaran_{variable.code}_{variable.period}",
        notes=notes(title, variable, more=naskah.left_out_note(variable, left_out)),
    )


def _here(values: pd.DataFrame) -> pd.Series:
    district = run.chosen().kecamatan
    return values["kode_kecamatan"] == district if district else values["kode_kecamatan"].notna()


def _left_out(variable: Variable) -> frozenset[str]:
    """Villages whose value exists but rests on missing reports, and is therefore left out."""
    published = run.ask(queries.village_values, indikator=variable.code, periode=variable.period)
    differs = published["keadaan"].to_numpy() != variable.values["keadaan"].to_numpy()
    return frozenset(published[differs]["kode_desa"])


def outliers(*variables: Variable) -> None:
    """The villages beyond the fences of each measured indicator, with the rule, and the same as files."""
    shown = False
    for variable in variables:
        rows = variable.inside(run.chosen().kecamatan)
        found = analisis.spread(rows)
        if variable.is_number and found.n >= analisis.FEW:
            _outliers(variable, rows, found)
            shown = True
    if not shown:
        st.caption(naskah.no_outliers())


def _outliers(variable: Variable, rows: pd.DataFrame, found: analisis.Spread) -> None:
    odd = analisis.outliers(rows)
    title = naskah.outlier_title(variable, odd)
    st.header(title)
    sides = {"rendah": _("di bawah batas"), "tinggi": _("di atas batas")}
    table = pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(k) for k in odd["kode_desa"]],
            _("Desa/kelurahan"): list(odd["nama_desa"]),
            _("Kecamatan"): list(odd["nama_kecamatan"]),
            variable.name: odd["nilai"].to_numpy(),
            _("Letak"): [sides[s] for s in odd["sisi"]],
        }
    )
    rule = naskah.outlier_rule(variable, found)
    if len(odd):
        parts.definition_list(
            [
                (f"{r['nama_desa']} ({r['nama_kecamatan']})", naskah.value(variable, r["nilai"]), sides[r["sisi"]])
                for r in records(odd)
            ]
        )
    parts.source_line(parts.source_of_indicator(variable.code, variable.period), fmt.period(variable.period), rule)
    if len(odd):
        parts.downloads(
            table,
            key=f"analisis-pencilan-{variable.code}",
            title=title,
            file_name=f"pencilan_{variable.code}_{variable.period}",
            notes=notes(title, variable, more=rule),
        )
