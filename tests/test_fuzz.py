"""Made-up input for everything that reads what people bring: addresses, files, cells, and what is written from them.

KKB_FUZZ is how many inputs each parser is given (200 by default); a run with 10,000 is in docs/keandalan.md.
"""

import csv
import io
import json
import os
import time
import zipfile
from datetime import date, datetime
from html.parser import HTMLParser
from math import inf

import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kkb import bahasa, journal, kesepakatan, lapis, peran, selection, store, teks
from kkb import format as fmt
from kkb.build import facts as facts_of
from kkb.build import layers
from kkb.errors import EntryError, FileError, KkbError, StoreError
from kkb.ingest import angka, contributions, jenis, match, sheets, waktu
from kkb.ingest.child import text as text_child
from kkb.ingest.child.answer import RefusedError
from kkb.ingest.pilihan import Choices
from kkb.ingest.sheets import Sheet
from kkb.report import tables
from kkb.selection import Selection, parse, to_query
from kkb.ui import awal, penjaga
from kkb.ui.options import options
from tests import portal_files

MANY = int(os.environ.get("KKB_FUZZ", "200"))
FEW = max(20, MANY // 100)
"""For what starts a process for each input."""
CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
fuzz = settings(max_examples=MANY, deadline=None, suppress_health_check=CALM)
fuzz_few = settings(max_examples=FEW, deadline=None, suppress_health_check=[*CALM, *HealthCheck])

PARAMETERS = (
    *("kabupaten", "kecamatan", "desa", "indikator", "tanggal", "banding", "tampilan", "dasar", "menuju", "rencana"),
    *("kelas", "simulasi", "urut", "terhadap", "opd", "rapat", "status", "dibahas", "sasaran", "agenda", "lewati"),
    *("provinsi", "menit", "bahasa", "embed", "siapkan", "__proto__"),
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}{% for x in y %}${7*7}",
    "' OR 1=1 --",
    "'; DROP TABLE desa; --",
    "read_csv('/etc/passwd')",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "%00%0d%0aSet-Cookie: x=1",
    "\r\nX: y",
    "\0",
    "\u202e\ufeff\u2028",
    "٢٠٢٣-٠١-٠١",
    "２０２３",
    "9" * 5000,
    "-1",
    "1e999",
    "NaN",
    "2023-02-30",
    "0000-00-00",
    "9999-12-31",
    ".".join(["6309032012"] * 3000),
    "SK01-4." * 2000,
    "a_b." * 2000,
    "_",
    "\ud800",
    "=cmd|' /C calc'!A0",
    "[klik](javascript:alert(1))",
)
cells = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.none(),
    st.sampled_from(["", "1.234", "1,5", "12%", "Tanta", "Padangin", "6309032012", "2024-08", *HOSTILE[:12]]),
)


@pytest.fixture(scope="module")
def known(golden_published):
    return options(store.current(golden_published))


@pytest.fixture(scope="module")
def loaded(golden_facts):
    return facts_of.load(golden_facts)


