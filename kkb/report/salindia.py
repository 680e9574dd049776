"""The slides of a meeting: one for each step of the agenda, with charts and tables that can be edited."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pptx.enum.text import MSO_ANCHOR

from kkb import bahasa
from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat import susun
from kkb.rapat.lembar import Figure, Pack, Progress, Sheet, silent
from kkb.report import gambar, salindia_bagan, salindia_tabel
from kkb.report.kanvas import MM, POINT
from kkb.report.salindia_alat import (
    EDGE,
    GREY,
    HIGH,
    INDENT,
    INK,
    LEADING,
    NAVY,
    PALE,
    WIDE,
    Deck,
    Place,
    fit,
    lines_of,
    one_line,
)
from kkb.report.salindia_tabel import Table

TOP, BOTTOM, ROOM = 108.0, 490.0, WIDE - 2 * EDGE
"""Where the body of a slide begins and ends, and its width, in points."""
GAP, BETWEEN = 18.0, 0.5
"""Points between the parts of a slide, and heights of a line between its points."""
SHOWN = 4
"""So many points stand on a slide; all of them stand in the notes."""
TABLE_SLIDES = 3
"""So many slides at most show one table; the rest of it is in the workbook."""
LEAST = 4
"""So many rows at least, or all, begin a table under the points of a slide."""
SPARE = 110.0
"""Points of height below which a table does not begin under the points of a slide."""
AROUND = 40.0
"""Points that the title of a table and the line under it take."""
TABLE = BOTTOM - TOP - AROUND
"""Points of height for a table on a slide of its own."""
DPI = 200


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """The presentation as PPTX, in the language of the pack; the same pack gives the same bytes."""
    with bahasa.speaking(pack.language):
        return _Slides(pack, progress).bytes()


@dataclass
class _Part:
    """A part of the agenda: its name, its slide, and for each sheet its title and first slide."""

    name: str
    slide: Any
    entries: list[tuple[str, Any, int]]


class _Slides:
    def __init__(self, pack: Pack, progress: Progress) -> None:
        self.pack, self.progress = pack, progress
        self.deck = Deck(pack.stamp)

    def bytes(self) -> bytes:
        pack = self.pack
        self._cover()
        parts: list[_Part] = []
        for n, sheet in enumerate(pack.sheets):
            name = susun.part_name(sheet.part)
            if not parts or parts[-1].name != name:
                parts.append(_Part(name, self.deck.slide(name, pack.area_name, ""), []))
            first = self.deck.count + 1
            parts[-1].entries.append((sheet.title, self._sheet(sheet, name), first))
            self.progress((n + 1) / (len(pack.sheets) + 2))
        for part in parts:
            self._agenda(part, parts)
        made = _saved(self.deck, pack)
        self.progress(1.0)
        return made

    def _cover(self) -> None:
        deck, pack = self.deck, self.pack
        slide = deck.file.slides.add_slide(deck.file.slide_layouts[5])
        deck.block(slide, Place(0, 0, WIDE, HIGH), NAVY)
        slide.shapes._spTree.append(slide.shapes.title._element)
        size = fit([pack.title], (44, 40, 36, 32, 28, 24), ROOM - 80, 190, 0, "Bold").size
        deck.titled(slide, pack.title, Place(EDGE + 20, 130, ROOM - 80, 190), size, "#FFFFFF", MSO_ANCHOR.BOTTOM)
        told = [
            f"{pack.area_name}, {pack.province}" if pack.area is None else f"{pack.area_name}, {pack.regency}",
            _("Status Kampung KB per {status}; kelas dan laporan per {scored}").format(
                status=fmt.period(pack.period), scored=fmt.period(pack.scored)
            ),
            _("Disusun {day}").format(day=fmt.day(date.fromisoformat(pack.made))),
        ]
        deck.text(slide, told, Place(EDGE + 20, 344, ROOM - 80, 90), 18, "#FFFFFF")
        deck.text(slide, [pack.stamp], Place(EDGE + 20, 490, ROOM - 80, 20), 12, "#DCE6EE")
        deck.notes(slide, [pack.title, *told, pack.stamp, _("Sumber data:"), *pack.sources])

    def _sheet(self, sheet: Sheet, part: str) -> Any:
        """All slides of a sheet; the first of them."""
        kicker = f"{part} · {self.pack.area_name}"
        top = TOP + (_cards_height(sheet.figures) + GAP if sheet.figures else 0)
        space = _space_for_table(sheet, top)
        grid = sheet.grid if sheet.grid is not None and len(sheet.grid.rows) else None
        table = salindia_tabel.layout(grid, ROOM, space or TABLE) if grid else None
        shared = space if table and space >= table.height(0, min(LEAST, len(table.rows))) else 0.0
        pages = table.pages(TABLE, shared)[:TABLE_SLIDES] if table else []
        charts = [sheet.chart] if sheet.map and sheet.chart else []
        first = self.deck.slide(sheet.title, kicker, sheet.source)
        if sheet.figures:
            self._cards(first, sheet.figures)
        end = self._body(first, sheet, top, shared + AROUND if shared else 0.0)
        if table and shared:
            self._table(first, table, *pages.pop(0), end + (GAP if sheet.points else 0))
        total = 1 + len(charts) + len(pages)
        self._notes(first, sheet)
        for n in range(2, total + 1):
            place = _("({n} dari {total})").format(n=n, total=total).replace(" ", "\N{NO-BREAK SPACE}")
            slide = self.deck.slide(f"{sheet.title} {place}", kicker, sheet.source)
            if n - 2 < len(charts):
                salindia_bagan.add(slide, charts[n - 2], Place(EDGE, TOP, ROOM, BOTTOM - TOP), 14)
            elif table:
                self._table(slide, table, *pages[n - 2 - len(charts)], TOP)
            self._notes(slide, sheet)
        return first

    def _body(self, slide: Any, sheet: Sheet, top: float, below: float) -> float:
        """Picture and points; where they end."""
        bottom = BOTTOM - (below + GAP if below else 0)
        if not (sheet.map or sheet.chart):
            return self._points(slide, sheet, Place(EDGE, top, ROOM, bottom - top))
        wide = round((0.62 if sheet.chart and not sheet.map else 0.6) * ROOM)
        at = Place(EDGE, top, wide if sheet.points else ROOM, bottom - top)
        if sheet.map:
            size_mm = (at.width / POINT * MM, at.height / POINT * MM)
            png = gambar.map_png(self.pack.layer, sheet.map, *size_mm, DPI, stamp=self.pack.stamp, size=11)
            self.deck.picture(slide, png, at, sheet.map.alt)
        elif sheet.chart:
            salindia_bagan.add(slide, sheet.chart, at, 12)
        left = EDGE + wide + GAP
        self._points(slide, sheet, Place(left, top, WIDE - EDGE - left, bottom - top))
        return bottom

    def _points(self, slide: Any, sheet: Sheet, at: Place) -> float:
        """As many of the first points as fit in a size that is read; how many are left to the notes is said. Where they
        end."""
        shown = _shown(sheet)
        sizes = (20, 18, 17, 16, 15, 14, 13, 12)
        while shown:
            left = len(sheet.points) - len(shown)
            height = at.height - (20 if left else 0)
            told = fit(shown, sizes, at.width - INDENT, height, BETWEEN, "")
            if told.height(BETWEEN) <= height or len(shown) == 1:
                self.deck.bullets(slide, shown, replace(at, height=height), told.size, BETWEEN)
                if left:
                    more = _("{n} butir lagi ada di catatan pembicara.").format(n=fmt.number(left))
                    foot = Place(at.left, at.top + at.height - 16, at.width, 16)
                    self.deck.text(slide, [more], foot, 11, GREY, anchor=MSO_ANCHOR.BOTTOM)
                    return at.top + at.height
                return at.top + told.height(BETWEEN)
            shown = shown[:-1]
        return at.top

    def _cards(self, slide: Any, figures: tuple[Figure, ...]) -> None:
        width, high = _card_width(figures), _cards_height(figures)
        for n, figure in enumerate(figures):
            left = EDGE + n * (width + 8)
            self.deck.block(slide, Place(left, TOP, width, high), PALE)
            inner, top = width - 16, TOP + 5
            self.deck.text(slide, [figure.label], Place(left + 8, top, inner, 15), 11, GREY)
            size = fit([figure.value], (24, 22, 20, 18, 16, 14, 12), inner, 30, 0, "Bold").size
            at = Place(left + 8, top + 15, inner, 30)
            self.deck.text(slide, [figure.value], at, size, INK, bold=True, anchor=MSO_ANCHOR.MIDDLE)
            self.deck.text(slide, [figure.note], Place(left + 8, top + 46, inner, high - 55), 11, GREY)

    def _table(self, slide: Any, table: Table, start: int, end: int, top: float) -> None:
        self.deck.text(slide, [table.title], Place(EDGE, top, ROOM, 18), 13, GREY, bold=True)
        salindia_tabel.add(slide, table, start, end, Place(EDGE, top + 22, ROOM, 0))
        told = []
        if (start, end) != (0, len(table.rows)):
            told.append(
                _("Baris {start}–{end} dari {total}.").format(
                    start=fmt.number(start + 1), end=fmt.number(end), total=fmt.number(len(table.rows))
                )
            )
        if table.dropped:
            told.append(_("Tidak dimuat: kolom {columns}.").format(columns=fmt.names(list(table.dropped))))
        if told:
            told.append(_("Tabel lengkap ada dalam berkas XLSX."))
            bottom = top + 22 + table.height(start, end) + 4
            self.deck.text(slide, [" ".join(told)], Place(EDGE, bottom, ROOM, 14), 11, GREY)

    def _notes(self, slide: Any, sheet: Sheet) -> None:
        figures = [f"{f.label}: {f.value} ({f.note})" for f in sheet.figures]
        self.deck.notes(slide, [sheet.title, *sheet.points, *figures, *sheet.notes, sheet.source])

    def _agenda(self, part: _Part, parts: list[_Part]) -> None:
        """The sheets of a part with their slides, and the other parts, each a link."""
        deck, slide = self.deck, part.slide
        width = (ROOM - 8 * (len(parts) - 1)) / len(parts)
        for n, other in enumerate(parts):
            own = other is part
            at = Place(EDGE + n * (width + 8), TOP, width, 30)
            made = deck.block(slide, at, NAVY if own else PALE, other.name)
            deck.label(made, other.name, 13, "#FFFFFF" if own else INK, bold=own)
            made.click_action.target_slide = other.slide
        columns = 1 if len(part.entries) <= 8 else 2
        rows = -(-len(part.entries) // columns)
        across, top = (ROOM - GAP * (columns - 1)) / columns, TOP + 46
        step = min((BOTTOM - top) / rows, 62)
        titles = [t for t, _slide, _n in part.entries]
        size = next((s for s in (18, 17, 16, 15, 14, 13, 12, 11) if _fits(titles, s, across - 44, step - 8)), 10.5)
        for n, (title, target, number) in enumerate(part.entries):
            left, y = EDGE + n // rows * (across + GAP), top + n % rows * step
            deck.text(slide, [str(number)], Place(left, y, 32, step - 6), size, GREY, bold=True)
            made = deck.text(slide, [title], Place(left + 40, y, across - 40, step - 6), size)
            made.click_action.target_slide = target
        deck.notes(slide, [part.name, *titles])


def _fits(titles: list[str], size: float, width: float, height: float) -> bool:
    return all(lines_of(t, size, width) * size * LEADING <= height for t in titles)


def _space_for_table(sheet: Sheet, top: float) -> float:
    """Points of height that the points of a sheet leave to its table; 0 beside a picture or when too few."""
    if sheet.map or sheet.chart:
        return 0.0
    shown = _shown(sheet)
    points = fit(shown, (16,), ROOM - INDENT, 0, BETWEEN, "").height(BETWEEN) + GAP if shown else 0
    room = BOTTOM - top - points - AROUND
    return room if room >= SPARE else 0.0


def _shown(sheet: Sheet) -> list[str]:
    """The first points; where one of them announces what follows, all."""
    first = list(sheet.points[:SHOWN])
    return list(sheet.points) if any(p.endswith(":") for p in first) else first


def _card_width(figures: tuple[Figure, ...]) -> float:
    return (ROOM - 8 * (len(figures) - 1)) / len(figures)


def _cards_height(figures: tuple[Figure, ...]) -> float:
    inner = _card_width(figures) - 16
    return 56 + 11 * LEADING * max(lines_of(f.note, 11, inner) for f in figures)


def _saved(deck: Deck, pack: Pack) -> bytes:
    about = deck.file.core_properties
    moment = datetime.fromisoformat(pack.made)
    about.title, about.subject, about.comments = one_line(pack.title), one_line(pack.area_name), pack.stamp
    about.author, about.last_modified_by, about.language = "", "", pack.language
    about.created = about.modified = moment
    about.revision = 1
    buffer = io.BytesIO()
    deck.file.save(buffer)
    return _dated(buffer, moment)


def _dated(file: io.BytesIO, moment: datetime) -> bytes:
    """The same archive with the day of the pack on every member instead of the clock's."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            told = zipfile.ZipInfo(member.filename, moment.timetuple()[:6])
            told.compress_type = zipfile.ZIP_STORED if member.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(told, old.read(member))
    return made.getvalue()
