"""A sheet of pixels to draw on: matplotlib without pyplot, without a window, and without writing any file.

matplotlib looks for its settings and a list of fonts in the home folder, and writes there what it does not find. Both
stand in `aset` instead; so that this holds, it is imported here only, and others take its parts from here. All text is
set in the shipped fonts, so a picture is the same on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import numpy as np

from kkb import config

ASSETS = Path(__file__).parent / "aset"
config.steer("MATPLOTLIBRC", str(ASSETS / "matplotlibrc"))

import matplotlib  # noqa: E402

matplotlib.get_cachedir = matplotlib.get_configdir = lambda: str(ASSETS)

from matplotlib.artist import Artist  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.collections import LineCollection, PathCollection  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Circle, Polygon, Rectangle  # noqa: E402
from matplotlib.path import Path as Outline  # noqa: E402
from matplotlib.transforms import Affine2D, Bbox  # noqa: E402
from PIL import Image, ImageDraw, ImageFont  # noqa: E402
from PIL.PngImagePlugin import PngInfo  # noqa: E402

__all__ = [
    "Axes",
    "Circle",
    "Figure",
    "Line2D",
    "LineCollection",
    "Outline",
    "PathCollection",
    "Polygon",
    "Rectangle",
]

MM = 25.4
"""Millimetres in an inch."""
POINT = 72
"""Points in an inch."""
INK, PALE, RED = "#1b1b1b", "#767676", "#b00020"
FLAT = ("#ffffff", RED)
"""Colours that stay exact in a PNG however little there is of them."""
BASE = 0.33
"""How far below its middle a line of text has its baseline, over its size."""
LINES = 1.08
"""Distance of two lines of a name, over its size."""
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points, or west, south, east, north in degrees."""


def font_file(weight: str = "") -> str:
    """The file of the shipped font: '' for the regular one, 'Bold', 'Semibold' or 'It'."""
    return str(font_source_sans_pro.font_files_ttf[f"SourceSansPro{weight}"])


@cache
def font(size: float, weight: str = "") -> FontProperties:
    """The shipped font in `size` points."""
    return FontProperties(fname=font_file(weight), size=size)


@lru_cache(maxsize=256)
def face(weight: str, size: float) -> ImageFont.FreeTypeFont:
    """The shipped font, `size` dots high but at least one."""
    return ImageFont.truetype(font_file(weight), max(size, 1.0))


def text_width(text: str, size: float, weight: str = "") -> float:
    """The width of one line of text in points."""
    return _width(text, weight) * size / 100


@lru_cache(maxsize=50_000)
def _width(text: str, weight: str) -> float:
    return face(weight, 100).getlength(text)