class Scripts(HTMLParser):
    """What would run in a page: scripts, handlers, addresses that are code."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag in ("iframe", "object", "embed", "base", "form", "svg", "math"):
            self.found.append(tag)
        self.found += [n for n in told if n.startswith("on")]
        self.found += [v for v in told.values() if v and v.strip().lower().startswith(("javascript:", "data:text"))]
        if tag == "script":
            self.found.append(("script", told.get("src"), told.get("type")))


def test_every_parameter_is_tried(known):
    full = Selection(
        "1", "1", "1", "1", "X", "2", "3", "petak", True, "4", ("a",), "b", (("SK01", 1),), "k", "t", "o", "1", "s"
    )
    more = full.with_(dibahas="d", sasaran="s", agenda=(("a", "b"),), lewati=("x",), menit=5, bahasa="en")
    assert set(to_query(more)) <= set(PARAMETERS)


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize("path", ["peta"])
def test_a_hostile_link_runs_nothing_and_changes_no_page(monkeypatch, golden_published, known, parameter, path):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    clean = Scripts(awal.page(path, {})).found
    for payload in [h for h in HOSTILE if set(h) & set("<\"'\\/\0\r")]:
        chosen = parse({parameter: payload}, known)
        assert parse(to_query(chosen), known) == chosen
        page = awal.page(path, {parameter: payload})
        assert Scripts(page).found == clean, payload
        assert not set(payload) & set("<\"'\\") or payload[:60] not in page, payload


@fuzz
@given(query=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=300) | st.sampled_from(HOSTILE)))
def test_no_address_fails_and_each_comes_back(known, query):
    chosen = parse(query, known)
    assert parse(to_query(chosen), known) == chosen
    assert selection.period_of(chosen, chosen.indikator, known) in known.periode[chosen.indikator]
    selection.comparison_of(chosen, known)
    selection.pair_of(chosen, known)
    assert all(len(note.value) <= 40 for note in chosen.notes)


codes = st.text("SK0123456789-_.aklmort", max_size=30)


@fuzz
@given(query=st.fixed_dictionaries(dict.fromkeys(("simulasi", "agenda", "lewati", "menit", "rapat", "urut"), codes)))
def test_no_address_that_is_nearly_right_fails(known, query):
    chosen = parse(query, known)
    assert parse(to_query(chosen), known) == chosen


@fuzz
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(lambda t: t.encode("utf-16")))
def test_any_bytes_are_rows_of_text_or_refused(content):
    try:
        rows = list(text_child.rows(io.BytesIO(content)))
    except RefusedError:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row)


HEADS = [list(map(str, portal_files.rows(kind)[0])) for kind in ("rekap-klasifikasi", "rekap-kampung")]
HEADS += [
    ["kode_desa", "tanggal", "kegiatan", "opd", "anggaran", "peserta"],
    ["kecamatan", "nama_desa", "kode_indikator", "tahun", "nilai"],
    ["kode_desa", "nomor_sk", "tanggal_sk"],
    ["nik", "nama", "tanggal_lahir", "berat"],
]
tabled = st.sampled_from(HEADS).flatmap(
    lambda head: st.lists(st.lists(cells, min_size=len(head), max_size=len(head)), max_size=4).map(
        lambda body: [head, *body]
    )
)


@fuzz
@given(
    rows=tabled | st.lists(st.lists(cells, max_size=6), max_size=6),
    kind=st.none() | st.sampled_from(jenis.NAMES),
    as_of=st.sampled_from([None, "2024", "2024-08", "2024-08-17"]),
    indicator=st.none() | st.sampled_from(["LG04", "XX99"]),
    decimals=st.sampled_from([None, "koma", "titik"]),
    is_text=st.booleans(),
)
def test_any_cells_are_a_contribution_or_refused_in_words(loaded, rows, kind, as_of, indicator, decimals, is_text, tmp):
    shaped = [["" if c is None else str(c) if is_text else c for c in row] for row in rows]
    choices = Choices(kind, as_of, indicator, decimals, "uji", {})
    try:
        found = contributions._of(tmp, "berkas.csv", [Sheet("", shaped, True, is_text)], choices, loaded)
    except KkbError as refused:
        assert refused.message
        assert refused.hint
        return
    assert found.kind in jenis.NAMES


@pytest.fixture(scope="module")
def tmp(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "berkas.csv"
    path.write_bytes(b"a;b\n")
    return path


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = portal_files.write(tmp_path_factory.mktemp("buku") / "a.xlsx", portal_files.rows("rekap-klasifikasi")[:4])
    return path.read_bytes()


@fuzz_few
@given(data=st.data())
def test_a_broken_workbook_is_refused_or_read_and_never_more(workbook, tmp, data):
    path = tmp.with_name("rusak.xlsx")
    if data.draw(st.booleans()):
        broken = bytearray(workbook)
        for _n in range(data.draw(st.integers(1, 8))):
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(broken[: data.draw(st.integers(0, len(broken)))]))
    else:
        with zipfile.ZipFile(io.BytesIO(workbook)) as good, zipfile.ZipFile(path, "w") as made:
            part = data.draw(st.sampled_from(good.namelist()))
            for name in good.namelist():
                content = good.read(name)
                if name == part:
                    cut = data.draw(st.integers(0, len(content)))
                    content = content[:cut] + data.draw(st.binary(max_size=40)) + content[cut:]
                made.writestr(name, content)
    try:
        found = sheets.sheets(path)
    except FileError as refused:
        assert refused.message
        return
    assert all(isinstance(s, Sheet) for s in found)


@fuzz
@given(columns=st.lists(st.lists(cells.map(lambda c: "" if c is None else c), max_size=6), max_size=3))
@example(columns=[["٣", "²", "1²"]])
def test_any_cells_are_numbers_questions_or_wrong(columns):
    for decimals in (None, "koma", "titik"):
        for column in columns:
            for limits in ((-inf, inf), (0.0, 100.0)):
                (found,) = angka.read([column], [limits], decimals)
                assert len(found.values) == len(column)


@fuzz
@given(cell=cells.filter(lambda c: c is not None))
@example(cell="٢٠٢٤")
@example(cell="31/02/2024")
@example(cell=10**400)
def test_any_cell_is_a_period_or_none(cell):
    found = waktu.period(cell)
    assert found is None or fmt.period(found)
    waktu.day(cell)
    waktu.month(cell)
    match.code(cell)


numbers = st.none() | st.integers(-(10**18), 10**18) | st.floats(-1e15, 1e15) | st.just(float("nan"))


@fuzz
@given(value=numbers, whole=numbers, decimals=st.integers(0, 6), language=st.sampled_from(["id", "en"]))
def test_any_number_is_written(value, whole, decimals, language):
    with bahasa.speaking(language):
        for text in (fmt.number(value, decimals), fmt.percent(value, decimals), fmt.share(value, whole, decimals)):
            assert text
        assert (fmt.number(value) == fmt.MISSING) is bool(pd.isna(value))


@fuzz
@given(day=st.dates(date(1, 1, 1)) | st.datetimes(datetime(1, 1, 1)), language=st.sampled_from(["id", "en"]))
def test_any_day_is_written_and_read_again(day, language):
    with bahasa.speaking(language):
        assert fmt.day(day)
        if day.year >= 1000:
            assert str(fmt.to_day(fmt.day(day))) == day.isoformat()[:10]


@fuzz
@given(text=st.text(max_size=200) | st.sampled_from(HOSTILE))
def test_any_text_is_shown_as_text(text):
    for made in (teks.literal(text), teks.one_line(text), teks.short(text), teks.file_name(text)):
        assert isinstance(made, str)
    fmt.to_day(text)


@fuzz
@given(column=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(HOSTILE[:27])))
def test_no_cell_of_a_file_to_take_away_begins_a_formula(column):
    plain = [teks.one_line(c) for c in column]
    content = tables.csv(pd.DataFrame({"teks": plain, "n": range(len(plain))})).decode("utf-8-sig")
    for text, _n in list(csv.reader(io.StringIO(content), delimiter=";"))[1:]:
        assert not text.startswith(tables.DANGEROUS), text


claims = st.dictionaries(
    st.sampled_from(["sub", "iss", "iat", "email", "email_verified", "name", "roles"]),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.text(max_size=8)),
)


@fuzz
@given(told=claims)
def test_any_claims_are_somebody_or_nobody(told, tmp):
    who = peran.person(told, tmp.parent)
    assert who is None or who.role in (None, *peran.ROLES)


@fuzz
@given(
    host=st.text(max_size=60) | st.sampled_from(HOSTILE),
    origin=st.text(max_size=60) | st.sampled_from(HOSTILE) | st.text(":/[]@#?.%a1", max_size=20),
)
@example(host="[", origin="http://[")
def test_any_host_is_served_or_not(host, origin):
    assert penjaga.is_served(host) in (True, False)
    assert isinstance(penjaga.origin_host(origin), str)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(HOSTILE[:12]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
BOOKS = {
    "jurnal": (
        lambda folder: [f(journal.entries(folder)) for f in (journal.in_force, journal.names_chosen)],
        journal.FILE,
        {"nomor": 1, "saat": "2026-01-02T03:04:05+00:00", "oleh": "a", "aksi": "impor", "opsi": {"names": {"a": "b"}}},
        ("sha256", "berkas", "jenis", "per", "koreksi", "catatan", "membatalkan", "lain"),
    ),
    "kesepakatan": (
        lambda folder: [a.isi for a in kesepakatan.agreements(folder)],
        kesepakatan.FILE,
        {"nomor": 1, "saat": "2026-01-02T03:04:05+00:00", "oleh": "a", "jenis": "buka", "kesepakatan": 1},
        ("rapat", "tanggal_rapat", "isi", "wilayah", "kode_opd", "tenggat", "status", "tanggal", "kegiatan", "lain"),
    ),
    "akses": (
        lambda folder: peran.person({"sub": "a", "iat": time.time()}, folder),
        peran.BOOK,
        {"saat": "2026-01-02T03:04:05+00:00", "oleh": "a", "aksi": "keluar", "akun": "a"},
        ("peran", "sesi", "lain"),
    ),
}


@pytest.mark.parametrize("name", BOOKS)
@fuzz
@given(data=st.data())
def test_any_line_of_a_book_is_read_or_named(name, data, tmp_path_factory):
    """Lines as we write them with some parts changed for anything, and bytes that are no line at all."""
    read, file, good, more = BOOKS[name]
    folder = tmp_path_factory.getbasetemp() / f"buku-{name}"
    folder.mkdir(exist_ok=True)
    lines = []
    for _n in range(data.draw(st.integers(1, 3))):
        changed = data.draw(st.dictionaries(st.sampled_from([*good, *more]), anything, max_size=3))
        line = json.dumps({**good, **changed}).encode()
        lines.append(data.draw(st.just(line) | st.binary(max_size=60) | st.just(b"[" * 3000) | anything.map(json_of)))
    (folder / file).write_bytes(b"\n".join(lines))
    try:
        read(folder)
    except StoreError as refused:
        assert "baris" in refused.message


def json_of(value):
    return json.dumps(value).encode()


@fuzz
@given(
    content=st.binary(max_size=200)
    | st.lists(st.sampled_from(["a@b.c", "A@B.c", "admin", "tanpa", ",", ";", "\n", '"', "\0", "x", " "])).map(
        lambda parts: ("akun,peran\n" + "".join(parts)).encode()
    )
)
def test_any_list_of_roles_is_read_or_its_row_is_named(content, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp() / "peran"
    folder.mkdir(exist_ok=True)
    (folder / peran.LIST).write_bytes(content)
    try:
        found = peran.listed(folder)
    except StoreError as refused:
        assert "baris" in refused.message
        return
    assert set(found.values()) <= {*peran.ROLES, peran.NONE}


steps = st.tuples(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))


@fuzz
@given(ring=st.lists(steps, min_size=1, max_size=40))
def test_any_ring_of_a_layer_comes_back_as_it_was(ring):
    """Coded as the build does, decoded as paper does, to the whole 1/10,000 degree."""
    points = [(x / lapis.UNIT, y / lapis.UNIT) for x, y in ring]
    coded = layers._deltas(shapely.LineString(points if len(points) > 1 else points * 2), last=None)
    back = (lapis.points(coded) * lapis.UNIT).round().astype(int).tolist()
    assert [tuple(p) for p in back] == (ring if len(ring) > 1 else ring * 2)


@fuzz_few
@given(account=st.text(max_size=60), role=st.sampled_from(peran.ROLES))
def test_any_account_that_is_written_is_read_again(account, role, tmp_path_factory):
    folder = tmp_path_factory.mktemp("peran")
    try:
        peran.give(folder, "uji", account, role)
    except EntryError:
        return
    assert list(peran.listed(folder).values()) == [role]
