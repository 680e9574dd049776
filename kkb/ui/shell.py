"""The frame around every page: title, links between pages, language, data version."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kkb import bahasa, config, queries, selection
from kkb import format as fmt
from kkb.bahasa import LANGUAGES, _
from kkb.rows import first
from kkb.selection import Selection
from kkb.ui import antre, assets, bingkai, cari, cari_semua, errors, filter_bar, masuk, menu, run, ukur
from kkb.ui.widgets import keep

PAGES = Path(__file__).resolve().parent.parent.parent / "pages"


def pages() -> list[st.Page]:
    """Every page, in the order of the menu."""
    return [
        st.Page(PAGES / f"{e.file}.py", title=e.name, icon=e.icon, url_path=e.path or None, default=not e.path)
        for e in menu.entries(several=run.several())
    ]


def _set_language() -> None:
    run.change(bahasa=st.session_state["bahasa"])


def _menu(listed: list[st.Page]) -> None:
    area = first(run.rows(queries.regency))
    st.logo(str(assets.FOLDER / "ikon.png"), size="large")
    name = _("Kabupaten {name}").format(name=area["nama_kabupaten"])
    st.sidebar.markdown(f"**Kampung KB**  \n{name}")
    with st.sidebar:
        filter_bar.regency_box()
        cari.box()
        if run.several():
            cari_semua.box()
        cari.share()
    slot = st.sidebar.empty()

    def draw(chosen: Selection) -> None:
        query = selection.to_query(chosen)
        with slot.container(gap="xxsmall"):
            for page in listed:
                st.page_link(page, query_params=query, width="stretch")

    run.links(draw)
    keep("bahasa", run.chosen().bahasa)
    st.sidebar.segmented_control(
        "Bahasa / Language",
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="bahasa",
        required=True,
        on_change=_set_language,
        label_visibility="collapsed",
    )
    warehouse = run.now().warehouse
    st.sidebar.caption(
        _("Data versi {version}, dibangun {day}").format(version=warehouse.version, day=fmt.day(warehouse.built))
    )
    with st.sidebar:
        masuk.corner()


def main() -> None:
    """Run the page the address names, inside the frame."""
    st.set_page_config(
        page_title=bingkai.NAME,
        page_icon=str(assets.FOLDER / "ikon.png"),
        layout="wide",
        initial_sidebar_state=230,
        menu_items={"Get help": None, "Report a bug": None, "About": None},
    )
    with antre.turn(), errors.shown():
        bahasa.use(st.query_params.get("bahasa", "id"))
        if config.reading_needs_login() and not masuk.may_read(masuk.person()):
            masuk.door()
            return
        run.whole()
        listed = pages()
        page = st.navigation(listed, position="hidden")
        st.set_page_config(page_title=f"{page.title} - {bingkai.NAME}")
        elsewhere = run.destination()
        if elsewhere:
            st.switch_page(PAGES / f"{elsewhere}.py", query_params=selection.to_query(run.chosen()))
        _menu(listed)
        with errors.shown():
            _tell_of_a_torn_version()
            with ukur.run(page.url_path, run.now().warehouse.version):
                page.run()
        run.links()
    run.finish()


def _tell_of_a_torn_version() -> None:
    warehouse = run.now().warehouse
    if warehouse.newer_broken:
        st.warning(
            _(
                "Versi data {broken} tidak utuh sehingga yang ditampilkan adalah versi {version}. Pengelola "
                "server: jalankan `python -m kkb build`."
            ).format(broken=warehouse.newer_broken, version=warehouse.version)
        )


main()
