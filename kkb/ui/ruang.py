"""Whether like villages lie together: the test, remembered per version, its map, its list and its files."""

from __future__ import annotations

from collections.abc import Callable

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
from kkb.ui import parts, run
from kkb.ui.analisis import notes, plain
from kkb.ui.filter_bar import area_name

MAP_HEIGHT = 470


@st.cache_data(max_entries=100, show_spinner=False)
def _tested(version: str, code: str, period: str, _values: pd.DataFrame, _reach: Reach) -> Pattern:
    return ruang.pattern(_values, _reach)


def _reach(variable: Variable) -> Reach:
    return ruang.reach(variable.values, run.ask(queries.neighbours))


def can_test(variable: Variable) -> bool:
    """Whether an indicator has enough villages that border another with a value."""
    return variable.code != STATUS and ruang.can_test(variable.values, _reach(variable))


def test(variable: Variable) -> Pattern:
    """The test of an indicator that can be tested."""
    key = run.now().warehouse.key
    return _tested(key, variable.code, variable.period, variable.values, _reach(variable))


def why_not(variable: Variable) -> str:
    """Why an indicator cannot be tested."""
    if variable.code == STATUS:
        return naskah.only_numbers(variable.name)
    return naskah.cannot(variable.name, _reach(variable))


def _clicked(place: dict[str, object]) -> None:
    if "village" in place:
        run.change(desa=place["village"])
    else:
        run.change(kecamatan=place["district"], desa=None)


def section(a: Variable, b: Variable, told: Callable[[str], object]) -> None:
    """The map of the first of the two that can be tested; `told` takes the finding in one sentence."""
    able = [v for v in (a, b) if can_test(v)]
    if not able:
        reasons = " ".join(why_not(v) for v in (a, b))
        told(_("**Pola ruang:** tidak dapat diuji untuk kedua indikator; alasannya di bawah."))
        st.header(_("Pola ruang tidak dapat diuji"))
        st.info(reasons, icon=":material/info:")
        return
    shown = able[0]
    with st.spinner(_("Menguji pola ruang…")):
        found = test(shown)
    told(naskah.whole(shown.name, found))
    _map_and_list(shown, found)
    if shown is b:
        st.info(why_not(a), icon=":material/info:")
    elif len(able) == 2:
        st.button(
            _("Pola ruang {name}").format(name=b.name),
            key="analisis-tukar",
            icon=":material/swap_horiz:",
            on_click=run.change,
            kwargs={"indikator": b.code, "terhadap": a.code},
        )


def _map_and_list(variable: Variable, found: Pattern) -> None:
    chosen, reach = run.chosen(), _reach(variable)
    legend = run.ask(queries.legend, indikator=variable.code)
    classes = charts.classes(legend[legend["bagian"] == "keadaan"])
    painted = charts.on_map(variable.values, found)
    here = painted[painted["kode_kecamatan"] == chosen.kecamatan] if chosen.kecamatan else painted
    counts = maps.class_counts(here)
    states = {str(k): n for k, n in counts.items() if k in (ALONE, *legend["kode_kelas"])}
    title = naskah.title(variable.name, counts, found)
    st.header(title)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        parts.show_map(
            maps.paint(painted, classes, decimals=variable.decimals, village=chosen.desa, district=chosen.kecamatan),
            "analisis-ruang",
            height=MAP_HEIGHT,
            on_click=_clicked,
        )
    with right:
        st.html(charts.legend(counts, states, classes, here))
        _village(variable, found)
    split = ruang.in_pieces(first(run.rows(queries.map_layer, nama="peta"))["isi"])
    method = naskah.method(found, reach, split)
    st.markdown(naskah.chance(found))
    more = [method, naskah.whole_regency(area_name())] if chosen.kecamatan else [method]
    parts.source_line(
        parts.source_of_indicator(variable.code, variable.period), fmt.period(variable.period), " ".join(more)
    )
    _files(
        variable, found, here, title, [plain(naskah.whole(variable.name, found)), plain(naskah.chance(found)), *more]
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


def _files(variable: Variable, found: Pattern, here: pd.DataFrame, title: str, more: list[str]) -> None:
    names = naskah.pattern_names()
    rows = here.drop(columns="nilai").merge(found.villages, on="kode_desa", how="inner")
    table = pd.DataFrame(
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
    parts.downloads(
        table,
        key="analisis-ruang",
        title=title,
        file_name=f"pola-ruang_{variable.code}_{variable.period}",
        notes=[*notes(title, variable), *more],
    )
