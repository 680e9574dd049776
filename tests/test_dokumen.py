"""The PDF: every sheet on its page, whole, with selectable text, embedded fonts and the same bytes each time."""

from datetime import date
from functools import cache
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from kkb import bahasa, store
from kkb.rapat import susun
from kkb.report import dokumen, gambar, kertas
from kkb.report.alir import Flow, _text

TODAY = date(2026, 11, 28)
POINT = 72 / 25.4
AREAS = (("id", None), ("en", None), ("id", "630903"))


@pytest.fixture(scope="module")
def packs(published):
    """Language and area -> pack, each made once."""

    @cache
    def made(language, area):
        with bahasa.speaking(language):
            return susun.pack(store.current(published), area, None, TODAY)

    return made


@pytest.fixture(scope="module")
def documents(packs):
    """Language and area -> pack, its pages as placed, and the PDF read back; maps of the kabupaten are blank."""

    @cache
    def read(language, area):
        pack = packs(language, area)
        with pytest.MonkeyPatch.context() as patch:
            if area is None:
                patch.setattr(gambar, "map_picture", lambda *_told, **_kept: Image.new("RGB", (4, 4)))
            told = []
            made = dokumen.write(pack, told.append)
        assert told == sorted(told)
        assert told[-1] == 1.0
        return pack, made, PdfReader(BytesIO(made))

    return read


def words(page):
    return " ".join(page.extract_text().split())


def starts(reader, pack):
    """Sheet key -> number of its first page, from the bookmarks and the order of sheets."""
    leaves = dokumen.Book(pack).leaves()
    assert len(leaves) == len(reader.pages)
    return {leaf.key: n for n, leaf in enumerate(leaves) if leaf.key}


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_each_kecamatan_and_village_has_exactly_one_page(documents, language, area):
    pack, _made, reader = documents(language, area)
    with bahasa.speaking(language):
        first = starts(reader, pack)
    kecamatan = [s.key for s in pack.sheets if s.part == "kecamatan"]
    villages = [s.key for s in pack.villages]
    numbers = [first[k] for k in villages]
    assert numbers == list(range(numbers[0], numbers[0] + len(villages)))
    numbers = [first[k] for k in kecamatan]
    assert numbers == list(range(numbers[0], numbers[0] + len(kecamatan)))
    assert not [k for k in first if k.startswith("desa/") and k not in villages]


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_a_page_holds_all_words_and_numbers_of_its_sheet(documents, language, area):
    pack, _made, reader = documents(language, area)
    with bahasa.speaking(language):
        first = starts(reader, pack)
        stamp = pack.stamp
        ends = [*sorted(first.values()), len(reader.pages)]
        for sheet in (*pack.sheets, *pack.villages):
            start = first[sheet.key]
            text = " ".join(words(p) for p in reader.pages[start : ends[ends.index(start) + 1]])
            told = [
                sheet.title,
                sheet.source,
                *sheet.points,
                *(part for f in sheet.figures for part in vars(f).values()),
            ]
            if sheet.grid is not None:
                told += [str(c) for c in sheet.grid.rows.columns]
                for name, column in sheet.grid.rows.items():
                    told += [_text(v, sheet.grid.decimals.get(name, 0)) for v in column]
            if sheet.chart:
                told += [*sheet.chart.categories, *sheet.chart.labels]
            assert [t for t in told if " ".join(t.split()) not in text] == [], sheet.key
        total = len(reader.pages)
        for number, page in enumerate(reader.pages[1:], 2):
            assert stamp in words(page)
            assert f"{number} {'dari' if language == 'id' else 'of'} {total}" in words(page)


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_no_text_leaves_the_margins(documents, language, area):
    _pack, _made, reader = documents(language, area)
    outside = []

    for number, page in enumerate(reader.pages, 1):

        def look(text, _cm, tm, font, size, number=number):
            if not text.strip():
                return
            style = {"Sem": "B", "It": "I"}.get(
                next((k for k in ("Sem", "It") if k in font["/BaseFont"].split("-")[-1]), ""), ""
            )
            end = tm[4] / POINT + max(kertas.width(line.strip(), size, style) for line in text.split("\n"))
            low = kertas.HEIGHT - tm[5] / POINT
            if tm[4] / POINT < kertas.LEFT - 0.05 or end > kertas.LEFT + kertas.INNER + 0.3 or not 12 < low < 290:
                outside.append((number, text, tm[4] / POINT, end, low))

        page.extract_text(visitor_text=look)
    assert outside == []


def test_fonts_are_inside_and_the_file_says_what_it_is(documents):
    pack, _made, reader = documents("id", "630903")
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(str(below["/BaseFont"]))
            assert "/FontFile2" in below["/FontDescriptor"].get_object()
    assert len(names) == 3
    assert all("SourceSansPro" in n for n in names)
    assert reader.metadata.title == pack.title
    assert reader.metadata.subject == pack.stamp
    assert reader.metadata.creation_date.date() == TODAY
    assert reader.root_object["/Lang"] == "id"


def test_contents_and_bookmarks_lead_to_the_pages(documents):
    pack, _made, reader = documents("id", None)
    first = starts(reader, pack)
    marks = {}

    def walk(items):
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                marks.setdefault(item.title, reader.get_destination_page_number(item))

    walk(reader.outline)
    assert marks["Garagata"] == first["desa/6309112008"]
    assert marks["Perangkat daerah"] == first["opd/DP3AP2KB"]
    links = [
        reader.get_page_number(a.get_object()["/Dest"][0].get_object())
        for page in reader.pages[1:3]
        for a in page["/Annots"]
    ]
    wanted = [first[s.key] for s in pack.sheets] + [first["sumber"]] + [first[s.key] for s in pack.villages]
    assert sorted(links) == sorted(wanted)


def test_pictures_say_what_they_show(documents):
    pack, made, reader = documents("id", "630903")
    tree = reader.root_object["/StructTreeRoot"]["/K"][0].get_object()["/K"]
    kinds = [(str(e.get_object()["/S"]), str(e.get_object().get("/Alt", ""))) for e in tree]
    figures = [alt for kind, alt in kinds if kind == "/Figure"]
    maps = [s.map.alt for s in (*pack.sheets, *pack.villages) if s.map and s.part != "desa"]
    assert sorted(figures) == sorted([pack.sheets[0].map.alt, *maps, *(s.map.alt for s in pack.villages)])
    assert sum(kind == "/H1" for kind, _alt in kinds) == len(dokumen.Book(pack).numbers or starts(reader, pack)) + 2
    assert len(made) < 3_000_000


def test_the_same_pack_gives_the_same_bytes(documents):
    pack, made, _reader = documents("id", "630903")
    assert dokumen.write(pack) == made


def test_long_words_and_sentences_are_not_cut():
    assert "".join(kertas.wrap("a" * 300, 10, 40)) == "a" * 300
    flow = Flow()
    for _n in range(60):
        flow.text("kata " * 60, 10)
    assert len(flow.pages) == 3
    assert flow.y <= kertas.FOOT
