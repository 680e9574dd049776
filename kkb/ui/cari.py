"""The box that finds any village, kecamatan, page or indicator and goes there, and the button that shares the page.

Both are drawn by the frame around a page, so what a page redraws alone does not send the list again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlencode

import segno
import streamlit as st

from kkb import queries, selection
from kkb.bahasa import _, field
from kkb.rows import by
from kkb.ui import errors, menu, run

KEY = "cari"


def box() -> None:
    """The search box: typing narrows the list, also with a letter missing; Enter goes there."""
    names = _names(run.now().warehouse.key, run.chosen().bahasa)
    st.selectbox(
        _("Cari di seluruh dasbor"),
        list(names),
        index=None,
        key=KEY,
        format_func=names.__getitem__,
        on_change=_go,
        placeholder=_("Cari…"),
        icon=":material/search:",
        label_visibility="collapsed",
    )


@lru_cache(maxsize=8)
def _names(key: str, language: str) -> Mapping[str, str]:
    """What can be found: kind and code -> the words in the list. Of the run in progress, whose version (and
    kabupaten) and language these are."""
    districts = by(run.rows(queries.districts), "kode_kecamatan")
    villages = by(run.rows(queries.villages), "kode_desa")
    indicators = by(run.rows(queries.map_indicators), "kode_indikator")
    found = {f"halaman/{e.file}": _("Halaman {name}").format(name=e.name) for e in menu.entries(several=run.several())}
    found |= {
        f"kecamatan/{code}": _("Kecamatan {name}").format(name=row["nama_kecamatan"]) for code, row in districts.items()
    }
    for code, row in sorted(villages.items(), key=lambda item: item[1]["nama_desa"]):
        found[f"desa/{code}"] = _("{village} ({district})").format(
            village=row["nama_desa"], district=row["nama_kecamatan"]
        )
    for code, row in sorted(indicators.items()):
        found[f"peta/{code}"] = _("Peta {name}").format(name=field(row, "nama"))
    return MappingProxyType(found)


def _go() -> None:
    wanted = st.session_state[KEY]
    st.session_state[KEY] = None
    if not wanted:
        return
    kind, code = wanted.split("/")
    if kind == "halaman":
        run.visit(code)
    elif kind == "peta":
        run.visit("peta", indikator=code)
    elif kind == "desa":
        run.visit("desa", desa=code, kecamatan=code[:6] if run.chosen_in_callback().kecamatan else None)
    else:
        run.visit("kecamatan", kecamatan=code, desa=None)


@st.fragment
def share() -> None:
    """The address of what is on screen, to copy, and as a QR code to show; made when the box is opened."""
    with errors.shown():
        chosen = run.begin().selection
        with st.popover(
            _("Bagikan"), icon=":material/share:", key="bagikan", width="stretch", on_change="rerun"
        ) as opened:
            if not opened.open:
                return
            query = urlencode(selection.to_query(chosen))
            address = f"{st.context.url}?{query}" if query else str(st.context.url)
            with st.container(width=260):
                st.markdown(_("Tautan ini membuka halaman dengan pilihan yang sama. Salin, atau pindai kode QR."))
                st.code(address, language=None, wrap_lines=True)
                st.image(_qr(address), width=220, alt=_("Kode QR untuk tautan halaman ini"))


def _qr(address: str) -> str:
    """The QR code of an address as an SVG picture, with the quiet zone that readers need."""
    made: str = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, light="#ffffff")
    return made
