"""Little maps as pictures, one a kecamatan: drawn from a layer set of the warehouse, light enough to send a dozen."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from kkb import lapis, rupa
from kkb.charts.kecamatan import GREY, name

SIDE, EDGE = 300, 6
"""Units of a drawing's longer side, and the rim left free."""
PATTERNS = {
    "arsir": '<path d="M-2 2 2 -2M0 12 12 0M10 14 14 10" stroke="#4d4d4d" stroke-width="2"/>',
    "titik": '<circle cx="6" cy="6" r="1.6" fill="#8a8a8a"/>',
    "silang": '<path d="M0 0 12 12M12 0 0 12" stroke="#a5a5a5" stroke-width="1.4"/>',
}
Rings = list[list[tuple[float, float]]]


@dataclass(frozen=True)
class Little:
    """One little map: what stands above and below it, the address it opens, and its picture."""

    title: str
    note: str
    link: str
    alt: str
    picture: str


def outlines(layer: str) -> dict[str, Rings]:
    """Village code -> its rings as (x, y), y downwards, from the text of a layer set."""
    return {
        code: [[(float(x), float(-y)) for x, y in ring * lapis.UNIT] for ring in village.rings]
        for code, village in lapis.read(layer).villages.items()
    }


@dataclass(frozen=True)
class Fitted:
    """Villages that fill one picture: its width and height, and village code -> its outline as an SVG path."""

    width: int
    height: int
    paths: Mapping[str, str]


def fitted(shapes: Mapping[str, Rings], codes: Iterable[str]) -> Fitted:
    """Some of the villages of `outlines`, made to fill one picture."""
    mine = {code: shapes[code] for code in codes}
    points = [p for rings in mine.values() for ring in rings for p in ring]
    west, north = min(x for x, _y in points), min(y for _x, y in points)
    wide, high = max(x for x, _y in points) - west, max(y for _x, y in points) - north
    unit = (SIDE - 2 * EDGE) / max(wide, high, 1)
    paths = {code: "".join(_path(ring, west, north, unit) for ring in rings) for code, rings in mine.items()}
    return Fitted(round(wide * unit) + 2 * EDGE, round(high * unit) + 2 * EDGE, paths)


def picture(shape: Fitted, fills: Mapping[str, tuple[str, str | None]]) -> str:
    """The villages of `fills` as the address of an SVG picture."""
    motifs = sorted({m for _colour, m in fills.values() if m})
    defs = "".join(
        f'<pattern id="{m}" width="12" height="12" patternUnits="userSpaceOnUse">{PATTERNS[m]}</pattern>'
        for m in motifs
    )
    paths = []
    for code, (colour, motif) in fills.items():
        d = shape.paths[code]
        paths.append(f'<path d="{d}" fill="{escape(colour)}"/>')
        if motif:
            paths.append(f'<path d="{d}" fill="url(#{motif})"/>')
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {shape.width} {shape.height}"><defs>{defs}</defs>'
        f'<g stroke="{rupa.BOTH}" stroke-width="2" stroke-linejoin="round" fill-rule="evenodd">'
        f"{''.join(paths)}</g></svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def _path(ring: list[tuple[float, float]], west: float, north: float, unit: float) -> str:
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round((x - west) * unit) + EDGE, round((y - north) * unit) + EDGE)
        if not points or point != points[-1]:
            points.append(point)
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def gallery(shown: Iterable[Little]) -> str:
    """The little maps side by side, as many as fit; each opens its kecamatan."""
    inside = "".join(
        f'<div style="text-align:center;border-top:1px solid var(--garis);padding-top:.3rem"><div>'
        f"{name(one.title, one.link)}</div>"
        f'<a href="{escape(one.link)}" target="_self"><img src="{one.picture}" alt="{escape(one.alt)}" '
        'style="width:100%;height:7rem;object-fit:contain;margin:.2rem 0"></a>'
        f'<div style="color:{GREY}">{escape(one.note)}</div></div>'
        for one in shown
    )
    return (
        '<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.9rem;'
        f'font-size:.84rem;line-height:1.3">{inside}</div>'
    )
