"""The offices and their tasks in plain HTML, so that they print as they stand and wrap on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from kkb import rupa
from kkb.charts.kecamatan import GREY, LINE_TOP, SMALL

_COLOURS = {
    "biru": ("#0072B2", rupa.ON_DEEP),
    "hijau": ("#1a7f37", rupa.ON_DEEP),
    "kuning": ("#f2c200", rupa.ON_PALE),
    "merah": ("#b3261e", rupa.ON_DEEP),
}


@dataclass(frozen=True)
class Link:
    """Words, and the address they open; None for words alone."""

    words: str
    address: str | None


@dataclass(frozen=True)
class Office:
    """One office in the list of all: what it has to do, its largest gaps, and how much of its data is there."""

    name: Link
    full: str
    work: str
    is_busy: bool
    apart: Sequence[str]
    gaps: Sequence[str]
    note: str
    data: str


@dataclass(frozen=True)
class Gap:
    """So many villages lack one thing: the words, the part of the office, a note, and the villages."""

    words: str
    role: str
    note: str
    map: str | None
    villages: Sequence[Link]


@dataclass(frozen=True)
class Step:
    """One task of one village: what, what it takes, and what it does to the class."""

    words: str
    need: str
    effect: str
    is_lift: bool


@dataclass(frozen=True)
class Village:
    """One village with its tasks; `done` says what all of them do to its class."""

    name: Link
    kelas: str
    done: str
    is_lift: bool
    steps: Sequence[Step]


@dataclass(frozen=True)
class Figure:
    """One indicator beside its target. `band` is an official colour, None without a percentage."""

    name: Link
    offices: str
    value: str
    count: str
    target: str
    source: Link
    percent: str
    band: str | None
    label: str


def link(to: Link, weight: int = 600) -> str:
    """Words that open an address."""
    if to.address is None:
        return escape(to.words)
    is_outside = to.address.startswith("http")
    where = 'target="_blank" rel="noopener"' if is_outside else 'target="_self"'
    style = f'style="color:var(--taut);font-weight:{weight}"'
    return f'<a href="{escape(to.address)}" {where} {style}>{escape(to.words)}</a>'


def offices(rows: Iterable[Office], caption: str) -> str:
    """One line per office: it wraps on a phone."""
    places = ("flex:0 1 14rem", "flex:0 1 10rem", "flex:1 1 17rem", "flex:0 1 11.5rem")
    body = "".join(
        f'<div role="listitem" style="{LINE_TOP};padding:.28rem 0;break-inside:avoid;display:flex;flex-wrap:wrap;'
        f'gap:.1rem .9rem;{SMALL};line-height:1.3">'
        + "".join(f'<span style="{p}">{c}</span>' for c, p in zip(_office(row), places, strict=True))
        + "</div>"
        for row in rows
    )
    return f'<div role="list" aria-label="{escape(caption)}">{body}</div>'


def _office(row: Office) -> list[str]:
    apart = "".join(f'<div style="color:{GREY}">{escape(words)}</div>' for words in row.apart)
    work = escape(row.work)
    told = f"<b>{work}</b>" if row.is_busy else f'<span style="color:{GREY}">{work}</span>'
    note = f'<div style="color:{GREY};font-size:.78rem">{escape(row.note)}</div>' if row.note else ""
    return [
        f'{link(row.name, 700)}<div style="color:{GREY};font-size:.78rem">{escape(row.full)}</div>',
        told + apart,
        escape(" · ".join(row.gaps)) + note,
        escape(row.data),
    ]


def gaps(rows: Iterable[Gap]) -> str:
    """One block per gap: how many villages lack what, and their names."""
    inside = "".join(
        f'<div style="{LINE_TOP};padding:.35rem 0;break-inside:avoid"><div>{link(Link(r.words, r.map), 700)} '
        f'<span style="border:1px solid var(--tegas);border-radius:.6rem;padding:0 .45rem;font-size:.78rem;'
        f'color:{GREY}">'
        f'{escape(r.role)}</span> <span style="color:{GREY};font-size:.78rem">{escape(r.note)}</span></div>'
        f"<div>{', '.join(link(v, 400) for v in r.villages)}</div></div>"
        for r in rows
    )
    return f'<div style="{SMALL};line-height:1.4">{inside}</div>'


def villages(rows: Iterable[Village]) -> str:
    """One block per village: its class, what all tasks do to it, and a line per task."""
    inside = "".join(_village(row) for row in rows)
    return (
        '<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:.2rem 1.6rem;'
        f'{SMALL};line-height:1.35">{inside}</div>'
    )


def _village(row: Village) -> str:
    steps = "".join(
        f'<div style="margin:.1rem 0 .1rem .8rem;text-indent:-.6rem">· <b>{escape(s.words)}</b>: {escape(s.need)}'
        + (f' <span style="{_weight(s.is_lift)}">[{escape(s.effect)}]</span>' if s.effect else "")
        + "</div>"
        for s in row.steps
    )
    return (
        f'<div style="{LINE_TOP};padding:.35rem 0;break-inside:avoid"><div>{link(row.name, 700)} · '
        f'{escape(row.kelas)} <span style="{_weight(row.is_lift)}">{escape(row.done)}</span></div>'
        f"{steps}</div>"
    )


def _weight(is_lift: bool) -> str:
    return "font-weight:700" if is_lift else f"color:{GREY}"


def figures(groups: Iterable[tuple[str, Sequence[Figure]]]) -> str:
    """The indicators by sector: value, n of N, target with its source, percent of target in its colour."""
    inside = "".join(
        f'<div style="font-weight:700;border-bottom:2px solid var(--tegas);padding:.5rem 0 .1rem;break-after:avoid">'
        f"{escape(sector)}</div>{''.join(_figure(row) for row in rows)}"
        for sector, rows in groups
    )
    return f'<div style="{SMALL};line-height:1.3">{inside}</div>'


def _figure(row: Figure) -> str:
    source = f" · {link(row.source, 400)}" if row.source.words else ""
    cells = (
        ("1 1 15rem", f'{link(row.name)}<div style="color:{GREY};font-size:.78rem">{escape(row.offices)}</div>'),
        (
            "0 1 11rem",
            f'<b>{escape(row.value)}</b><div style="color:{GREY};font-size:.78rem">{escape(row.count)}</div>',
        ),
        ("1 1 13rem", f'{escape(row.target)}<span style="color:{GREY};font-size:.78rem">{source}</span>'),
        ("0 1 10rem", _percent(row)),
    )
    inside = "".join(f'<span style="flex:{size}">{cell}</span>' for size, cell in cells)
    return (
        f'<div style="{LINE_TOP};padding:.24rem 0;break-inside:avoid;display:flex;flex-wrap:wrap;gap:.1rem .9rem">'
        f"{inside}</div>"
    )


def _percent(row: Figure) -> str:
    if row.band is None:
        return f'<span style="color:{GREY}">{escape(row.percent)}</span>'
    fill, ink = _COLOURS[row.band]
    return (
        f'<b>{escape(row.percent)}</b> <span style="background:{fill};color:{ink};border-radius:.25rem;'
        f'padding:.05rem .4rem;white-space:nowrap">{escape(row.label)}</span>'
    )