def wrap(text: str, size: float, width: float, weight: str = "") -> list[str]:
    """The text on lines of at most `width` points; a longer single word, and what a hard space joins, stay whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def figure(width_mm: float, height_mm: float, dpi: int) -> Figure:
    """An empty white sheet."""
    made = Figure(figsize=(width_mm / MM, height_mm / MM), dpi=dpi, facecolor="white")
    FigureCanvasAgg(made)
    return made


def picture(made: Figure) -> Image.Image:
    """The sheet as it is seen."""
    canvas: Any = made.canvas
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba()))


@dataclass(frozen=True)
class Word:
    """One line of text on a canvas: the place of its baseline in points, and which end or middle of it stands there."""

    x: float
    y: float
    text: str
    size: float
    weight: str
    colour: str
    anchor: str
    halo: float

    @property
    def box(self) -> Rect:
        """What its letters cover."""
        left, top, right, bottom = face(self.weight, 100).getbbox(self.text, anchor=f"{self.anchor}s")
        unit = self.size / 100
        return self.x + left * unit, self.y - bottom * unit, self.x + right * unit, self.y - top * unit


class Canvas:
    """A white sheet for a map, in points from its lower left corner: shapes over each other in the order they are
    added, and words over all shapes."""

    def __init__(self, width_mm: float, height_mm: float, dpi: int) -> None:
        self.wide, self.high = width_mm / MM * POINT, height_mm / MM * POINT
        self.dot = dpi / POINT
        self.words: list[Word] = []
        self.whole = Affine2D().scale(self.dot)
        self._figure = figure(width_mm, height_mm, dpi)

    def add(self, shape: Artist, place: Affine2D | None = None, clip: Bbox | None = None) -> None:
        """A shape in points, or in what `place` turns into dots; only its part in `clip`."""
        shape.set_transform(place or self.whole)
        shape.set_zorder(len(self._figure.get_children()))
        self._figure.add_artist(shape)
        shape.set_clip_box(clip)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        weight: str = "",
        colour: str = INK,
        anchor: str = "l",
        halo: float = 0.0,
    ) -> None:
        """One line of text on the baseline `y`: `anchor` is 'l', 'm' or 'r', `halo` the width of a white rim."""
        self.words.append(Word(x, y, text, size, weight, colour, anchor, halo))

    def name(self, x: float, y: float, text: str, size: float, weight: str, colour: str, halo: float) -> None:
        """A text of one or more lines around its middle."""
        rows = text.split("\n")
        for n, row in enumerate(rows):
            base = y + ((len(rows) - 1) / 2 - n) * LINES * size - BASE * size
            self.text(x, base, row, size, weight, colour, "m", halo)

    def picture(self) -> Image.Image:
        """The sheet as it is seen."""
        made = picture(self._figure)
        pen, high = ImageDraw.Draw(made), made.height
        for w in self.words:
            pen.text(
                (w.x * self.dot, high - w.y * self.dot),
                w.text,
                fill=w.colour,
                font=face(w.weight, w.size * self.dot),
                anchor=f"{w.anchor}s",
                stroke_width=w.halo * self.dot,
                stroke_fill="white" if w.halo else None,
            )
        return made


class Pane:
    """A framed window of a canvas on the part of the earth in `box`."""

    def __init__(self, canvas: Canvas, frame: Rect, box: Rect, ground: str) -> None:
        self.canvas, self.frame = canvas, frame
        left, bottom, right, top = (n * canvas.dot for n in frame)
        self._clip = Bbox([[left, bottom], [right, top]])
        self._place = (
            Affine2D()
            .translate(-box[0], -box[1])
            .scale((right - left) / (box[2] - box[0]), (top - bottom) / (box[3] - box[1]))
            .translate(left, bottom)
        )
        canvas.add(self._rectangle(facecolor=ground, linewidth=0))

    def add(self, shape: Artist) -> None:
        """A shape in degrees; what lies outside the window is cut off."""
        self.canvas.add(shape, self._place, self._clip)

    def spot(self, point: tuple[float, float]) -> tuple[float, float]:
        """A place on earth, in points of the canvas."""
        x, y = self._place.transform(point)
        return float(x) / self.canvas.dot, float(y) / self.canvas.dot

    def close(self) -> None:
        """Draw the frame, over all that is in it."""
        self.canvas.add(self._rectangle(facecolor="none", edgecolor="#bdbdbd", linewidth=0.7))

    def _rectangle(self, **looks: Any) -> Rectangle:
        left, bottom, right, top = self.frame
        return Rectangle((left, bottom), right - left, top - bottom, **looks)


def framed(inner: Image.Image, heading: str, foot: Sequence[str], size: float, dpi: int) -> Image.Image:
    """A picture with its heading above it and lines on source and version under it, to stand alone."""
    dot, rim = dpi / POINT, round(1.5 * size * dpi / POINT)
    parts = []
    for texts, weight, scale, colour in (([heading], "Bold", 1.6, INK), (foot, "", 0.95, PALE)):
        width = (inner.width - 2) / dot
        lines = [line for text in texts for line in wrap(text, scale * size, width, weight)]
        parts.append((lines, face(weight, round(scale * size * dot)), colour))
    heights = [round(len(lines) * 1.3 * letters.size) for lines, letters, _colour in parts]
    whole = Image.new("RGB", (inner.width + 2 * rim, inner.height + sum(heights) + 4 * rim), "white")
    pen = ImageDraw.Draw(whole)
    whole.paste(inner, (rim, 2 * rim + heights[0]))
    for (lines, letters, colour), top in zip(parts, (rim, whole.height - rim - heights[1]), strict=True):
        for n, line in enumerate(lines):
            pen.text((rim, top + round(n * 1.3 * letters.size)), line, font=letters, fill=colour)
    return whole


_CODE = np.array([1, 1 << 8, 1 << 16], dtype=np.uint32)
"""Makes one number of red, green and blue."""
_FLAT = np.array([list(bytes.fromhex(c[1:])) for c in FLAT]) @ _CODE


def reduced(picture: Image.Image) -> Image.Image:
    """In the 256 commonest colours only, so the flat ones exactly; as it is when it has very many."""
    found: list[Any] = picture.getcolors(1 << 15) or []
    if found:
        counts, whole = np.array([n for n, _c in found]), np.array([c[:3] for _n, c in found])
        codes = whole @ _CODE
        counts[np.isin(codes, _FLAT)] = picture.width * picture.height
        colours = whole[np.lexsort((codes, -counts))].astype(np.float32)
        kept = colours[:256]
        distance = np.einsum("ij,kj->ik", colours, -2 * kept)
        distance += (kept**2).sum(axis=1)
        nearest = np.zeros(1 << 24, dtype=np.uint8)
        nearest[colours.astype(np.uint32) @ _CODE] = distance.argmin(axis=1)
        dots = np.asarray(picture.convert("RGBA")).view("<u4")[..., 0] & 0xFFFFFF
        picture = Image.fromarray(nearest[dots], "P")
        picture.putpalette(kept.astype(np.uint8).tobytes())
    return picture


def png(picture: Image.Image, title: str, stamp: str, dpi: int) -> bytes:
    """A picture as PNG that names itself and the version it was drawn from, of few colours: a third of the size, in
    half the time."""
    told = PngInfo()
    told.add_itxt("Title", title)
    told.add_itxt("Comment", stamp)
    buffer = io.BytesIO()
    reduced(picture).save(buffer, "png", pnginfo=told, dpi=(dpi, dpi))
    return buffer.getvalue()
