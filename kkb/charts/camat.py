"""The sheet of one kecamatan in plain HTML, so that it prints as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kkb.bahasa import _
from kkb.charts import CLASS_COLOURS, naik_kelas
from kkb.charts.kecamatan import GREY, LINE_TOP, SMALL


def village_head(name: str, kelas: str, link: str) -> str:
    """The name of a Kampung KB, which opens its page, and its class."""
    chip = naik_kelas.class_chip(kelas) if kelas in CLASS_COLOURS else escape(kelas)
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;font-size:1.05rem">'
        f'<a href="{escape(link)}" target="_self" style="color:var(--taut);font-weight:700">'
        f"{escape(name)}</a>{chip}</div>"
    )


def entries(rows: Iterable[tuple[str, str, str]], *, least: str = "14rem") -> str:
    """Short entries in as many columns as fit: name, address it opens, and a note as HTML, escaped already."""
    inside = "".join(
        f'<div style="{LINE_TOP};padding:.2rem 0;break-inside:avoid"><a href="{escape(link)}" target="_self" '
        f'style="color:var(--taut)">{escape(name)}</a> <span style="color:{GREY}">{note}</span></div>'
        for name, link, note in rows
    )
    return (
        f'<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax({least},1fr));gap:0 1.4rem;'
        f'{SMALL};line-height:1.35">{inside}</div>'
    )


def class_runs(rows: Iterable[tuple[str, Sequence[tuple[str | None, str]]]]) -> str:
    """One line per Kampung KB: its classes in order, each with the dates it held; the last one is the present."""
    return f'<div style="{SMALL};line-height:1.35">{"".join(_runs(name, runs) for name, runs in rows)}</div>'


def _runs(name: str, runs: Sequence[tuple[str | None, str]]) -> str:
    chips = " → ".join(
        f'<span style="display:inline-block;margin:.1rem 0">{_chip(kelas)} '
        f'<span style="color:{GREY}">{escape(words)}</span></span>'
        for kelas, words in runs
    )
    return f'<div style="{LINE_TOP};padding:.3rem 0;break-inside:avoid"><b>{escape(name)}</b><br>{chips}</div>'


def _chip(kelas: str | None) -> str:
    if kelas is None:
        return f'<span style="border:1px dashed var(--batas);padding:.1rem .4rem">{escape(_("Belum dinilai"))}</span>'
    return naik_kelas.class_chip(kelas)
