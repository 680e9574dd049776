"""The item scores and the class mix of areas, as tables in plain HTML: every cell holds its number or word."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from kkb import format as fmt
from kkb import maps, rupa
from kkb.bahasa import _, field, language
from kkb.charts import CLASS_COLOURS, SILENT
from kkb.rows import Row, by, records

SCROLL = 'style="overflow-x:auto" tabindex="0" role="region"'
TABLE = 'style="border-collapse:collapse;width:100%;font-size:.8rem;line-height:1.25"'
CAPTION = 'style="caption-side:top;text-align:left;padding-bottom:.3rem;color:var(--redup)"'
STICKY = (
    "position:sticky;left:0;background:var(--latar);text-align:left;font-weight:400;min-width:clamp(6.5rem,18vw,12rem)"
)
"""The head of a row stays in view when a phone scrolls the table sideways, and is narrow there."""
START = "border-left:3px solid var(--latar);"
"""Sets the first item of an index apart."""
BAR = ("#6d7e8b", "var(--palung)")
"""Below the pass mark and reported; at or above it."""


def score_key(legend: pd.DataFrame) -> str:
    """What the colours of the cells mean, one line. `legend` is that of an item."""
    rows = by(legend, "kode_kelas")
    scores = [(rows[k]["warna"], None, field(rows[k], "label")) for k in rows if rows[k]["bagian"] == "kelas"]
    entries = [*scores, (SILENT, "arsir", _("1* belum melapor: skor 1 diberikan portal"))]
    hint = _("Klik judul kolom untuk mengurutkan.")
    return (
        '<div role="list" style="display:flex;flex-wrap:wrap;gap:.15rem 1rem;font-size:.84rem">'
        + "".join(
            f'<span role="listitem">{maps.swatch(str(colour), motif)} {escape(str(label))}</span>'
            for colour, motif, label in entries
        )
        + f'<span style="color:var(--redup)">{escape(hint)}</span></div>'
    )


def score_grid(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    legend: pd.DataFrame,
    codes: list[str],
    *,
    caption: str,
    order: str,
    links: Mapping[str, str],
) -> str:
    """Villages down, in the order of `codes`, and items across, grouped by index; every cell holds its score.

    `scores` is the answer of `item_scores`, `items` the rows of one rule. `order` is what `codes` are sorted by;
    `links` maps 'kelas', 'kecamatan' and the item codes to the address that sorts by it.
    """
    cells = {(r["kode_desa"], r["kode_indikator"]): r for r in records(scores)}
    villages = by(scores.drop_duplicates("kode_desa"), "kode_desa")
    colours = {int(r["kode_kelas"][1:]): str(r["warna"]) for r in records(legend) if r["bagian"] == "kelas"}
    columns = records(items)
    first = {r["kode_indikator"] for r in records(items.drop_duplicates("indeks"))}
    body = "".join(
        f'<tr><th scope="row" style="{STICKY};padding:0 .4rem 0 0">{escape(villages[v]["nama_desa"])} '
        f'<span style="color:var(--redup)">({escape(villages[v]["nama_kecamatan"])})</span></th>'
        f"{_class_cell(villages[v]['kelas'])}"
        + "".join(_cell(cells.get((v, c["kode_indikator"])), colours, c["kode_indikator"] in first) for c in columns)
        + "</tr>"
        for v in codes
    )
    return (
        f'<div {SCROLL} aria-label="{escape(caption)}"><table {TABLE}><caption {CAPTION}>{escape(caption)}</caption>'
        f"<thead>{_head(items, columns, first, order, links)}</thead><tbody>{body}</tbody></table></div>"
    )


def _head(items: pd.DataFrame, columns: list[Row], first: set[str], order: str, links: Mapping[str, str]) -> str:
    titles = {index: _(str(index).capitalize()) for index in items["indeks"]}
    groups = "".join(
        f'<th scope="colgroup" colspan="{len(rows)}" style="text-align:left;border-left:3px solid var(--latar);'
        f'background:var(--bidang);padding:.1rem .3rem">{escape(titles[index])}</th>'
        for index, rows in items.groupby("indeks", sort=False)
    )
    name = "item" if language() == "id" else "item_en"
    heads = "".join(
        _sortable(
            str(c[name]),
            str(c["kode_indikator"]),
            order,
            links,
            style=f"width:5.9%;padding:.1rem .2rem;{START if c['kode_indikator'] in first else ''}",
            note=_("maks. {n}").format(n=3) if pd.isna(c["batas_4"]) else "",
        )
        for c in columns
    )
    villages = _sortable(_("Desa (kecamatan)"), "kecamatan", order, links, style=f"{STICKY};padding-right:.4rem")
    classes = _sortable(_("Kelas"), "kelas", order, links, style="text-align:left;padding:.1rem .3rem")
    return (
        f'<tr><td style="{STICKY}"></td><td></td>{groups}</tr>'
        f'<tr style="vertical-align:bottom">{villages}{classes}{heads}</tr>'
    )


def _sortable(words: str, code: str, order: str, links: Mapping[str, str], *, style: str, note: str = "") -> str:
    chosen = order == code
    direction = "descending" if code == "kelas" else "ascending"
    arrow = ("▼\u00a0" if code == "kelas" else "▲\u00a0") if chosen else ""
    below = f'<br><span style="color:var(--redup)">{escape(note)}</span>' if note else ""
    return (
        f'<th scope="col" aria-sort="{direction if chosen else "none"}" style="font-weight:{700 if chosen else 400};'
        f'{style}"><a href="{escape(links[code])}" target="_self" style="color:var(--tinta);text-decoration:underline '
        f'dotted var(--tegas)">{arrow}{escape(words)}</a>{below}</th>'
    )


def _class_cell(code: object) -> str:
    if not isinstance(code, str):
        return f"<td>{fmt.MISSING}</td>"
    colour = CLASS_COLOURS[code]
    return (
        f'<td style="background:{colour};color:{rupa.ink_on(colour)};padding:0 .35rem;border:1px solid var(--latar)">'
        f"{fmt.class_name(code)}</td>"
    )


def _cell(row: Row | None, colours: Mapping[int, str], starts_group: bool) -> str:
    edge = START if starts_group else ""
    style = f"border:1px solid var(--latar);{edge}text-align:center;padding:.1rem 0;font-size:.84rem;"
    if row is None:
        return f'<td style="{style}">{fmt.MISSING}</td>'
    score = int(row["nilai"])
    if row["keadaan"] == "belum_melapor":
        mark = f'<span style="background:{SILENT};color:{rupa.ON_PALE};padding:0 .25rem">{score}*</span>'
        return f'<td style="{style}background:{maps.fill(SILENT, "arsir")}">{mark}</td>'
    return f'<td style="{style}background:{colours[score]};color:{rupa.ink_on(colours[score])}">{score}</td>'


def weak_items(weak: pd.DataFrame, items: pd.DataFrame, offices: Mapping[str, str], *, caption: str) -> str:
    """One line per item: a bar of the villages below the pass mark, the number, and the proposed office.

    `weak` is the answer of `perubahan.weakest`; `offices` maps item codes to offices. The hatched part of a bar did
    not report.
    """
    rules = by(items, "kode_indikator")
    heads = "".join(
        f'<th scope="col" style="text-align:left;padding:.15rem .5rem .15rem 0">{escape(h)}</th>'
        for h in (_("Butir"), _("Di bawah 3"), _("Porsi"), _("Belum melapor"), _("Perangkat daerah (usulan)"))
    )
    body = "".join(
        '<tr style="border-top:1px solid var(--garis)">'
        f'<th scope="row" style="text-align:left;font-weight:400;padding:.15rem .5rem .15rem 0">'
        f"{escape(field(rules[r['kode_indikator']], 'item'))}</th>"
        f'<td style="white-space:nowrap;padding-right:.5rem"><b>{fmt.of(r["di_bawah"], r["jumlah"])}</b></td>'
        f'<td style="min-width:5rem;width:34%;padding-right:.5rem">{_bar(r)}</td>'
        f'<td style="padding-right:.5rem">{fmt.number(r["belum_melapor"])}</td>'
        f"<td>{escape(offices.get(r['kode_indikator'], fmt.MISSING))}</td></tr>"
        for r in records(weak)
    )
    return (
        f'<div {SCROLL} aria-label="{escape(caption)}"><table {TABLE}><caption {CAPTION}>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _bar(row: Row) -> str:
    unit = 100 / row["jumlah"]
    parts = (
        ((row["di_bawah"] - row["belum_melapor"]) * unit, BAR[0]),
        (row["belum_melapor"] * unit, maps.fill(SILENT, "arsir")),
    )
    inside = "".join(f'<span style="width:{w:.2f}%;background:{fill}"></span>' for w, fill in parts if w)
    return f'<span aria-hidden="true" style="display:flex;height:.95rem;background:{BAR[1]}">{inside}</span>'


def class_shares(mixes: Mapping[str, dict[str, int]], names: Mapping[str, str], *, caption: str) -> str:
    """Per area a full-width bar of its Kampung KB by class, and under it the share and number of each class.

    `mixes` is the answer of `perubahan.class_mixes`; `names` are the names of its areas.
    """
    heads = "".join(
        f'<th scope="col" style="text-align:left;font-weight:400;white-space:nowrap;width:25%">'
        f"{maps.swatch(colour, None)} {fmt.class_name(code)}</th>"
        for code, colour in CLASS_COLOURS.items()
    )
    lines = "".join(_area(names[code], mix) for code, mix in mixes.items())
    return (
        f'<table style="border-collapse:collapse;width:100%;font-size:.84rem">'
        f"<caption {CAPTION}>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>{lines}</table>"
    )


def _area(name: str, mix: dict[str, int]) -> str:
    total = sum(mix.values())
    count = _("n = {n} Kampung KB").format(n=fmt.number(total))
    segments = "".join(
        f'<span style="width:{100 * n / total:.2f}%;background:{CLASS_COLOURS[code]};'
        'box-sizing:border-box;border:1px solid var(--batas)"></span>'
        for code, n in mix.items()
        if n
    )
    figures = "".join(
        f'<td style="line-height:1.25"><b>{fmt.share(n, total)}</b><br>({fmt.number(n)})</td>' for n in mix.values()
    )
    return (
        '<tbody><tr><th scope="rowgroup" colspan="4" style="text-align:left;padding-top:.7rem;font-weight:400">'
        f"<b>{escape(name)}</b> · {count}</th></tr>"
        '<tr><td colspan="4"><div aria-hidden="true" style="display:flex;height:1.9rem;margin:.15rem 0">'
        f"{segments}</div></td></tr><tr>{figures}</tr></tbody>"
    )
