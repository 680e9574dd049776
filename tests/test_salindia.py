"""Slides: one for each sheet, the same words and numbers, editable, and nothing that runs out of its place."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pandas as pd
import pypdfium2
import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Emu, Pt

from kkb import bahasa, store
from kkb import format as fmt
from kkb.rapat import susun
from kkb.rapat.lembar import Bars, Figure, Grid, Series, Sheet
from kkb.report import salindia, salindia_tabel
from kkb.report.kanvas import text_width

HOSTILE = "=1+1 <script>alert(1)</script> & \x0b\x00 _x000D_ {0} %s"
CLEAN = "=1+1 <script>alert(1)</script> &   _x000D_ {0} %s"


@pytest.fixture(scope="module")
def warehouse(published):
    return store.current(published)


@pytest.fixture(scope="module")
def pack(warehouse):
    bahasa.use("id")
    return susun.pack(warehouse, None, None, date(2026, 11, 28))


@pytest.fixture(scope="module")
def english(warehouse):
    with bahasa.speaking("en"):
        return susun.pack(warehouse, "630903", None, date(2026, 11, 28))


@pytest.fixture(scope="module")
def decks(pack, english):
    return {p.language: Presentation(io.BytesIO(salindia.write(p))) for p in (pack, english)}


def one(sheet, pack):
    """The slides of one sheet."""
    made = Presentation(io.BytesIO(salindia.write(replace(pack, sheets=(sheet,)))))
    return list(made.slides)[2:]


def title(slide):
    return slide.shapes.title.text_frame.text


def texts(slide):
    return [s.text_frame.text for s in slide.shapes if s.has_text_frame]


def notes(slide):
    return slide.notes_slide.notes_text_frame.text


def charts(slides):
    return [s for slide in slides for s in slide.shapes if s.has_chart]


def tables(slides):
    return [s for slide in slides for s in slide.shapes if s.has_table]


def of_sheet(deck, sheet):
    """The slides of a sheet: that with its title, and those that go on."""
    return [s for s in deck.slides if title(s) == sheet.title or title(s).startswith(f"{sheet.title} (")]


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_sheet_has_a_slide_with_its_finding_stamp_source_and_notes(decks, pack, english, language):
    made, own = decks[language], pack if language == "id" else english
    parts = list(dict.fromkeys(s.part for s in own.sheets))
    going_on = [s for s in made.slides if "\N{NO-BREAK SPACE}" in title(s)]
    assert len(made.slides) == 1 + len(parts) + len(own.sheets) + len(going_on)
    assert title(made.slides[0]) == own.title and own.stamp in texts(made.slides[0])
    assert made.core_properties.comments == own.stamp
    for sheet in own.sheets:
        first, *rest = of_sheet(made, sheet)
        assert [title(s) for s in rest] == [
            f"{sheet.title} {{}}".format(
                ("({n} dari {t})" if language == "id" else "({n} of {t})")
                .format(n=n, t=len(rest) + 1)
                .replace(" ", "\N{NO-BREAK SPACE}")
            )
            for n in range(2, len(rest) + 2)
        ]
        for slide in (first, *rest):
            assert f"{sheet.source}\n{own.stamp}" in texts(slide)
            assert all(p in notes(slide) for p in (*sheet.points, *sheet.notes))
        shown = "\n".join(texts(first))
        left = [p for p in sheet.points if p not in shown]
        assert all(p in shown for p in sheet.points[: len(sheet.points) - len(left)])
        assert bool(left) == any(("catatan pembicara" in t) or ("speaker notes" in t) for t in texts(first))
        assert all(word in shown for f in sheet.figures for word in (f.label, f.value, f.note))


def test_charts_are_native_and_hold_the_numbers(decks, pack):
    seen = 0
    for sheet in (s for s in pack.sheets if s.chart):
        (frame,) = charts(of_sheet(decks["id"], sheet))
        plot = frame.chart.plots[0]
        assert list(plot.categories) == list(sheet.chart.categories)
        assert [(s.name, tuple(s.values)) for s in plot.series] == [(s.name, s.values) for s in sheet.chart.series]
        book = load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
        columns = list(book.iter_cols(min_col=2, values_only=True))
        assert [(c[0], c[1:]) for c in columns] == [
            (s.name, pytest.approx(s.values, rel=1e-14)) for s in sheet.chart.series
        ]
        seen += 1
    assert seen == 3


def test_a_chart_of_every_kind_keeps_missing_apart_from_zero(pack):
    for is_lying in (True, False):
        for is_stacked in (True, False):
            series = (Series("satu", "#0072B2", (1.5, None, 0.0)), Series("dua", "#E69F00", (1234.5, 2.0, None)))
            bars = Bars("J", "alt", ("a", "b", "c"), series, 1, "%", (), is_stacked, is_lying, 1)
            (frame,) = charts(one(Sheet("kabupaten/x", "T", "S", chart=bars), pack))
            assert [tuple(s.values) for s in frame.chart.plots[0].series] == [s.values for s in series]
            labels = frame.chart.plots[0].series[1].points[0].data_label
            assert labels.text_frame.text == fmt.number(1234.5, 1)


def test_tables_are_native_with_every_row_or_say_which_are_missing(decks, pack):
    for sheet in (s for s in pack.sheets if s.grid is not None):
        slides = of_sheet(decks["id"], sheet)
        found = tables(slides)
        heads = [c.text_frame.text for c in found[0].table.rows[0].cells]
        rows = [[c.text_frame.text for c in r.cells] for t in found for r in list(t.table.rows)[1:]]
        grid = sheet.grid.rows
        told = {c: [salindia_tabel.cell(v, sheet.grid.decimals.get(c, 0)) for v in grid[c]] for c in grid.columns}
        assert rows == [list(r) for r in zip(*(told[h][: len(rows)] for h in heads), strict=True)]
        words = " ".join(t for s in slides for t in texts(s))
        for column in set(grid.columns) - set(heads):
            assert "Tidak dimuat: kolom" in words and column in words
        if len(rows) < len(grid):
            assert f"dari {len(grid)}. " in words and "Tabel lengkap ada dalam berkas XLSX." in words
        assert all(
            run.font.size >= Pt(11)
            for t in found
            for row in t.table.rows
            for c in row.cells
            for p in c.text_frame.paragraphs
            for run in p.runs
        )


def boxes(slide):
    """Everything on a slide but plain blocks, in points: what it is, left, top, right, bottom."""
    for s in slide.shapes:
        if s.has_text_frame and not s.text_frame.text and not s.is_placeholder:
            continue
        yield s, *(Emu(n).pt for n in (s.left, s.top, s.left + s.width, s.top + s.height))


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_leaves_the_slide_overlaps_or_overflows(decks, language):
    for slide in decks[language].slides:
        found = list(boxes(slide))
        for n, (shape, left, top, right, bottom) in enumerate(found):
            assert 0 <= left < right <= 960.1 and 0 <= top < bottom <= 540.1, title(slide)
            for other, a, b, c, d in found[n + 1 :]:
                apart = right <= a + 0.1 or c <= left + 0.1 or bottom <= b + 0.1 or d <= top + 0.1
                assert apart, (title(slide), shape.name, other.name)
            if shape.has_text_frame and shape.text_frame.text:
                used = sum(height(p, right - left) for p in shape.text_frame.paragraphs)
                assert used <= bottom - top + 1, (title(slide), shape.text_frame.text)
        for frame in tables([slide]):
            for row in frame.table.rows:
                for cell, column in zip(row.cells, frame.table.columns, strict=True):
                    used = sum(height(p, Emu(column.width).pt - 10) for p in cell.text_frame.paragraphs) + 4
                    assert used <= Emu(row.height).pt + 1, (title(slide), cell.text_frame.text)


def height(paragraph, width):
    """Points of height of a paragraph in a font a tenth broader than the one measured with, as Arial is."""
    if not paragraph.runs:
        return 0
    run = paragraph.runs[0]
    size, weight = run.font.size.pt, "Bold" if run.font.bold else ""
    pad = 14 if paragraph._p.pPr is not None and paragraph._p.pPr.get("marL") else 0
    lines, used = 1, 0.0
    for word in run.text.split(" "):
        wide = text_width(f"{word} ", size * 1.1, weight)
        if used and used + text_width(word, size * 1.1, weight) > width - pad:
            lines, used = lines + 1, 0.0
        used += wide
    return lines * size * 1.17 + (paragraph.space_before.pt if paragraph.space_before else 0)


def test_pictures_charts_and_tables_have_words_for_those_who_do_not_see_them(decks, pack):
    count = 0
    for sheet in pack.sheets:
        for slide in of_sheet(decks["id"], sheet):
            for shape in slide.shapes:
                told = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                if shape.shape_type == 13:
                    assert told == sheet.map.alt
                    assert shape.image.size[0] / Emu(shape.width).inches == pytest.approx(200, abs=1)
                    count += 1
                elif shape.has_chart:
                    assert sheet.chart.alt in told
                elif shape.has_table:
                    assert told == sheet.grid.title
    assert count == sum(s.map is not None for s in pack.sheets)


def test_agenda_slides_lead_to_every_sheet(decks, pack):
    made = decks["id"]
    aims = {}
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.click_action.target_slide is not None:
                aims[shape.text_frame.text] = title(shape.click_action.target_slide)
    parts = {susun.part_name(p) for p in susun.PARTS}
    assert aims == {s.title: s.title for s in pack.sheets} | {p: p for p in parts}


def test_hostile_texts_stay_texts_and_long_ones_keep_their_place(pack):
    long = "Kesejahteraan keluarga " * 40
    sheet = Sheet(
        f"kabupaten/{HOSTILE}",
        f"{HOSTILE} {long[:150]}",
        HOSTILE,
        points=tuple(f"{HOSTILE} {n} {long}" for n in range(9)),
        figures=(Figure(HOSTILE, long[:60], long[:70]),) * 5,
        chart=Bars("J", HOSTILE, (HOSTILE, "b"), (Series(HOSTILE, "#0072B2", (1.0, 2.0)),)),
        grid=Grid("G", pd.DataFrame({HOSTILE: [HOSTILE, long], "n": [1, None], "=cmd": ["=1+1", "@x"]})),
        notes=(HOSTILE,),
    )
    slides = one(sheet, pack)
    assert CLEAN in title(slides[0]) and CLEAN in notes(slides[0])
    (frame,) = charts(slides)
    assert next(iter(frame.chart.plots[0].categories)) == CLEAN
    book = load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert [book[c].data_type for c in ("A2", "B1")] == ["s", "s"]
    cells = [c.text_frame.text for t in tables(slides) for r in t.table.rows for c in r.cells]
    assert {CLEAN, "=1+1", "@x", fmt.MISSING} <= set(cells)
    assert all(Emu(s.top + s.height).pt <= 540 for slide in slides for s in slide.shapes)


def test_the_same_pack_gives_the_same_bytes_below_six_megabytes(pack, english):
    told = []
    first = salindia.write(english, told.append)
    assert first == salindia.write(english)
    assert told == sorted(told) and told[-1] == 1
    assert len(salindia.write(pack)) < 6e6


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_every_slide(english, tmp_path):
    made = tmp_path / "rapat.pptx"
    made.write_bytes(salindia.write(english))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, made], check=True, capture_output=True, timeout=280)
    with pypdfium2.PdfDocument(tmp_path / "rapat.pdf") as pages:
        count = len(Presentation(made).slides)
        assert len(pages) == count
        assert [n for n in range(1, count) if english.stamp not in pages[n].get_textpage().get_text_bounded()] == []
