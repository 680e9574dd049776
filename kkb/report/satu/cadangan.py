"""The agenda as plain HTML, for viewers that run no script, such as the preview of a telephone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from kkb import format as fmt
from kkb.rapat.lembar import Pack, Sheet
from kkb.report.satu import isi, kata


def page(pack: Pack) -> str:
    """All sheets of the agenda one under the other, and where the numbers are from."""
    return "".join(
        (
            f"<p><strong>{escape(kata.plain_note())}</strong></p><h1>{escape(pack.title)}</h1>",
            *(_section(s) for s in pack.sheets),
            f"<section>{about(pack)}</section>",
        )
    )


def about(pack: Pack) -> str:
    """Title, stamp and sources."""
    return f"<p>{escape(pack.title)}</p><p>{escape(pack.stamp)}</p>{_list(pack.sources)}"


def shortcuts() -> str:
    """The keys as a list of terms."""
    return (
        f"<dl>{''.join(f'<dt><kbd>{escape(k)}</kbd></dt><dd>{escape(told)}</dd>' for k, told in kata.shortcuts())}</dl>"
    )


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def _section(sheet: Sheet) -> str:
    figures = [f"{f.label}: {f.value} ({f.note})" for f in sheet.figures]
    chart = sheet.chart
    columns = [""] + [s.name for s in chart.series] if chart else []
    rows = [[name, *((v, isi.value(v, chart)) for v in values)] for name, *values in _across(chart)] if chart else []
    table = isi.grid(sheet.grid) if sheet.grid else None
    return "".join(
        (
            f"<section><h2>{escape(sheet.title)}</h2>",
            _list((*figures, *sheet.points)),
            f"<p>{escape(sheet.map.alt)}</p>" if sheet.map else "",
            _table(chart.title, columns, rows) if chart else "",
            _table(table["title"], table["columns"], table["rows"]) if table else "",
            f"<p>{escape(sheet.source)}</p></section>",
        )
    )


def _across(chart: Any) -> Iterable[tuple[Any, ...]]:
    return zip(chart.categories, *(s.values for s in chart.series), strict=True)


def _table(title: str, columns: list[str], rows: list[list[Any]]) -> str:
    head = "".join(f"<th>{escape(c)}</th>" for c in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_text(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(cell: Any) -> str:
    return fmt.MISSING if cell is None else str(cell[1]) if isinstance(cell, tuple) else str(cell)
