"""Every number in every file of a meeting is found in the warehouse, in rows of the area that it speaks of."""

import json
import re
from datetime import date
from functools import cache
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from kkb import bahasa, store
from kkb import format as fmt
from kkb.rapat import susun
from kkb.rapat.samping import Beside
from kkb.report import paket

TODAY = date(2026, 11, 28)
KABUPATEN, TANTA, MUARA_HARUS = "6309", "630903", "630908"
NUMBER = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d+)*(?!\w)")
NO_FIGURES = re.compile(r"https?://\S+|\[\d+\]|\b63\.?09(\.?\d\d(\.?\d{4})?)?\b|Halaman \d+ dari \d+")
"""Addresses, numbers of footnotes and pages, and codes of areas."""


def numbers_in(text):
    """Each number as it is written, with its value and half of its last digit."""
    for token in NUMBER.findall(text):
        value = float(token.replace(".", "").replace(",", "."))
        yield token, value, 0.5 * 10.0 ** -len(token.partition(",")[2])


class Known:
    """What the warehouse says of an area (the beginning of its villages' codes): all values in the rows of its
    villages; how many villages have which class or state of which indicator and day, as number and share; the users of
    contraceptives and the persons per family of each recap; how many tasks each office has in how many villages; and
    the limits of the rules, which hold everywhere."""

    def __init__(self, warehouse, area):
        rows = warehouse.rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal", {})
        self.values, self.days = {float(n) for n in range(5)}, {TODAY.isoformat()}  # an item scores 0 to 4
        for table in rows.loc[rows["column_name"] == "kode_desa", "table_name"]:
            self._take(warehouse.rows(f'SELECT * FROM "{table}" WHERE starts_with(kode_desa, $area)', {"area": area}))
        rules = warehouse.rows("SELECT * FROM aturan_item", {})
        self._take(rules)
        self._take(rules[["batas_2", "batas_3", "batas_4"]] - 1)  # where the score below ends: 20–22, then 23
        schemes = warehouse.rows("SELECT * FROM skema_peta", {})
        self._take(schemes)
        self._read([*rules["dasar_ukur"], *schemes["label"]])
        self.of_sources = {n for cell in leaves(_texts(warehouse, "sumber")) for n in NUMBER.findall(cell)}
        self._take(warehouse.rows(_COUNTS, {"area": area}))
        self._take(warehouse.rows(_OF_RECAPS, {"area": area}))
        self._take(warehouse.rows(_TASKS, {"area": area}))
        self._take(warehouse.rows("SELECT target FROM indikator", {}))
        if area == KABUPATEN:
            self._take(warehouse.rows(_OTHERS, {}))
        self._take(warehouse.rows("SELECT * FROM kecamatan WHERE starts_with(kode_kecamatan, $area)", {"area": area}))

    def _take(self, table):
        for name, column in table.items():
            if pd.api.types.is_bool_dtype(column):
                continue
            if pd.api.types.is_numeric_dtype(column):
                self.values |= {float(v) for v in column.dropna()}
            elif name.startswith("tanggal") or name in ("periode", "tercatat_sejak"):
                self.days |= {str(v)[:10] for v in column.dropna()}

    def _read(self, texts):
        self.values |= {value for text in texts for _token, value, _half in numbers_in(text)}

    def strangers(self, content, stamp):
        """The numbers of a file or a sheet that are not known, with what stands around them."""
        found = []
        days = sorted((f(d) for d in self.days for f in (fmt.period, fmt.short_period)), key=len, reverse=True)
        for cell in content:
            if not isinstance(cell, str):
                if not any(abs(v - cell) < 1e-6 for v in self.values):
                    found.append((cell, ""))
                continue
            text = NO_FIGURES.sub(" ", " ".join(cell.split()).replace(stamp, " "))
            for day in days:
                text = text.replace(day, " ")
            for token, value, half in numbers_in(text):
                if token not in self.of_sources and not any(abs(v - value) <= half + 1e-9 for v in self.values):
                    found.append((token, text))
        return found


_COUNTS = """
WITH satu AS (
    SELECT *, left(kode_desa, panjang) AS wilayah FROM nilai, (VALUES (4), (6), (10)) AS tingkat (panjang)
    WHERE starts_with(wilayah, $area)
),
banyak AS (
    SELECT wilayah, count(*) AS n FROM satu
    GROUP BY GROUPING SETS (
        (wilayah, kode_indikator, periode),
        (wilayah, kode_indikator, periode, kelas),
        (wilayah, kode_indikator, periode, keadaan)
    )
)
SELECT n, 100.0 * n / (SELECT count(*) FROM desa WHERE starts_with(kode_desa, wilayah)) AS persen FROM banyak
"""
_OTHERS = """
SELECT
    *,
    jumlah_desa + jumlah_kelurahan AS penyebut,
    dasar + berkembang + mandiri + berkelanjutan AS semua,
    100.0 * semua / penyebut AS persen
FROM pembanding_klasifikasi JOIN pembanding_wilayah USING (kode_wilayah)
"""
_TASKS = """
WITH akhir AS (
    SELECT * FROM nilai WHERE starts_with(kode_desa, $area)
    QUALIFY periode = max(periode) OVER (PARTITION BY kode_indikator)
)
SELECT count(*) AS tugas, count(DISTINCT kode_desa) AS desa
FROM akhir JOIN indikator USING (kode_indikator) JOIN indikator_opd USING (kode_indikator)
WHERE
    keadaan = 'ada'
    AND CASE
        WHEN skema_peta = 'skor' THEN nilai < 3
        WHEN satuan = 'ya/tidak' THEN nilai = 0
        WHEN kode_indikator = 'KB01' THEN nilai < target
        WHEN kode_indikator = 'KB03' THEN nilai > target
    END
GROUP BY kode_opd
"""
"""Of the indicators with values of villages and a target, only these two have no class item that says the same."""
_OF_RECAPS = """
SELECT
    list_sum([iud_pasangan, mow_pasangan, mop_pasangan, implan_pasangan]) AS mkjp,
    list_sum([mkjp, kondom_pasangan, suntik_pasangan, pil_pasangan]) AS semua,
    penduduk_jiwa / keluarga_kk AS jiwa_per_keluarga
FROM rekap WHERE starts_with(kode_desa, $area)
"""


