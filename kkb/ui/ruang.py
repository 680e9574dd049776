"""Whether like villages lie together: the test, remembered per version, its map, its list and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _
from kkb.charts import ruang as charts
from kkb.compute import ruang
from kkb.compute.analisis import STATUS, Variable
from kkb.compute.ruang import ALONE, Pattern, Reach
from kkb.naskah import ruang as naskah
from kkb.rows import first
from kkb.ui import analisis, parts, run
from kkb.ui.filter_bar import area_name

MAP_HEIGHT = 470


@dataclass(frozen=True)
class Shown:
    """The test of one indicator as it is shown in one area. `painted` are all villages as `charts.on_map` has them,
    `classes` the legend of the map; `whole`, `chance` and `method` are sentences, `legend` is HTML."""

    found: Pattern
    painted: pd.DataFrame
    classes: pd.DataFrame
    title: str
    whole: str
    chance: str
    method: str
    legend: str


@st.cache_data(max_entries=100, show_spinner=False)
def _tested(version: str, code: str, period: str, _values: pd.DataFrame, _reach: Reach) -> Pattern:
    """The test itself; it takes longest, and is the same in every language and area."""
    return ruang.pattern(_values, _reach)


def _reach(variable: Variable) -> Reach:
    return ruang.reach(variable.values, run.ask(queries.neighbours))


@run.remembered
def _why_not(code: str, period: str) -> str:
    """Why an indicator cannot be tested; '' when it can: enough villages border another with a value."""
    variable = analisis.variable(code, period)
    if code == STATUS:
        return naskah.only_numbers(variable.name)
    reach = _reach(variable)
    return "" if ruang.can_test(variable.values, reach) else naskah.cannot(variable.name, reach)


@run.remembered
def _shown(code: str, period: str, district: str | None) -> Shown:
    """An indicator that can be tested."""
    variable = analisis.variable(code, period)
    reach = _reach(variable)
    found = _tested(run.now().warehouse.key, code, period, variable.values, reach)
    legend = run.ask(queries.legend, indikator=code)
    classes = charts.classes(legend[legend["bagian"] == "keadaan"])
    painted = charts.on_map(variable.values, found)
    here = _here(painted, district)
    counts = maps.class_counts(here)
    states = {str(k): n for k, n in counts.items() if k in (ALONE, *legend["kode_kelas"])}
    split = ruang.in_pieces(first(run.rows(queries.map_layer, nama="peta"))["isi"])
    return Shown(
        found,
        painted,
        classes,
        naskah.title(variable.name, counts, found),
        naskah.whole(variable.name, found),
        naskah.chance(found),
        naskah.method(found, reach, split),
        charts.legend(counts, states, classes, here),
    )


def _here(painted: pd.DataFrame, district: str | None) -> pd.DataFrame:
    """The villages of the area."""
    return painted[painted["kode_kecamatan"] == district] if district else painted


def _clicked(place: dict[str, object]) -> None:
    if "village" in place:
        run.change(desa=place["village"])
    else:
        run.change(kecamatan=place["district"], desa=None)


def section(a: Variable, b: Variable, told: Callable[[str], object]) -> None:
    """The map of the first of the two that can be tested; `told` takes the finding in one sentence."""
    reasons = {v.code: _why_not(v.code, v.period) for v in (a, b)}
    able = [v for v in (a, b) if not reasons[v.code]]
    if not able:
        told(_("**Pola ruang:** tidak dapat diuji untuk kedua indikator; alasannya di bawah."))
        st.header(_("Pola ruang tidak dapat diuji"))
        st.info(" ".join(reasons[v.code] for v in (a, b)), icon=":material/info:")
        return
    variable = able[0]
    with st.spinner(_("Menguji pola ruang…")):
        shown = _shown(variable.code, variable.period, run.chosen().kecamatan)
    told(shown.whole)
    _map_and_list(variable, shown)
    if variable is b:
        st.info(reasons[a.code], icon=":material/info:")
    elif len(able) == 2:
        st.button(
            _("Pola ruang {name}").format(name=b.name),
            key="analisis-tukar",
            icon=":material/swap_horiz:",
            on_click=run.change,
            kwargs={"indikator": b.code, "terhadap": a.code},
        )


def _map_and_list(variable: Variable, shown: Shown) -> None:
    chosen = run.chosen()
    st.header(shown.title)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        parts.show_map(
            maps.paint(
                shown.painted,
                shown.classes,
                decimals=variable.decimals,
                village=chosen.desa,
                district=chosen.kecamatan,
            ),
            "analisis-ruang",
            height=MAP_HEIGHT,
            on_click=_clicked,
        )
    with right:
        st.html(shown.legend)
        _village(variable, shown.found)
    st.markdown(shown.chance)
    more = [shown.method, naskah.whole_regency(area_name())] if chosen.kecamatan else [shown.method]
    parts.source_line(
        parts.source_of_indicator(variable.code, variable.period), fmt.period(variable.period), " ".join(more)
    )
    here = _here(shown.painted, chosen.kecamatan)
    parts.downloads(
        lambda: _table(variable, shown.found, here),
        key="analisis-ruang",
        title=shown.title,
        file_name=f"pola-ruang_{variable.code}_{variable.period}",
        notes=[
            *analisis.notes(shown.title, variable),
            analisis.plain(shown.whole),
            analisis.plain(shown.chance),
            *more,
        ],
    )


def _village(variable: Variable, found: Pattern) -> None:
    code = run.chosen().desa
    rows = variable.values[variable.values["kode_desa"] == code]
    if code is None or rows.empty:
        st.caption(_("Klik satu desa pada peta untuk membaca angkanya."))
        return
    st.markdown(naskah.village(first(rows), variable, found))
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Profil lengkap"),
            key="analisis-profil",
            icon=":material/home_work:",
            on_click=run.visit,
            args=("desa",),
            kwargs={"desa": code},
        )
        st.button(_("Lepas pilihan"), key="analisis-lepas", on_click=run.change, kwargs={"desa": None})


def _table(variable: Variable, found: Pattern, here: pd.DataFrame) -> pd.DataFrame:
    """The test of each village as it is downloaded."""
    names = naskah.pattern_names()
    rows = here.drop(columns="nilai").merge(found.villages, on="kode_desa", how="inner")
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(k) for k in rows["kode_desa"]],
            _("Desa/kelurahan"): list(rows["nama_desa"]),
            _("Kecamatan"): list(rows["nama_kecamatan"]),
            variable.name: rows["nilai"].to_numpy(),
            _("Rata-rata tetangga"): rows["rata_tetangga"].round(4).to_numpy(),
            _("Banyaknya tetangga yang memiliki nilai"): rows["jumlah_tetangga"].to_numpy(),
            _("Moran lokal"): rows["moran_lokal"].round(4).to_numpy(),
            _("p (dua sisi)"): rows["p"].to_numpy(),
            _("p terkoreksi (FDR)"): rows["p_fdr"].round(4).to_numpy(),
            _("Kuadran"): [names[k] for k in rows["kuadran"]],
            _("Pola"): [names[k] for k in rows["pola"]],
        }
    )
