"""A pack as PDF on A4: cover, contents, the sheets of the agenda, an atlas with one page per village, and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from kkb import bahasa, lapis
from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat.lembar import MapView, Pack, Progress, Sheet, silent
from kkb.rapat.susun import part_name
from kkb.report import batang, gambar, kanvas, kertas
from kkb.report.alir import Draw, Flow
from kkb.report.kertas import FOOT, HEIGHT, INNER, LEFT, PALE, About, Paper, line_height, width, wrap

ONE_PAGE = ("kecamatan", "desa")
"""Parts of which each sheet has exactly one page."""
LOOSE = ((1.0, 8.5), (1.0, 7.5), (0.94, 7.5), (0.88, 7.0))
"""Scale of texts and size of tables that a sheet is tried in, the first with the fewest pages being taken."""
TIGHT = (
    (1.0, 8.5),
    (1.0, 7.0),
    (1.0, 6.5),
    (0.94, 6.5),
    (0.94, 6.0),
    (0.88, 6.0),
    (0.82, 5.6),
    (0.76, 5.2),
    (0.7, 4.8),
)
"""The same for a sheet that must have one page: the first that leaves enough room for its map."""
MAP_LOW, MAP_HIGH = 64.0, 140.0
"""Heights of a map, in millimetres; on a page of its own kind it takes what is left between the two."""
MAP_FREE = 112.0
"""Height of a map on a page that may be followed by another."""
DPI = 150


@dataclass(frozen=True)
class Leaf:
    """One page: the drawings on it, and where it starts a sheet, the sheet's key and bookmarks as (level, text)."""

    draws: Sequence[Draw]
    key: str = ""
    marks: tuple[tuple[int, str], ...] = ()


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """The whole document. The same pack gives the same bytes."""
    with bahasa.speaking(pack.language):
        book = Book(pack)
        leaves = book.leaves()
        paper = Paper(About(pack.title, pack.stamp, _publishers(pack), pack.language, pack.made))
        for number, leaf in enumerate(leaves, 1):
            paper.sheet()
            for level, text in leaf.marks:
                paper.start_section(text, level)
            for draw in leaf.draws:
                draw(paper)
            if number > 1:
                _footer(paper, pack.stamp, number, len(leaves))
            progress(0.95 * number / len(leaves))
        made = bytes(paper.output())
    progress(1.0)
    return made


def _publishers(pack: Pack) -> str:
    """Who publishes what the pack rests on: those of its reports, from the first line on its source."""
    return next((o.publisher for o in pack.origins if o.file == "kampung_kb_klasifikasi.csv"), "")


def _footer(paper: Paper, stamp: str, number: int, total: int) -> None:
    size, base = 7.5, HEIGHT - 9.5
    told = _("Halaman {n}").format(n=fmt.of(number, total))
    with paper.untold():
        paper.rule(LEFT, base - 4.2, INNER)
        paper.words(LEFT, base, stamp, size, "", PALE)
        paper.words(LEFT + INNER - width(told, size), base, told, size, "", PALE)


