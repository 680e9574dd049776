"""Folium maps of villages: a base that is drawn once, and a coat of paint that changes.

The base fetches its polygons from an immutable address of the app itself; the paint carries one character per
village. No map here asks anything of another host unless the reader turns the online base map on.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Any

import folium
import pandas as pd
from branca.element import Element
from folium.template import Template

from kkb import format as fmt
from kkb.bahasa import _, field, language
from kkb.rows import Row, Table, records

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Assets:
    """Addresses from which the browser takes what a map needs: Leaflet, our script and style, one layer set."""

    leaflet_js: str
    leaflet_css: str
    script: str
    style: str
    layer: str


class _NoHeader(Element):
    """The head of the map's page, left empty: its styles stand in `peta.css`, and would travel with every change."""

    def render(self, **_kwargs: object) -> str:
        """Nothing."""
        return ""


class _Start(folium.MacroElement):
    """Tells our script which layers to draw on the map it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}kkb.start({{ this._parent.get_name() }}, {{ this.options }});{% endmacro %}"
    )

    def __init__(self, options: dict[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.options = script_safe(options)


class _Paint(folium.MacroElement):
    """Colours the villages of the map already on screen."""

    _template = Template("{% macro script(this, kwargs) %}kkb.paint({{ this.state }});{% endmacro %}")

    def __init__(self, state: dict[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.state = script_safe(state)


def base(
    assets: Assets,
    view: str,
    *,
    channel: str | None = None,
    base_map_url: str | None = None,
    frame: str | None = None,
) -> folium.Map:
    """The map without colours. `channel` links the views of maps that share it; `view` is 'peta' or 'petak'; `frame`
    names the map to those who cannot see it, when it is not of villages."""
    made = folium.Map(
        location=[-1.9, 115.5],
        zoom_start=9,
        tiles=None,
        zoom_control=False,
        crs="EPSG3857" if view == "peta" else "Simple",
        zoomSnap=0.25,
        zoomDelta=0.5,
        minZoom=2,
    )
    root: Any = made.get_root()
    root.header = _NoHeader()
    made.default_js = [("leaflet", assets.leaflet_js), ("kkb", assets.script)]
    made.default_css = [("leaflet", assets.leaflet_css), ("kkb", assets.style)]
    if base_map_url and view == "peta":
        folium.TileLayer(base_map_url, attr="© OpenStreetMap", overlay=False, control=False).add_to(made)
    _Start(start(assets.layer, view, channel, frame)).add_to(made)
    return made


def start(layer: str, view: str, channel: str | None = None, frame: str | None = None) -> dict[str, object]:
    """What our script needs to draw the layer set at an address, without colours."""
    texts = {
        "attribution": _("Batas: BIG/Kemendagri via cahyadsn (MIT), indikatif")
        if view == "peta"
        else _("Satu petak untuk tiap desa/kelurahan; bukan peta wilayah"),
        "district": _("Kec. {name}"),
        "zoomIn": _("Perbesar"),
        "zoomOut": _("Perkecil"),
        "box": _("Indikator"),
        "frame": frame or _("Peta desa/kelurahan"),
        "language": language(),
    }
    return {"url": layer, "view": view, "channel": channel, "texts": texts}


def paint(
    values: pd.DataFrame,
    legend: Table,
    *,
    decimals: int | None,
    village: str | None = None,
    district: str | None = None,
    near: list[str] | None = None,
    coats: str | None = None,
    labels: list[str] | None = None,
) -> folium.FeatureGroup:
    """The colours of every village, in the order of the codes.

    `values` and `legend` are as `queries.village_values` (of all villages) and `queries.legend` give them. `decimals`
    adds the value itself to the tooltip; None when the class says it all. `near` are villages to zoom to and to name,
    instead of those of `district`. `coats` is the address of the coats of all indicators, by the name in the box
    "Indikator": with them the browser repaints as soon as one is chosen there, before the server answers.
    `labels` are words to stand on each unit of the layer, of one or more lines, for areas larger than villages.
    """
    state = coat(values, legend, decimals=decimals) | {"village": village, "district": district}
    if near:
        state["near"] = near
    if coats:
        state["coats"] = coats
    if labels:
        state["labels"] = labels
    group = folium.FeatureGroup()
    _Paint(state).add_to(group)
    return group


def coat(values: pd.DataFrame, legend: Table, *, decimals: int | None) -> dict[str, object]:
    """What `paint` tells of the villages themselves, as our script reads it."""
    rows = records(legend)
    place = {row["kode_kelas"]: n for n, row in enumerate(rows)}
    return {
        "classes": "".join(DIGITS[place[s]] for s in states(values)),
        "values": None
        if decimals is None
        else "|".join("" if pd.isna(v) else fmt.number(v, decimals) for v in values["nilai"]),
        "legend": [
            {"label": field(row, "label"), "colour": row["warna"], "pattern": _text(row["motif"])} for row in rows
        ],
    }


def states(values: pd.DataFrame) -> list[str]:
    """The class of each village, or for those without one their state."""
    both = zip(values["kelas"].tolist(), values["keadaan"].tolist(), strict=True)
    return [state if pd.isna(kelas) else kelas for kelas, state in both]


def legend_html(legend: Table, counts: dict[str, int]) -> str:
    """The legend as HTML: classes with their counts, then the states without a class, set apart and hatched.

    `counts` maps kode_kelas to the number of villages; states that no village is in are left out.
    """
    rows = records(legend)
    without = [r for r in rows if r["bagian"] == "keadaan" and counts.get(r["kode_kelas"])]
    parts = [_entry(r, counts.get(r["kode_kelas"], 0)) for r in rows if r["bagian"] == "kelas"]
    if without:
        parts.append('<span style="border-left:2px solid var(--tegas);height:1.2em"></span>')
        parts += [_entry(r, counts[r["kode_kelas"]]) for r in without]
    return (
        '<div role="list" style="display:flex;flex-wrap:wrap;gap:.15rem 1rem;font-size:.9rem">'
        + "".join(parts)
        + "</div>"
    )


def heading_with_swatches(words: str, entries: list[tuple[str, str]]) -> str:
    """A small heading that says what the colours of the chart under it mean."""
    marks = "".join(f"&nbsp; {swatch(colour, None)} {escape(label)} " for colour, label in entries)
    return f"<b>{escape(words)}</b>{marks}"


def _entry(row: Row, count: int) -> str:
    return (
        f'<span role="listitem">{swatch(str(row["warna"]), _text(row["motif"]))} '
        f"{escape(field(row, 'label'))}: <b>{fmt.number(count)}</b></span>"
    )


_HATCHES = {
    "titik": "radial-gradient(#8a8a8a 1px,transparent 1.3px) 0 0/6px 6px",
    "arsir": "repeating-linear-gradient(135deg,#4d4d4d 0 1.2px,transparent 1.2px 5px)",
    "silang": "repeating-linear-gradient(45deg,#a5a5a5 0 1px,transparent 1px 6px),"
    "repeating-linear-gradient(135deg,#a5a5a5 0 1px,transparent 1px 6px)",
}


def swatch(colour: str, pattern: str | None) -> str:
    """A legend square, drawn the way the map draws the class."""
    style = "display:inline-block;width:17px;height:13px;border:1px solid var(--batas);vertical-align:-1px"
    return f'<span aria-hidden="true" style="{style};background:{fill(colour, pattern)}"></span>'


def fill(colour: str, pattern: str | None) -> str:
    """A CSS background: the colour, with the pattern of the map on it, ready for a style attribute."""
    hatch = f"{_HATCHES[pattern]}," if pattern else ""
    return f"{hatch}{escape(colour)}"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


_UNSAFE = {c: f"\\u{ord(c):04x}" for c in "<>&{}\u2028\u2029"}
_STAND_IN = {c: chr(0xE000 + n) for n, c in enumerate(_UNSAFE)}
_TO_STAND_IN = str.maketrans("".join(_STAND_IN), "".join(_STAND_IN.values()))


def script_safe(value: object) -> str:
    """JSON that may stand in a script that folium renders twice as a template.

    Inside texts no `<`, `&`, brace or line separator is left as it is, so that data can neither end the script
    element nor be read as a template expression.
    """
    text = json.dumps(_stand_in(value), ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _UNSAFE.items():
        text = text.replace(_STAND_IN[character], escaped)
    return text


def _stand_in(value: object) -> object:
    if isinstance(value, str):
        return value.translate(_TO_STAND_IN)
    if isinstance(value, dict):
        return {k: _stand_in(v) for k, v in value.items()}
    return [_stand_in(v) for v in value] if isinstance(value, list) else value


def class_counts(values: pd.DataFrame) -> dict[str, int]:
    """Number of villages per class, and per state for those without one."""
    return dict(Counter(states(values)))
