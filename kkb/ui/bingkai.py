"""The frame of every page outside Streamlit: its language, the way past the menu, a guided start, and the notice that
the server cannot be reached.

All of it is in the answer to the first request, in both languages; `bingkai.js` shows those of the address, so that a
change of language needs nothing from the server, and `kata.js` puts Streamlit's own words into Indonesian. That the
guided start was put away is remembered by the browser. The colours of the surface (`kkb/rupa.py`) come with the frame.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from kkb import bahasa, rupa
from kkb.bahasa import LANGUAGES, _
from kkb.ui import assets

NAME = "Kampung KB"
_NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


def dressed(page: str, language: str) -> str:
    """Streamlit's page in a language (Indonesian when unknown), with our frame around it."""
    language = language if language in LANGUAGES else "id"
    page = _NO_SCRIPT.sub(_without_script(language), page, count=1)
    page = page.replace('<html lang="en">', f'<html lang="{language}">', 1)
    style = f'<style id="kkb-rupa">{rupa.sheet()}</style><link rel="stylesheet" href="{assets.address("bingkai.css")}">'
    again = "".join(f"<script>{assets.text(name)}</script>" for name in ("ulang.js", "muat.js"))
    page = page.replace("<title>Streamlit</title>", f"<title>{NAME}</title>{again}{style}", 1)
    return page.replace('<div id="root"></div>', f'<div id="root"></div>{_parts()}', 1)


@cache
def _without_script(code: str) -> str:
    """What a browser shows that runs no scripts, instead of Streamlit's word about interfaces that are closed here."""
    with bahasa.speaking(code):
        told = _("Dasbor ini memerlukan JavaScript. Nyalakan di peramban, lalu muat ulang halaman ini.")
    return f"<noscript><p>{escape(told)}</p></noscript>"


@cache
def _parts() -> str:
    made = []
    for code in LANGUAGES:
        with bahasa.speaking(code):
            made += [_start(code), _lost(code)]
    words = f'<script src="{assets.address("kata.js")}"></script>'
    script = f'<script src="{assets.address("bingkai.js")}" data-akar="{assets.prefix()}/"></script>'
    return "".join([*made, words, script])


def _start(code: str) -> str:
    """The guided start: three steps, the way to the guide, and the button that puts it away for good."""
    steps = (
        _("ketik nama desa atau halaman pada kotak Cari"),
        _("pilih kecamatan; seluruh angka menyesuaikan"),
        _("buka Rapat untuk bahan presentasi"),
    )
    skip, name = escape(_("Langsung ke isi halaman")), escape(_("Mulai di sini"))
    guide, close = escape(_("Panduan")), escape(_("Tutup"))
    listed = "".join(f"<li>{escape(step)}</li>" for step in steps)
    query = f"?bahasa={code}" if code != "id" else ""
    return (
        f'<aside class="kkb-mulai" lang="{code}" data-lompat="{skip}" aria-label="{name}" hidden>'
        f"<b>{name}</b><ol>{listed}</ol>"
        f'<a href="{assets.prefix()}/panduan{query}">{guide}</a>'
        f'<button type="button">{close}</button></aside>'
    )


def _lost(code: str) -> str:
    """The notice that the line to the server is lost; a status, so that screen readers tell it when it is filled."""
    words = escape(
        _(
            "Sambungan ke server terputus. Isi halaman tetap dapat dibaca; menu dan pilihan berfungsi lagi begitu "
            "tersambung kembali."
        )
    )
    return f'<p class="kkb-putus" lang="{code}" data-kata="{words}" role="status"></p>'
