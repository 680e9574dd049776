"""Agreements and activities in plain HTML: every text that people typed is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from kkb import rupa
from kkb.charts.kecamatan import GREY, LINE_TOP, SMALL

LATE, SOON, CALM, DONE = "var(--awas)", "#E69F00", "#0072B2", rupa.BOTH
"""Colours of the edge of a line: late, due soon, open, closed. The words say the same."""
_WRAP = "overflow-wrap:anywhere"


@dataclass(frozen=True)
class Line:
    """One agreement. `state` is its sign and words; `places` are (name, address or None); `facts` short texts; `said`
    the last comment, or ''."""

    number: str
    colour: str
    state: str
    words: str
    places: Sequence[tuple[str, str | None]]
    facts: Sequence[str]
    said: str = ""


def lines(rows: Iterable[Line], caption: str, *, target: str = "_self") -> str:
    """One block per agreement: state, text, where, facts, last comment. `target` is where its links open."""
    body = "".join(_line(row, target) for row in rows)
    return f'<div role="list" aria-label="{escape(caption)}">{body}</div>'


def _line(row: Line, target: str) -> str:
    places = ", ".join(link(name, address, target) for name, address in row.places)
    facts = " · ".join([places, *(escape(f) for f in row.facts)])
    said = f'<div style="{SMALL};color:{GREY}">{escape(row.said)}</div>' if row.said else ""
    return (
        f'<div role="listitem" style="border-left:5px solid {row.colour};padding:.1rem 0 .1rem .7rem;line-height:1.35;'
        f'margin:.35rem 0;break-inside:avoid;{_WRAP}"><div style="{SMALL}"><b style="color:{_ink(row.colour)}">'
        f'{escape(row.state)}</b> <span style="color:{GREY}">{escape(row.number)}</span></div>'
        f'<div style="font-weight:600">{escape(row.words)}</div><div style="{SMALL}">{facts}</div>{said}</div>'
    )


def _ink(colour: str) -> str:
    return LATE if colour == LATE else "var(--tinta)"


def link(name: str, address: str | None, target: str = "_self") -> str:
    """A name that opens a page, or just the name."""
    if address is None:
        return escape(name)
    rel = ' rel="noopener"' if target == "_blank" else ""
    return f'<a href="{escape(address)}" target="{target}"{rel} style="color:var(--taut)">{escape(name)}</a>'


def history(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """What was written of an agreement, oldest first: moment, who, what happened, and what was typed."""
    body = "".join(
        f'<div style="{LINE_TOP};padding:.2rem 0;{_WRAP}"><span style="color:{GREY}">{escape(moment)}, '
        f"{escape(who)}</span><br><b>{escape(what)}</b>{'. ' if typed else ''}{escape(typed)}</div>"
        for moment, who, what, typed in rows
    )
    return f'<div style="{SMALL};line-height:1.35">{body}</div>'


def activities(rows: Iterable[tuple[str, str, str, Sequence[tuple[str, str | None]]]], *, target: str = "_self") -> str:
    """One line per activity: when, its name, a note, and places or agreements as (name, address or None)."""
    body = "".join(
        f'<div role="listitem" style="{LINE_TOP};padding:.25rem 0;break-inside:avoid;{_WRAP}">'
        f'<span style="color:{GREY}">{escape(when)}</span> <b>{escape(name)}</b> '
        f"{' · '.join([*(link(n, a, target) for n, a in places), *([escape(note)] if note else [])])}</div>"
        for when, name, note, places in rows
    )
    return f'<div role="list" style="{SMALL};line-height:1.35">{body}</div>'
