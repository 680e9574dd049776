"""What is wrong with a file that was brought, problem by problem."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kkb.bahasa import _
from kkb.errors import Problem
from kkb.teks import one_line, short

_PART = "min-width:0;overflow-wrap:anywhere"


def problems(listed: Sequence[Problem]) -> str:
    """One block per problem: where it is, what stands there, what may stand there. Side by side where there is room."""
    return f'<div role="list" style="font-size:.875rem;line-height:1.35">{"".join(map(_block, listed))}</div>'


def _block(problem: Problem) -> str:
    place = [
        _("lembar {sheet}").format(sheet=problem.sheet) if problem.sheet else "",
        _("baris {row}").format(row=problem.row) if problem.row is not None else "",
        _("kolom {column}").format(column=short(one_line(problem.column))) if problem.column else "",
    ]
    where = ", ".join(p for p in place if p) or _("berkas {file}").format(file=problem.file)
    written = "" if problem.value is None else _("tertulis “{value}”").format(value=short(one_line(problem.value)))
    allowed = _("yang diperbolehkan: {allowed}").format(allowed=problem.allowed)
    return (
        '<div role="listitem" style="display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));'
        'gap:.1rem 1rem;border-top:1px solid var(--garis);padding:.35rem 0">'
        f'<b style="{_PART}">{escape(where[:1].upper() + where[1:])}</b><span style="{_PART}">{escape(written)}</span>'
        f'<span style="{_PART}">{escape(allowed)}</span></div>'
    )
