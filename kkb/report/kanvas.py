"""A sheet of pixels to draw on: matplotlib without pyplot, without a window, and without writing any file.

matplotlib looks for its settings and a list of fonts in the home folder, and writes there what it does not find. Both
stand in `aset` instead; so that this holds, it is imported here only, and others take its parts from here. All text is
set in the shipped fonts, so a picture is the same on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
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

from matplotlib.axes import Axes  # noqa: E402
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.collections import LineCollection, PathCollection  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Polygon, Rectangle  # noqa: E402
from matplotlib.path import Path as Outline  # noqa: E402
from matplotlib.patheffects import withStroke  # noqa: E402
from PIL import Image, ImageDraw, ImageFont  # noqa: E402
from PIL.PngImagePlugin import PngInfo  # noqa: E402

__all__ = [
    "Axes",
    "Figure",
    "Line2D",
    "LineCollection",
    "Outline",
    "PathCollection",
    "Polygon",
    "Rectangle",
    "withStroke",
]

MM = 25.4
"""Millimetres in an inch."""
POINT = 72
"""Points in an inch."""
INK, PALE = "#1b1b1b", "#767676"


def font_file(weight: str = "") -> str:
    """The file of the shipped font: '' for the regular one, 'Bold', 'Semibold' or 'It'."""
    return str(font_source_sans_pro.font_files_ttf[f"SourceSansPro{weight}"])


@cache
def font(size: float, weight: str = "") -> FontProperties:
    """The shipped font in `size` points."""
    return FontProperties(fname=font_file(weight), size=size)


@cache
def _measure(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(weight), 100)


def text_width(text: str, size: float, weight: str = "") -> float:
    """The width of one line of text in points."""
    return _width(text, weight) * size / 100


@lru_cache(maxsize=50_000)
def _width(text: str, weight: str) -> float:
    return _measure(weight).getlength(text)


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


def png(made: Figure, title: str, stamp: str) -> bytes:
    """The sheet as PNG that names itself and the version it was drawn from."""
    canvas: Any = made.canvas
    canvas.draw()
    return save(Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3]), title, stamp, made.dpi)


def framed(inner: bytes, title: str, heading: str, foot: Sequence[str], stamp: str, size: float) -> bytes:
    """A picture with its heading above it and lines on source and version under it, to stand alone."""
    picture = Image.open(io.BytesIO(inner)).convert("RGB")
    dpi = round(picture.info["dpi"][0])
    dot, rim = dpi / POINT, round(1.5 * size * dpi / POINT)
    parts = []
    for texts, weight, scale, colour in (([heading], "Bold", 1.6, INK), (foot, "", 0.95, PALE)):
        width = (picture.width - 2) / dot
        lines = [line for text in texts for line in wrap(text, scale * size, width, weight)]
        parts.append((lines, ImageFont.truetype(font_file(weight), round(scale * size * dot)), colour))
    heights = [round(len(lines) * 1.3 * face.size) for lines, face, _colour in parts]
    whole = Image.new("RGB", (picture.width + 2 * rim, picture.height + sum(heights) + 4 * rim), "white")
    pen = ImageDraw.Draw(whole)
    whole.paste(picture, (rim, 2 * rim + heights[0]))
    for (lines, face, colour), top in zip(parts, (rim, whole.height - rim - heights[1]), strict=True):
        for n, line in enumerate(lines):
            pen.text((rim, top + round(n * 1.3 * face.size)), line, font=face, fill=colour)
    return save(whole, title, stamp, dpi)


def save(picture: Image.Image, title: str, stamp: str, dpi: float) -> bytes:
    """As PNG of the 256 commonest colours only, so the flat ones exactly: a third of the size, in half the time."""
    found: list[Any] = picture.getcolors(1 << 15) or []
    if found:
        colours = np.array([c for _n, c in sorted(found, key=lambda c: (-c[0], c[1]))], dtype=np.float32)
        kept = colours[:256]
        distance = (kept**2).sum(axis=1) - 2 * colours @ kept.T
        nearest = np.zeros(1 << 24, dtype=np.uint8)
        nearest[colours.astype(np.uint32) @ np.array([1, 1 << 8, 1 << 16], dtype=np.uint32)] = distance.argmin(axis=1)
        dots = np.asarray(picture.convert("RGBA")).view("<u4")[..., 0] & 0xFFFFFF
        picture = Image.fromarray(nearest[dots], "P")
        picture.putpalette(kept.astype(np.uint8).tobytes())
    told = PngInfo()
    told.add_itxt("Title", title)
    told.add_itxt("Comment", stamp)
    buffer = io.BytesIO()
    picture.save(buffer, "png", pnginfo=told, dpi=(dpi, dpi))
    return buffer.getvalue()
