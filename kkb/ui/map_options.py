"""What a reader may change about the map itself: view, a second date beside it, the online base map, a village."""

from __future__ import annotations

import streamlit as st

from kkb import format as fmt
from kkb import selection
from kkb.bahasa import _
from kkb.ui import run, widgets
from kkb.ui.desa_pilih import village_box


def map_options(period: str) -> None:
    """The choices under the map, drawn only when they are opened."""
    label = _("Petak sama besar, bandingkan tanggal, cari desa")
    with st.expander(label, icon=":material/tune:", key="buka-pilihan", on_change="rerun") as opened:
        if opened.open:
            _view_and_date(period)
            village_box()
            widgets.switch(
                _("Peta dasar daring"),
                "dasar",
                run.chosen().dasar,
                help=_(
                    "Menggunakan OpenStreetMap melalui internet. Secara bawaan nonaktif; peta ini tetap berfungsi "
                    "tanpa internet."
                ),
            )


def _view_and_date(period: str) -> None:
    chosen, options = run.chosen(), run.now().options
    periods = [p for p in options.periode[chosen.indikator] if p != period]
    words = {"peta": _("Peta wilayah"), "petak": _("Petak sama besar")}
    view, second = st.columns(2, wrap=False)
    with view:
        widgets.choose(
            _("Tampilan"),
            "tampilan",
            list(selection.VIEWS),
            chosen.tampilan,
            words=lambda v: words[v or "peta"],
            help=_("Setiap desa digambar sebagai petak yang sama besar, sehingga desa kecil tetap terlihat."),
        )
    with second:
        widgets.choose(
            _("Bandingkan dengan"),
            "banding",
            [None, *periods],
            selection.comparison_of(chosen, options),
            words=lambda p: fmt.period(p) if p else _("tidak dibandingkan"),
        )
