"""The filter bar: kecamatan, indicator and date, the path Tabalong > Kecamatan > Desa, and what could not be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field
from kkb.rows import by, first
from kkb.selection import STATUS
from kkb.teks import literal, short
from kkb.ui import run, widgets


def filter_bar(*, beside: Callable[[], None] | None = None, indicator: str = STATUS) -> None:
    """Kecamatan and date side by side; on a phone the date goes below. `beside` draws one more box between them.

    The dates are those on which `indicator` has data. One flat row: each nested column is a message to the browser.
    """
    with st.container(horizontal=True, vertical_alignment="top"):
        district_box()
        if beside:
            beside()
        _date_slider(indicator)
    notes(run.period(indicator))


def _date_slider(indicator: str) -> None:
    period = run.period(indicator)
    periods = run.now().options.periode[indicator]
    widgets.slide(_("Tanggal data"), "tanggal", periods, period, words=fmt.period)


def district_box() -> None:
    """The select box of the kecamatan; choosing another lets go of a village outside it."""
    names = {code: row["nama_kecamatan"] for code, row in by(run.rows(queries.districts), "kode_kecamatan").items()}
    widgets.choose(
        _("Kecamatan"),
        "kecamatan",
        [None, *names],
        run.chosen().kecamatan,
        words=lambda code: names[code] if code else _("Semua"),
        desa=None,
    )


def regency_box() -> None:
    """The select box of the kabupaten, typing narrows it; only where the version has more than one."""
    rows = by(run.rows(queries.regencies), "kode_kabupaten")
    if len(rows) > 1:
        widgets.choose(
            _("Kabupaten/kota"),
            "kabupaten",
            list(rows),
            run.now().warehouse.area,
            words=lambda code: _("{village} ({district})").format(
                village=rows[str(code)]["nama_kabupaten"], district=rows[str(code)]["provinsi"]
            ),
            **run.ELSEWHERE,
        )


def indicator_box() -> None:
    """The select box of the indicator."""
    table = by(run.rows(queries.map_indicators), "kode_indikator")
    widgets.choose(
        _("Indikator"),
        "indikator",
        indicator_order(table),
        run.chosen().indikator,
        words=lambda code: field(table[str(code)], "nama"),
        help=field(table[run.chosen().indikator], "definisi"),
    )


def indicator_order(codes: Iterable[str]) -> list[str]:
    """Indicator codes as they are offered: Kampung KB, item scores, IDM, then whatever else there is."""
    groups = {"KKB": 0, "SK": 1, "DS": 2}
    return sorted(codes, key=lambda code: (groups.get(code[:-2], 3), code))


def link_notes() -> None:
    """Say what in the address could not be used."""
    for note in run.chosen().notes:
        st.warning(
            _("“{value}” pada tautan tidak dikenali untuk {parameter}, sehingga tidak digunakan.").format(
                value=literal(short(note.value)), parameter=literal(note.parameter)
            ),
            icon=":material/link_off:",
        )


def notes(period: str) -> None:
    """Say what in the address could not be used, and that `period` is shown in place of another date."""
    chosen = run.chosen()
    link_notes()
    if chosen.tanggal not in (None, period):
        st.caption(
            _("Data per {asked} tidak tersedia; yang ditampilkan adalah data per {period}.").format(
                asked=fmt.period(chosen.tanggal), period=fmt.period(period)
            )
        )


def area_name(*, short: bool = False) -> str:
    """The area on display: 'Kecamatan Tanta' or 'Kabupaten Tabalong'; short: 'Kec. Tanta' or 'Tabalong'."""
    code = run.chosen().kecamatan
    if code is None:
        name = first(run.rows(queries.regency))["nama_kabupaten"]
        return str(name) if short else _("Kabupaten {name}").format(name=name)
    name = by(run.rows(queries.districts), "kode_kecamatan")[code]["nama_kecamatan"]
    return (_("Kec. {name}") if short else _("Kecamatan {name}")).format(name=name)


def breadcrumbs() -> None:
    """Tabalong > Kecamatan > Desa; each part but the last goes back to it. Where there are several kabupaten, the way
    begins with the nation and the province."""
    chosen = run.chosen()
    regency = str(first(run.rows(queries.regency))["nama_kabupaten"])
    code = run.now().options.desa[chosen.desa] if chosen.desa else chosen.kecamatan
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        _crumbs_above()
        crumb(regency, "kabupaten", bool(code), kecamatan=None, desa=None)
        if code:
            name = by(run.rows(queries.districts), "kode_kecamatan")[code]["nama_kecamatan"]
            here = chosen.kecamatan == code and not chosen.desa
            st.markdown("›")
            crumb(_("Kec. {name}").format(name=name), "kecamatan", not here, kecamatan=code, desa=None)
        if chosen.desa:
            st.markdown("›")
            st.markdown(f"**{by(run.rows(queries.villages), 'kode_desa')[chosen.desa]['nama_desa']}**")


def crumb(words: str, key: str, active: bool, **changes: object) -> None:
    """One part of a path, as a button that goes back to it."""
    st.button(words, key=f"jejak-{key}", type="tertiary", disabled=not active, on_click=run.change, kwargs=changes)


def _crumbs_above() -> None:
    """Indonesia > province >, which go to the page of areas; nothing where there is one kabupaten."""
    if not run.several():
        return
    province = first(run.rows(queries.regency))
    code = str(province["kode_kabupaten"])[:2]
    for words, key, chosen in ((_("Indonesia"), "negara", None), (str(province["provinsi"]), "provinsi", code)):
        st.button(
            literal(words),
            key=f"jejak-{key}",
            type="tertiary",
            on_click=run.visit,
            args=("nasional",),
            kwargs={"provinsi": chosen},
        )
        st.markdown("›")