class Book:
    """The pages of one pack, placed before any is drawn, so that the contents know where each begins."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.layer = lapis.read(pack.layer)
        self.numbers: dict[str, int] = {}

    def leaves(self) -> list[Leaf]:
        """All pages in order."""
        body = [*self._agenda(), *self._atlas(), *self._sources()]
        front = [*self._cover(), *self._contents()]
        whole = [*front, *body]
        self.numbers = {leaf.key: n for n, leaf in enumerate(whole, 1) if leaf.key}
        return whole

    def _agenda(self) -> Iterator[Leaf]:
        """The sheets in the order of the agenda; those of single villages stand in the atlas."""
        part = ""
        for sheet in self.pack.sheets:
            if sheet.part == "desa":
                continue
            marks: list[tuple[int, str]] = [] if sheet.part == part else [(0, part_name(sheet.part))]
            part = sheet.part
            yield from self._pages(sheet, (*marks, (1, self._short(sheet))))

    def _atlas(self) -> Iterator[Leaf]:
        """One page per village, in the order of the codes."""
        district = None
        for n, sheet in enumerate(self.pack.villages):
            place = self.layer.villages[sheet.choice["desa"]]
            marks = [(0, _("Atlas desa/kelurahan"))] if n == 0 else []
            if place.parent != district:
                district = place.parent
                marks.append((1, _("Kec. {name}").format(name=district)))
            yield from self._pages(sheet, (*marks, (2, place.name)))

    def _short(self, sheet: Sheet) -> str:
        """A sheet in the list of bookmarks."""
        if sheet.part == "kecamatan":
            return self.layer.districts[sheet.choice["kecamatan"]].name
        return sheet.key.partition("/")[2] if sheet.part == "opd" else sheet.title

    def _pages(self, sheet: Sheet, marks: tuple[tuple[int, str], ...]) -> list[Leaf]:
        flow = self._placed(sheet)
        first, *rest = flow.pages
        return [Leaf(first, sheet.key, marks), *(Leaf(page) for page in rest)]

    def _placed(self, sheet: Sheet) -> Flow:
        """The sheet on its pages: on one page where it must be, with as large a text and map as that allows."""
        if sheet.part not in ONE_PAGE:
            return min((self._flow(sheet, size, MAP_FREE) for size in LOOSE), key=lambda f: len(f.pages))
        for size in TIGHT:
            bare = self._flow(sheet, size, 0.0)
            left = bare.room if len(bare.pages) == 1 else 0.0
            if left >= MAP_LOW:
                break
        return self._flow(sheet, size, min(max(left - 0.1, 0.0), MAP_HIGH))

    def _flow(self, sheet: Sheet, size: tuple[float, float], map_high: float) -> Flow:
        flow = Flow(*size)
        flow.text(part_name(sheet.part) if sheet.part != "desa" else _("Atlas desa/kelurahan"), 8.5, "", PALE)
        flow.text(sheet.title, 16, "B", kertas.ACCENT, tag="H1")
        flow.space(2.0)
        if sheet.figures:
            flow.figures(sheet.figures)
            flow.space(2.5)
        if sheet.map:
            self._map(flow, sheet.map, map_high)
        if sheet.points:
            flow.bullets(sheet.points)
            flow.space(1.5)
        if sheet.chart:
            batang.place(flow, sheet.chart)
            flow.space(2.5)
        if sheet.grid is not None:
            flow.table(sheet.grid)
            flow.space(1.5)
        for note in sheet.notes if sheet.part in ONE_PAGE else ():
            flow.text(note, 8.5, "", PALE)
        flow.text(sheet.source, 8.5, "I", PALE)
        return flow

    def _map(self, flow: Flow, view: MapView, high: float) -> None:
        """The map, whose title stands in its legend."""
        if high:
            flow.picture(lambda: self._picture(view, high), high, view.alt)
        flow.space(2.0)

    def _picture(self, view: MapView, high: float) -> Image.Image:
        return kanvas.reduced(gambar.map_picture(self.pack.layer, view, INNER, high, DPI))

    def _cover(self) -> list[Leaf]:
        pack, flow = self.pack, Flow()
        view = next((s.map for s in pack.sheets if s.map), None)
        flow.space(18)
        flow.text(pack.area_name, 12, "", PALE)
        flow.text(pack.title, 23, "B", kertas.ACCENT, tag="H1")
        flow.space(4)
        for line in (
            _("Status Kampung KB per {day}; kelas dan laporan per {scored}.").format(
                day=fmt.period(pack.period), scored=fmt.period(pack.scored)
            ),
            _("Penerbit data: {names}.").format(names=_publishers(pack)),
            _(
                "Disusun {day} dari satu versi data; angkanya sama dengan angka pada layar, salindia, dan "
                "buku kerja yang bertanda sama."
            ).format(day=fmt.period(pack.made)),
        ):
            flow.text(line, 10.5)
            flow.space(0.8)
        flow.space(5)
        if view:
            high = min(FOOT - flow.y - 16, MAP_HIGH)
            self._map(flow, view, high)
        flow.text(pack.stamp, 10.5, "B")
        return [Leaf(flow.pages[0], "sampul", ((0, pack.title),))]

    def _contents(self) -> list[Leaf]:
        flow = Flow()
        flow.text(_("Daftar isi"), 16, "B", kertas.ACCENT, tag="H1")
        flow.space(2)
        part = ""
        for sheet in self.pack.sheets:
            if sheet.part != part:
                part = sheet.part
                flow.space(1.6)
                flow.text(part_name(part), 10.5, "B", tag="H2")
            self._entry(flow, sheet.title, sheet.key)
        flow.space(1.6)
        flow.text(_("Sumber data"), 10.5, "B", tag="H2")
        self._entry(flow, _("Sumber data dan batas wilayah"), "sumber")
        flow.turn()
        flow.text(_("Atlas desa/kelurahan"), 16, "B", kertas.ACCENT, tag="H1")
        flow.space(2)
        self._index(flow)
        return [Leaf(page, "", ((0, _("Daftar isi")),) if n == 0 else ()) for n, page in enumerate(flow.pages)]

    def _entry(self, flow: Flow, title: str, key: str) -> None:
        size = 9.5
        lines = wrap(title, size, INNER - 14)
        high = len(lines) * line_height(size) + 0.5

        def draw(paper: Paper, top: float) -> None:
            self._line(paper, LEFT, INNER, top, lines, key, size)

        flow.put(high, draw)

    def _line(
        self, paper: Paper, left: float, wide: float, top: float, lines: Sequence[str], key: str, size: float
    ) -> None:
        """A line of contents: the words, dots, the page, and a link over all of it."""
        high, number = line_height(size), fmt.number(self.numbers[key])
        right = left + wide - width(number, size)
        base = top + (len(lines) - 0.22) * high
        with paper.tagged("P"):
            for n, line in enumerate(lines):
                paper.words(left, top + (n + 0.78) * high, line, size)
            paper.words(right, base, number, size)
        with paper.untold():
            start = left + width(lines[-1], size) + 1.5
            paper.set_dash_pattern(0.3, 0.9)
            paper.rule(start, base, max(right - 1.5 - start, 0))
            paper.set_dash_pattern()
        paper.link(left, top, wide, len(lines) * high, paper.add_link(page=self.numbers[key]))

    def _index(self, flow: Flow) -> None:
        """Villages by kecamatan, in columns."""
        size, gap, count = 8.5, 7.0, 3
        wide, high = (INNER - gap * (count - 1)) / count, line_height(size) + 0.25
        column, top = 0, flow.y
        district = None
        y = top
        for sheet in self.pack.villages:
            place = self.layer.villages[sheet.choice["desa"]]
            is_new = place.parent != district
            if y + high * (3.4 if is_new else 1) > FOOT:
                column, y = column + 1, top
                if column == count:
                    flow.turn()
                    column, y = 0, flow.y
                    top = y
            left = LEFT + column * (wide + gap)
            if is_new:
                district = place.parent
                y += 0 if y == top else 0.4 * high
                name = _("Kec. {name}").format(name=district)
                flow.pages[-1].append(self._heading(name, left, y, size))
                y += high
            flow.pages[-1].append(self._village(place.name, sheet.key, left, wide, y, size))
            y += high

    def _heading(self, text: str, left: float, y: float, size: float) -> Draw:
        def draw(paper: Paper) -> None:
            with paper.tagged("H2"):
                paper.words(left, y + 0.78 * line_height(size), text, size, "B")

        return draw

    def _village(self, name: str, key: str, left: float, wide: float, y: float, size: float) -> Draw:
        def draw(paper: Paper) -> None:
            self._line(paper, left, wide, y, [name], key, size)

        return draw

    def _sources(self) -> list[Leaf]:
        flow = Flow()
        title = _("Sumber data dan batas wilayah")
        flow.text(title, 16, "B", kertas.ACCENT, tag="H1")
        flow.space(2)
        flow.text(_("Batas wilayah bersifat indikatif dan disederhanakan; bukan batas hukum."), 10)
        flow.space(1.5)
        for origin in self.pack.origins:
            flow.text(f"{origin.file}: {origin.holds}", 9.5, "B")
            told = "; ".join(t for t in (origin.publisher, origin.date, origin.licence) if t)
            flow.text(told, 9)
            flow.space(0.8)
        first, *rest = flow.pages
        return [Leaf(first, "sumber", ((0, title),)), *(Leaf(page) for page in rest)]
