"""Paper to draw on: A4 as PDF with the shipped fonts inside, tagged text, and nothing that differs between two runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import font_source_sans_pro
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

WIDTH, HEIGHT = 210.0, 297.0
"""A4 upright, in millimetres."""
LEFT, TOP, BOTTOM = 17.0, 15.0, 19.0
"""Margins in millimetres; the right one is as wide as the left one. The footer stands in the lower one."""
INNER = WIDTH - 2 * LEFT
FOOT = HEIGHT - BOTTOM
"""Where the text of a page ends at the latest."""
INK, PALE, RULE, SHADE, ACCENT = "#1b1b1b", "#595959", "#bfc5ca", "#eef2f5", "#0b4f77"
POINT = 25.4 / 72
"""Millimetres in a point."""
FAMILY = "SourceSans"
STYLES = {"": "", "B": "Semibold", "I": "It"}
"""Styles of fpdf2 and the weights of the shipped font that stand for them."""


def _file(style: str) -> str:
    return str(font_source_sans_pro.font_files_ttf[f"SourceSansPro{STYLES[style]}"])


@cache
def _advances(style: str) -> dict[str, float]:
    """Width of every character of a style, in ems."""
    with TTFont(_file(style)) as font:
        widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): widths[name][0] / units for code, name in font.getBestCmap().items()}


@cache
def _ems(text: str, style: str) -> float:
    widths = _advances(style)
    return sum(widths.get(c, 0.6) for c in text)


def width(text: str, size: float, style: str = "") -> float:
    """The width of a line of text of `size` points, in millimetres."""
    return _ems(text, style) * size * POINT


def parts(text: str) -> list[str]:
    """The words of a text; a limit as '> 0,8155' is one, so that its sign stays with its number."""
    return [w for w in re.sub(r"([<>≤≥])\s(?=\d)", "\\1\u00a0", text).split(" ") if w]


def wrap(text: str, size: float, room: float, style: str = "") -> list[str]:
    """The text on lines of at most `room` millimetres; a word that is longer is broken, so that nothing is cut off."""
    lines: list[str] = []
    for word in parts(text):
        if lines and width(f"{lines[-1]} {word}", size, style) <= room:
            lines[-1] += f" {word}"
        else:
            *whole, rest = _pieces(word, size, room, style)
            lines += [*whole, rest]
    return lines or [""]


def _pieces(word: str, size: float, room: float, style: str) -> list[str]:
    found = [""]
    if width(word, size, style) <= room:
        return [word]
    for letter in word:
        if found[-1] and width(found[-1] + letter, size, style) > room:
            found.append("")
        found[-1] += letter
    return found


def fitting(text: str, size: float, room: float, style: str = "") -> float:
    """`size`, or less so that the text fits on one line of `room` millimetres."""
    wide = width(text, size, style)
    return size if wide <= room else size * room / wide


def line_height(size: float) -> float:
    """Distance of two lines of text of `size` points, in millimetres."""
    return 1.24 * size * POINT


@dataclass(frozen=True)
class About:
    """What the file says of itself. `made` is a day (ISO 8601)."""

    title: str
    subject: str
    author: str
    language: str
    made: str


class Paper(FPDF):
    """One document. All lengths are millimetres from the upper left corner, text sizes points."""

    def __init__(self, about: About) -> None:
        super().__init__("portrait", "mm", "A4")
        self.set_auto_page_break(False)
        self.set_margins(0, 0, 0)
        self.c_margin = 0
        for style in STYLES:
            self.add_font(FAMILY, style, _file(style))
        self.set_title(about.title)
        self.set_subject(about.subject)
        self.set_author(about.author)
        self.set_lang(about.language)
        self.set_creator("")
        self.set_producer("")
        self.set_creation_date(datetime.fromisoformat(about.made).replace(tzinfo=UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._marks = 0

    def sheet(self) -> None:
        """Begin a page."""
        self.add_page()
        self._marks = 0

    @contextmanager
    def tagged(self, kind: str, alt: str | None = None) -> Iterator[None]:
        """What is drawn inside is one element for those who listen: 'H1', 'H2', 'P', or 'Figure' with what it shows."""
        self._add_marked_content(struct_type=f"/{kind}", mcid=self._marks, alt_text=alt)
        self._out(f"/{kind} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self._out("EMC")

    @contextmanager
    def untold(self) -> Iterator[None]:
        """What is drawn inside repeats on each page or is mere ornament, and is not read aloud."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def words(self, x: float, y: float, text: str, size: float, style: str = "", colour: str = INK) -> None:
        """One line of text on the baseline `y`."""
        self.set_font(FAMILY, style, size)
        self.set_text_color(colour)
        self.text(x, y, text)

    def box(self, x: float, y: float, wide: float, high: float, fill: str | None, line: str | None = None) -> None:
        """A rectangle, filled, outlined, or both."""
        if fill:
            self.set_fill_color(fill)
        if line:
            self.set_draw_color(line)
            self.set_line_width(0.15)
        self.rect(x, y, wide, high, style=("D" if line else "") + ("F" if fill else ""))

    def rule(self, x: float, y: float, wide: float, colour: str = RULE, weight: float = 0.15) -> None:
        """A horizontal line."""
        self.set_draw_color(colour)
        self.set_line_width(weight)
        self.line(x, y, x + wide, y)