def _texts(warehouse, table):
    return warehouse.rows(f"SELECT * FROM {table}", {}).fillna("").astype(str).values.tolist()


def leaves(tree):
    """All texts and numbers in what was read from JSON."""
    if isinstance(tree, dict | list):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(branch)
    elif isinstance(tree, str | int | float) and not isinstance(tree, bool):
        yield tree


def sheets_of_html(made):
    """Key of each sheet of the HTML file -> what it holds."""
    parts = dict(re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', made.decode(), re.DOTALL))
    found = {**json.loads(parts["isi"])["sheets"], **json.loads(parts["desa"])}
    return {key: list(leaves({k: v for k, v in sheet.items() if k != "map"})) for key, sheet in found.items()}


def slides(made):
    """Without the numbers of slides: its own on each, and those of others on an agenda."""
    parts = {susun.part_name(p) for p in susun.PARTS}
    for number, slide in enumerate(Presentation(BytesIO(made)).slides, 1):
        notes = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        is_agenda = notes.partition("\n")[0] in parts
        yield notes
        for shape in slide.shapes:
            text = shape.text_frame.text if shape.has_text_frame else ""
            if not (text == str(number) or (is_agenda and text.isdigit())):
                yield text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart:
                yield from (v for s in shape.chart.plots[0].series for v in s.values if v is not None)


def cells(made):
    """Without the first tab's count of rows of each table, which is held against the table instead."""
    contents, *tabs = load_workbook(BytesIO(made)).worksheets
    counts = {row[0]: row[3] for row in contents.iter_rows(min_row=5, values_only=True)}
    for tab in tabs:
        rows = list(tab.iter_rows(values_only=True))
        assert counts.get(tab.title) in (None, len(rows) - 4), tab.title
        for row in rows:
            yield from (c for c in row if isinstance(c, str | int | float))


def pages(made):
    """Without the numbers of pages where these stand at the end of a line of the contents."""
    for page in PdfReader(BytesIO(made)).pages:
        text = page.extract_text()
        is_contents = text.startswith(("Daftar isi", "Atlas desa/kelurahan\nKec. "))
        yield re.sub(r"(?m) \d+$", "", text) if is_contents else text


def content(kind, made):
    """All texts and numbers of a file, as they can be read out of it."""
    if kind == "html":
        return [x for sheet in sheets_of_html(made).values() for x in sheet]
    if kind == "geojson":
        return list(leaves([f["properties"] for f in json.loads(made)["features"]]))
    return {"pptx": slides, "pdf": pages, "xlsx": cells, "naskah": lambda text: [text.decode("utf-8-sig")]}[kind](made)


@pytest.fixture(scope="module")
def warehouse(published):
    return store.current(published)


@pytest.fixture(scope="module")
def known(warehouse):
    return cache(lambda area: Known(warehouse, area))


@pytest.fixture(scope="module")
def files(warehouse):
    """Area -> its pack and, by kind, its files; what takes long is made for one kecamatan only."""
    found = {}
    for area, since, kinds in ((TANTA, "2022-06-13", OF_A_KECAMATAN), (KABUPATEN, "2022-12-31", OF_ALL)):
        with bahasa.speaking("id"):
            pack = susun.pack(warehouse, None if area == KABUPATEN else area, None, TODAY, beside=Beside(since, ()))
            found[area] = pack, {kind: paket.write(pack, kind, lambda _share: None) for kind in kinds}
    return found


OF_A_KECAMATAN = ("html", "pptx", "pdf", "xlsx", "geojson")
OF_ALL = ("html", "naskah")


@pytest.mark.parametrize(
    ("area", "other", "kind"),
    [*((TANTA, MUARA_HARUS, k) for k in OF_A_KECAMATAN), *((KABUPATEN, TANTA, k) for k in OF_ALL)],
)
def test_every_number_of_a_file_is_in_the_warehouse(files, known, area, other, kind):
    pack, made = files[area]
    found = list(content(kind, made[kind]))
    assert known(area).strangers(found, pack.stamp) == []
    assert known(other).strangers(found, pack.stamp) != [], f"{other} would do as well"


def test_every_number_of_a_village_is_in_its_own_rows(files, known):
    pack, made = files[TANTA]
    sheets = {k.removeprefix("desa/"): v for k, v in sheets_of_html(made["html"]).items() if k.startswith("desa/")}
    assert len(sheets) == 14
    codes = list(sheets)
    for code, other in zip(codes, [*codes[1:], codes[0]], strict=True):
        assert known(code).strangers(sheets[code], pack.stamp) == [], code
        assert known(other).strangers(sheets[code], pack.stamp) != [], f"{other} would do as well as {code}"


def test_every_readable_kind_of_file_is_read_here():
    assert {*OF_A_KECAMATAN, *OF_ALL} == set(paket.KINDS) - {"png"}, "pictures are drawn from the same sheets"
