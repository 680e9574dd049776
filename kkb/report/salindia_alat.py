"""Slides of one look: places in points, text that shrinks by rule, footer, notes, and links from slide to slide."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from kkb.charts import HIGHLIGHT
from kkb.report import kanvas

WIDE, HIGH, EDGE = 960.0, 540.0, 36.0
"""A slide of 16:9 and its margin, in points."""
FONT, NAVY, INK, GREY, PALE = "Arial", "#0B3C5D", "#1B1B1B", "#5A6570", "#F2F5F7"
BROAD = 1.15
"""How much broader Arial may run than the font its width is measured with."""
LEADING = 1.2
"""The height of a line over the size of its text."""


@dataclass(frozen=True)
class Place:
    """A rectangle on a slide, in points from its upper left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Fit:
    """A text size and the lines each paragraph takes in it."""

    size: float
    lines: tuple[int, ...]

    def height(self, gap: float = 0.0) -> float:
        """Points of height, with `gap` times the size between paragraphs."""
        return sum(self.lines) * self.size * LEADING + max(len(self.lines) - 1, 0) * gap * self.size


def lines_of(text: str, size: float, width: float, weight: str = "") -> int:
    """How many lines a text takes on a slide; a word too long for a line is broken."""
    rows = kanvas.wrap(text, size * BROAD, width, weight)
    return max(1, sum(max(1, -int(-kanvas.text_width(r, size * BROAD, weight) // width)) for r in rows))


def fit(texts: Sequence[str], sizes: Iterable[float], width: float, height: float, gap: float, weight: str) -> Fit:
    """The first of the sizes in which all texts have room, else the last of them."""
    found = Fit(0, ())
    for size in sizes:
        found = Fit(size, tuple(lines_of(t, size, width, weight) for t in texts))
        if found.height(gap) <= height:
            break
    return found


def rgb(colour: str) -> Any:
    """'#rrggbb' as the library wants it."""
    return RGBColor(*bytes.fromhex(colour.lstrip("#")))  # type: ignore[no-untyped-call]


class Deck:
    """A presentation while it is written; `stamp` stands on every slide."""

    def __init__(self, stamp: str) -> None:
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDE), Pt(HIGH)
        self.stamp = stamp
        _widen(self.file)
        _theme(self.file)

    @property
    def count(self) -> int:
        """How many slides there are."""
        return len(self.file.slides)

    def slide(self, title: str, kicker: str, source: str) -> Any:
        """A new slide with its title on at most two lines, what it belongs to above it, and the footer."""
        made = self.file.slides.add_slide(self.file.slide_layouts[5])
        told = fit([title], (28, 26, 24, 22, 20, 18, 16), WIDE - 2 * EDGE, 28 * LEADING * 2, 0, "Bold")
        self.titled(made, title, Place(EDGE, 32, WIDE - 2 * EDGE, 68), told.size, NAVY, MSO_ANCHOR.TOP)
        self.text(made, [kicker], Place(EDGE, 14, WIDE - 2 * EDGE, 18), 12, GREY)
        room = Place(EDGE, 500, WIDE - 2 * EDGE - 50, 36)
        foot = [t for t in (source, self.stamp) if t]
        size = fit(foot, (10, 9.5, 9), room.width, room.height, 0, "").size
        self.text(made, foot, room, size, GREY, anchor=MSO_ANCHOR.BOTTOM)
        self._number(made)
        return made

    def titled(self, slide: Any, title: str, at: Place, size: float, colour: str, anchor: Any) -> None:
        """Fill the place of the slide's title."""
        place(slide.shapes.title, at)
        write(slide.shapes.title.text_frame, [title], size, colour, bold=True, anchor=anchor)

    def label(self, shape: Any, text: str, size: float, colour: str, *, bold: bool) -> None:
        """Words in the middle of a block."""
        write(shape.text_frame, [text], size, colour, bold=bold, align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE)

    def text(
        self,
        slide: Any,
        texts: Sequence[str],
        at: Place,
        size: float,
        colour: str = INK,
        *,
        bold: bool = False,
        align: Any = PP_ALIGN.LEFT,
        anchor: Any = MSO_ANCHOR.TOP,
    ) -> Any:
        """A text box without a frame; one paragraph for each text."""
        box = slide.shapes.add_textbox(Pt(at.left), Pt(at.top), Pt(at.width), Pt(at.height))
        write(box.text_frame, texts, size, colour, bold=bold, align=align, anchor=anchor)
        return box

    def bullets(self, slide: Any, texts: Sequence[str], at: Place, size: float, gap: float) -> Any:
        """Points of an agenda, with a hanging mark."""
        box = self.text(slide, texts, at, size)
        for n, paragraph in enumerate(box.text_frame.paragraphs):
            paragraph.space_before = Pt(gap * size if n else 0)
            settings = paragraph._p.get_or_add_pPr()
            settings.set("marL", str(Pt(INDENT)))
            settings.set("indent", str(-Pt(INDENT)))
            mark = settings.makeelement(qn("a:buChar"), {"char": "•"})
            settings.append(mark)
        return box

    def block(self, slide: Any, at: Place, colour: str, alt: str = "") -> Any:
        """A filled rectangle."""
        made = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(at.left), Pt(at.top), Pt(at.width), Pt(at.height))
        made.fill.solid()
        made.fill.fore_color.rgb = rgb(colour)
        made.line.fill.background()
        made._element.remove(made._element.find(qn("p:style")))
        describe(made, alt)
        return made

    def picture(self, slide: Any, png: bytes, at: Place, alt: str) -> Any:
        """A picture, stretched to its place."""
        made = slide.shapes.add_picture(io.BytesIO(png), Pt(at.left), Pt(at.top), Pt(at.width), Pt(at.height))
        describe(made, alt)
        return made

    def notes(self, slide: Any, texts: Sequence[str]) -> None:
        """What the speaker sees only."""
        slide.notes_slide.notes_text_frame.text = "\n".join(one_line(t) for t in texts)

    def _number(self, slide: Any) -> None:
        at = Place(WIDE - EDGE - 50, 516, 50, 20)
        box = self.text(slide, [""], at, 12, GREY, align=PP_ALIGN.RIGHT, anchor=MSO_ANCHOR.BOTTOM)
        paragraph = box.text_frame.paragraphs[0]._p
        number = paragraph.makeelement(
            qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"}
        )
        run = number.makeelement(qn("a:rPr"), {"lang": "id", "sz": "1200"})
        word = number.makeelement(qn("a:t"), {})
        word.text = str(self.count)
        number.extend([run, word])
        paragraph.insert(0, number)
        for left in paragraph.findall(qn("a:r")):
            paragraph.remove(left)


INDENT = 14.0
"""Points a point of the agenda is set in."""


def write(
    frame: Any,
    texts: Sequence[str],
    size: float,
    colour: str,
    *,
    bold: bool = False,
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = MSO_ANCHOR.TOP,
) -> None:
    """Texts as paragraphs, without margins, wrapped."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    for n, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = one_line(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, rgb(colour)


def one_line(text: str) -> str:
    """A text without the line breaks and control signs that a slide would make something else of."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def place(shape: Any, at: Place) -> None:
    """Put a shape there."""
    shape.left, shape.top, shape.width, shape.height = Pt(at.left), Pt(at.top), Pt(at.width), Pt(at.height)


def describe(shape: Any, alt: str) -> None:
    """The words for those who do not see the shape; '' says it only adorns."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", one_line(alt))


def _widen(file: Any) -> None:
    """The template's places are for 4:3; a slide added by hand shall look right too."""
    for sheet in (file.slide_master, *file.slide_layouts):
        for shape in sheet.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = (round(n * WIDE / 720) for n in (shape.left, shape.width))


def _theme(file: Any) -> None:
    """Colours and fonts that a chart or table made by hand will take."""
    part = next(r.target_part for r in file.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    text = part.blob.decode("utf-8")
    for name, colour in (("accent1", HIGHLIGHT), ("dk2", NAVY)):
        text = re.sub(
            rf'(<a:{name}>)<a:srgbClr val="\w+"/>', rf'\1<a:srgbClr val="{colour.lstrip("#").upper()}"/>', text
        )
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\1{FONT}", text)
    part._blob = text.encode("utf-8")
