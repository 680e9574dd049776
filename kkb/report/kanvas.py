"""A sheet of pixels to draw on: matplotlib without pyplot, without a window, and without writing any file.

matplotlib looks for its settings and a list of fonts in the home folder, and writes there what it does not find. Both
stand in `aset` instead, and all text is set in the shipped fonts, so a picture is the same on every machine.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import numpy as np

from kkb import config

ASSETS = Path(__file__).parent / "aset"
config.steer("MATPLOTLIBRC", str(ASSETS / "matplotlibrc"))

import matplotlib  # noqa: E402

matplotlib.get_cachedir = matplotlib.get_configdir = lambda: str(ASSETS)

from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from PIL import Image, ImageFont  # noqa: E402
from PIL.PngImagePlugin import PngInfo  # noqa: E402

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
    return _measure(weight).getlength(text) * size / 100


def wrap(text: str, size: float, width: float, weight: str = "") -> list[str]:
    """The text on lines of at most `width` points; a longer single word stays whole."""
    lines: list[str] = []
    for word in text.split():
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
    """The sheet as PNG that names itself and the version it was drawn from.

    It holds the 256 commonest colours only, so the flat ones exactly: a third of the size, in half the time.
    """
    canvas: Any = made.canvas
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    found: list[Any] = picture.getcolors(1 << 15) or []
    if found:
        palette = Image.new("P", (1, 1))
        commonest = sorted(found, key=lambda c: (-c[0], c[1]))[:256]
        palette.putpalette([part for _count, colour in commonest for part in colour])
        picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    told = PngInfo()
    told.add_itxt("Title", title)
    told.add_itxt("Comment", stamp)
    buffer = io.BytesIO()
    picture.save(buffer, "png", pnginfo=told, dpi=(made.dpi, made.dpi))
    return buffer.getvalue()
