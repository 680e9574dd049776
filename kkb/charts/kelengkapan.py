"""Reports by recap and columns by village, as tables in plain HTML: every cell holds its word or sign."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from kkb import format as fmt
from kkb import maps, rupa
from kkb.bahasa import _
from kkb.charts import SILENT
from kkb.charts.skor import SCROLL, STICKY, TABLE
from kkb.compute import kelengkapan as compute
from kkb.naskah import kelengkapan as naskah
from kkb.rows import Row, records

FILLS = {
    compute.NEW: ("#225ea8", rupa.ON_DEEP),
    compute.SAME: ("var(--tanda)", "var(--tinta)"),
    compute.FIRST: ("var(--tanda)", "var(--tinta)"),
    compute.FILLED: ("var(--tanda)", "var(--tinta)"),
    compute.BLANK: ("var(--latar)", "var(--tinta)"),
}
"""State -> fill and ink; a state without one is hatched."""
SIGNS = {compute.FILLED: "✓", compute.BLANK: "?", compute.SILENT: fmt.MISSING}
"""What stands in a cell of the table of columns."""
_CELL = "border:1px solid var(--latar);text-align:center;padding:.05rem 0;font-size:.8rem;"
_GAP = "border-left:3px solid var(--latar);"
_HEAD = f"{STICKY};padding:0 .4rem 0 0"


def _key(entries: list[tuple[str, str, str | None]]) -> str:
    """A legend: what stands in the cell, its fill and pattern, and what it means."""
    parts = "".join(
        f'<span role="listitem">{maps.swatch(fill, pattern)} {escape(words)}</span>' for words, fill, pattern in entries
    )
    return f'<div role="list" style="display:flex;flex-wrap:wrap;gap:.15rem 1rem;font-size:.84rem">{parts}</div>'


def report_key() -> str:
    """What the words of the table of reports mean."""
    return _key(
        [
            (_("baru: terisi, angkanya berbeda dari rekap sebelumnya"), FILLS[compute.NEW][0], None),
            (_("sama: terisi, angkanya sama dengan rekap sebelumnya"), FILLS[compute.SAME][0], None),
            (_("terisi: rekap pertama, belum ada pembanding"), FILLS[compute.FIRST][0], None),
            (_("kosong: seluruh isian laporan kosong (belum melapor)"), SILENT, "arsir"),
        ]
    )


def column_key() -> str:
    """What the signs of the table of columns mean."""
    return _key(
        [
            (_("✓ terisi"), FILLS[compute.FILLED][0], None),
            (_("? kosong: nol, tidak ada, atau belum diisi"), FILLS[compute.BLANK][0], None),
            (_("– belum melapor: seluruh laporannya kosong"), SILENT, "arsir"),
        ]
    )


def link(village: Row, links: Mapping[str, str]) -> str:
    """The name of a village, which opens its page, and its kecamatan."""
    return (
        f'<a href="{escape(links[village["kode_desa"]])}" target="_self" style="color:var(--tinta);'
        f'text-decoration:underline dotted var(--tegas)">{escape(village["nama_desa"])}</a> '
        f'<span style="color:var(--redup)">({escape(village["nama_kecamatan"])})</span>'
    )


def _scroll(caption: str, inside: str) -> str:
    return (
        f'<div style="font-size:.84rem;padding-bottom:.3rem;color:var(--redup)">{escape(caption)}</div>'
        f'<div {SCROLL} aria-label="{escape(caption)}"><table {TABLE}>{inside}</table></div>'
    )


def report_grid(
    told: pd.DataFrame, standing: pd.DataFrame, villages: list[Row], links: Mapping[str, str], *, caption: str
) -> str:
    """Two lines a village, one per report: the last recap in which it was filled, and its state in each recap.

    `told` is `compute.states`, `standing` `compute.standing`; `villages` are rows of `queries.reporting`, in order.
    """
    state = {(r["kode_desa"], r["laporan"], r["tanggal"]): r["keadaan"] for r in records(told)}
    last = {(r["kode_desa"], r["laporan"]): r for r in records(standing)}
    days = sorted(told["tanggal"].unique())
    left = "text-align:left;padding:0 .4rem 0 0;white-space:nowrap"
    heads = "".join(
        f'<th scope="col" style="font-weight:400;padding:.1rem;min-width:2.9rem">'
        f"{escape(fmt.short_period(d.date().isoformat()))}</th>"
        for d in days
    )
    head = (
        f'<tr style="vertical-align:bottom"><th scope="col" style="{_HEAD}">{escape(_("Desa (kecamatan)"))}</th>'
        f'<th scope="col" style="{left};font-weight:400">{escape(_("Laporan"))}</th>'
        f'<th scope="col" style="{left};font-weight:400">{escape(_("Terisi terakhir"))}</th>{heads}</tr>'
    )
    names = {"kb": _("KB"), "poktan": _("Poktan")}
    drawn = {code: _report_cell(code) for code in (*compute.STATES, None)}
    body = ""
    for v in villages:
        name = f'<th scope="rowgroup" rowspan="{len(names)}" style="{_HEAD}">{link(v, links)}</th>'
        for n, (report, words) in enumerate(names.items()):
            row = last.get((v["kode_desa"], report))
            cells = "".join(drawn[state.get((v["kode_desa"], report, d))] for d in days)
            edge = "" if n else ' style="border-top:2px solid var(--garis)"'
            body += (
                f'<tr{edge}>{"" if n else name}<th scope="row" style="{left};font-weight:400">{escape(words)}</th>'
                f'<td style="{left}">{escape(naskah.last_filled(row) if row else fmt.MISSING)}</td>{cells}</tr>'
            )
    return _scroll(caption, f"<thead>{head}</thead><tbody>{body}</tbody>")


def _report_cell(state: str | None) -> str:
    words = escape(naskah.state_name(state))
    if state == compute.BLANK:
        return _hatched(words)
    fill, ink = FILLS[state] if state else FILLS[compute.BLANK]
    return f'<td style="{_CELL}background:{fill};color:{ink}">{words}</td>'


def _hatched(words: str, extra: str = "") -> str:
    mark = f'<span style="background:{SILENT};color:{rupa.ON_PALE};padding:0 .08rem">{words}</span>'
    return f'<td style="{_CELL}{extra}background:{maps.fill(SILENT, "arsir")}">{mark}</td>'


def column_grid(grid: pd.DataFrame, villages: list[Row], links: Mapping[str, str], *, caption: str) -> str:
    """Villages down, the columns of the recap across by part; how many are blank at the end of each line and below.

    `grid` is `compute.cells`; `villages` are rows of `queries.reporting`, in order.
    """
    names, short = naskah.columns(), naskah.short_columns()
    starts = {columns[0] for columns in compute.COLUMNS.values()}
    groups = "".join(
        f'<th scope="colgroup" colspan="{len(columns)}" style="text-align:left;background:var(--bidang);'
        f'padding:.1rem .3rem;{_GAP}">{escape(naskah.part_name(part))}</th>'
        for part, columns in compute.COLUMNS.items()
    )
    heads = "".join(
        f'<th scope="col" style="font-weight:400;padding:.2rem 0;min-width:1.2rem;{_gap(c, starts)}">'
        f'<span style="writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;max-height:11.5rem;'
        f'line-height:1.05">{escape(short.get(c, names[c]))}</span></th>'
        for c in compute.ALL_COLUMNS
    )
    total = f'<th scope="col" style="padding:0 .3rem">{escape(_("Kosong"))}</th>'
    head = (
        f'<tr><td style="{_HEAD}"></td>{groups}<td></td></tr>'
        f'<tr style="vertical-align:bottom"><th scope="col" style="{_HEAD}">{escape(_("Desa (kecamatan)"))}</th>'
        f"{heads}{total}</tr>"
    )
    drawn = {c: {s: _column_cell(s, names[c], _gap(c, starts)) for s in SIGNS} for c in compute.ALL_COLUMNS}
    blank = (grid != compute.FILLED).to_numpy()
    lines = {
        code: "".join(drawn[c][row[c]] for c in compute.ALL_COLUMNS)
        + f'<td style="{_CELL}font-weight:700">{fmt.number(n)}</td>'
        for code, row, n in zip(grid.index, records(grid), blank.sum(axis=1), strict=True)
    }
    body = "".join(
        f'<tr><th scope="row" style="{_HEAD}">{link(v, links)}</th>{lines[v["kode_desa"]]}</tr>'
        for v in villages
        if v["kode_desa"] in lines
    )
    sums = "".join(
        f'<td style="{_CELL}font-weight:700;{_gap(c, starts)}">{fmt.number(n)}</td>'
        for c, n in zip(grid.columns, blank.sum(axis=0), strict=True)
    )
    foot = (
        f'<tr style="border-top:2px solid var(--tegas)"><th scope="row" style="{_HEAD};font-weight:700">'
        f'{escape(_("Kosong"))}</th>{sums}<td style="{_CELL}font-weight:700">'
        f"{fmt.number(blank.sum())}</td></tr>"
    )
    return _scroll(caption, f"<thead>{head}</thead><tbody>{body}</tbody><tfoot>{foot}</tfoot>")


def _gap(column: str, starts: set[str]) -> str:
    return _GAP if column in starts else ""


def _column_cell(state: str, name: str, edge: str) -> str:
    sign = SIGNS[state]
    if state == compute.SILENT:
        return _hatched(sign, edge)
    fill, ink = FILLS[state]
    weight = "font-weight:700;" if state == compute.BLANK else ""
    label = escape(f"{name}: {naskah.state_name(state)}")
    return f'<td title="{label}" style="{_CELL}{edge}{weight}background:{fill};color:{ink}">{sign}</td>'
