"""The first paint: the map and its finding inside the answer to the first request, before Streamlit has loaded.

A browser on a slow line would wait for megabytes of scripts to see the first number. So the pages with a map come
with title, key figures, legend and map already in them, drawn from the same questions and words; the links work.
Once Streamlit has drawn its own map, `peta.js` takes this one away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from streamlit import file_util

from kkb import bahasa, charts, config, maps, queries, selection, store, wilayah
from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.charts.peta import district_bars
from kkb.errors import KkbError
from kkb.naskah import peta as naskah
from kkb.naskah import ringkasan as words
from kkb.rapat import dasar
from kkb.rapat.kabupaten import Overview
from kkb.rows import by, first
from kkb.selection import CLASS, STATUS, Options, Selection
from kkb.store import Warehouse
from kkb.ui import assets, bingkai, menu
from kkb.ui.options import options

PATHS = ("", "peta")
"""Pages that have a first paint, by their address."""
HEIGHT = {"": 360, "peta": 470}

STREAMLIT = re.compile(r'<script type="module"[^>]*></script>|<link rel="modulepreload"[^>]*>')
"""What makes the browser fetch and run Streamlit."""


@dataclass(frozen=True)
class First:
    """What a page shows at once: title, figures, legend, coat of the map, what stands under it, and what beside it."""

    title: str
    figures: str
    above: str
    state: dict[str, object]
    below: str
    beside: str


def page(path: str, query: Mapping[str, str]) -> str:
    """The page of Streamlit for an address, in its language, with its first paint where it has one."""
    empty = bare(query)
    if path not in PATHS:
        return empty
    try:
        warehouse = wilayah.chosen(store.current(config.var_dir()), query.get("kabupaten"))
        found = _painted(warehouse, path, tuple(sorted(query.items())))
    except KkbError:
        return empty
    head, body = found
    scripts = "".join(STREAMLIT.findall(empty))
    made = STREAMLIT.sub("", empty).replace("</title>", f"</title>{head}", 1)
    held = f'<template id="kkb-muat">{scripts}</template>'
    return made.replace('<div id="root"></div>', f'<div id="root"></div>{body}{held}', 1)


def bare(query: Mapping[str, str]) -> str:
    """The page of Streamlit in the language of an address, without any figure."""
    return bingkai.dressed(frame(), query.get("bahasa", ""))


@cache
def frame() -> str:
    """The page of Streamlit as it is."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def _painted(warehouse: Warehouse, path: str, query: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """What goes into the head, and the body of a page. KkbError when there is nothing to show."""
    known = options(warehouse)
    chosen = selection.parse(dict(query), known)
    bahasa.use(chosen.bahasa)
    if not (known.periode.get(STATUS) and known.periode.get(CLASS)):
        return "", ""
    shown = _summary(warehouse, chosen, known) if path == "" else _map(warehouse, chosen, known)
    view = chosen.tampilan if path == "peta" else "peta"
    layer = first(queries.map_layer(warehouse, view))
    address = assets.offer_layer(layer["sha256"], layer["isi"])
    scripts = [assets.address("leaflet/leaflet.js"), assets.address("peta.js")]
    styles = [assets.address("leaflet/leaflet.css"), assets.address("peta.css"), assets.address("awal.css")]
    head = "".join(
        [
            *(f'<link rel="preload" as="script" href="{s}">' for s in scripts),
            f'<link rel="preload" as="fetch" crossorigin href="{address}">',
            *(f'<link rel="stylesheet" href="{s}">' for s in styles),
        ]
    )
    data = {"options": maps.start(address, view), "state": shown.state, "page": f"{assets.prefix()}/peta"}
    return head, _body(path, shown, _links(chosen, warehouse.area is not None), maps.script_safe(data), scripts)


def _links(chosen: Selection, several: bool) -> str:
    query = urlencode(selection.to_query(chosen))
    after = f"?{query}" if query else ""
    listed = [(f"{assets.prefix()}/{e.path}{after}", e.name) for e in menu.entries(several=several)]
    return "".join(f'<a href="{escape(address)}">{escape(words)}</a>' for address, words in listed)


def _body(path: str, shown: First, links: str, data: str, scripts: list[str]) -> str:
    title = f'<div class="kkb-judul">{escape(shown.title)}</div>'
    loading = escape(_("Memuat pilihan dan tabel…"))
    loaded = "".join(f'<script src="{s}"></script>' for s in scripts)
    return (
        f'<div id="kkb-awal"><nav><b>Kampung KB</b>{links}</nav><main>{title}'
        f'<p role="status" class="kkb-memuat">{loading}</p>{shown.figures}'
        f'<div class="kkb-dua"><div>{shown.above}<div id="kkb-awal-peta" style="height:{HEIGHT[path]}px"></div>'
        f"<small>{escape(shown.below)}</small></div><div>{shown.beside}</div></div></main></div>"
        f'<script type="application/json" id="kkb-awal-data">{data}</script>{loaded}'
    )


def _summary(warehouse: Warehouse, chosen: Selection, known: Options) -> First:
    basis = dasar.basis(warehouse, chosen, known, date.today())
    overview = Overview(basis)
    sheet = overview.coverage()
    legend = queries.legend(warehouse, STATUS)
    counts = maps.class_counts(basis.inside(basis.status))
    figures = "".join(
        f"<div><small>{escape(f.label)}</small><b>{escape(f.value)}</b><small>{escape(f.note)}</small></div>"
        for f in sheet.figures
    )
    told = "".join(f"<p>{escape(p)}</p>" for p in sheet.points)
    return First(
        words.coverage_title(basis.short_name, *overview.counted),
        f'<div class="kkb-angka">{figures}</div>',
        maps.legend_html(legend, counts),
        maps.coat(basis.status, legend, decimals=None) | {"village": None, "district": chosen.kecamatan},
        sheet.source,
        told,
    )


def _map(warehouse: Warehouse, chosen: Selection, known: Options) -> First:
    basis = dasar.basis(warehouse, chosen, known, date.today())
    code, period = chosen.indikator, selection.period_of(chosen, chosen.indikator, known)
    indicator = by(queries.map_indicators(warehouse), "kode_indikator")[code]
    legend = queries.legend(warehouse, code)
    values = queries.village_values(warehouse, code, period)
    counts = maps.class_counts(basis.inside(values))
    scheme, name = indicator["skema_peta"], field(indicator, "nama")
    source = "; ".join(queries.value_sources(warehouse, code, period)["sumber"])
    coat = maps.coat(values, legend, decimals=fmt.decimals(scheme, str(indicator["satuan"])))
    return First(
        naskah.map_title(name, scheme, legend, counts, basis.short_name),
        "",
        maps.legend_html(legend, counts),
        coat | {"village": chosen.desa, "district": chosen.kecamatan},
        basis.source(source, period, naskah.map_note(legend, counts)),
        _coverage(basis) if chosen.kecamatan is None else "",
    )


def _coverage(basis: dasar.Basis) -> str:
    """The bars per kecamatan, which are of the status whatever the map shows, with their colours and source."""
    heading = maps.heading_with_swatches(_("Per kecamatan"), [(charts.DONE, _("sudah")), (charts.TO_GO, _("belum"))])
    bars = district_bars(queries.district_coverage(basis.warehouse, basis.period))
    return f"{heading}{bars}<small>{escape(basis.source(basis.status_source, basis.period))}</small>"
