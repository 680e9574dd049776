"""What staff bring is read cell by cell by a process of its own; what would harm the server is refused in words."""

import datetime
import json
import os
import struct
import subprocess
import sys

import pytest

from kkb.config import ROOT
from kkb.errors import FileError
from kkb.ingest import sheets
from tests import hostile_files as made

MEGABYTE = 1024
"""In the unit of ru_maxrss."""
DRIVER = """
import json, resource, sys
from pathlib import Path
from kkb.ingest import sheets
for line in sys.stdin:
    try:
        told = ["rows", sum(len(s.rows) for s in sheets.sheets(Path(line.strip())))]
    except sheets.FileError as error:
        told = ["refused", str(error)]
    sheets.created(Path(line.strip()))
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    print(json.dumps([*told, *peaks]), flush=True)
"""


def write(path, content):
    path.write_bytes(content)
    return path


def rows(path):
    (sheet,) = sheets.sheets(path)
    return [list(row) for row in sheet.rows]


def text(tmp_path, content, encoding="utf-8"):
    return rows(write(tmp_path / "a.csv", content if isinstance(content, bytes) else content.encode(encoding)))


def refused(path):
    with pytest.raises(FileError) as error:
        sheets.sheets(path)
    assert path.name in error.value.message
    return error.value.message


@pytest.fixture(scope="module")
def driver():
    """A small process that reads one file after the other and says how much memory it and its readers took."""
    command = [sys.executable, "-c", DRIVER]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def read(path):
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield read
        process.stdin.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded and measured on Linux only")
@pytest.mark.parametrize("name", made.CASES)
def test_no_file_harms_the_server(tmp_path, driver, name):
    harmless = driver(write(tmp_path / "a.csv", b"a,b\n"))
    path = write(tmp_path / name, made.CASES[name]())
    end, told, reader, own = driver(path)
    path.unlink()
    assert reader < 300 * MEGABYTE
    assert own - harmless[3] < 10 * MEGABYTE
    assert (end, told) <= ("rows", 1_000) if end == "rows" else name in told
    assert "pembaca berkas tidak dapat bekerja" not in str(told)


def test_numbers_texts_flags_dates_and_errors_come_as_they_are(tmp_path):
    cells = [
        '<c t="inlineStr"><is><t xml:space="preserve"> Désa &lt;1&gt; 🏠</t></is></c>',
        "<c><v>0.1</v></c>",
        "<c><v>6309012001</v></c>",
        '<c t="b"><v>0</v></c>',
        '<c t="d"><v>2024-05-06</v></c>',
        '<c t="e"><v>#N/A</v></c>',
        "<c/>",
        "<c><v>NaN</v></c>",
        "<c><v>-1e999</v></c>",
        '<c t="d"><v>2024-05-06T07:08:09</v></c>',
    ]
    path = write(tmp_path / "a.xlsx", made.xlsx(f"<row>{''.join(cells)}</row>"))
    day, moment = datetime.date(2024, 5, 6), datetime.datetime(2024, 5, 6, 7, 8, 9)
    expected = [" Désa <1> 🏠", 0.1, 6309012001.0, False, day, "#N/A", "", "NaN", "-Infinity", moment]
    assert rows(path) == [expected]
    assert [type(cell) for cell in rows(path)[0]] == [type(cell) for cell in expected]


def test_rows_count_from_the_first_line_and_column(tmp_path):
    path = write(tmp_path / "a.xlsx", made.xlsx('<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row>'))
    assert rows(path) == [[""] * 4, [""] * 4, ["", 1.0, "", 2.0]]


def test_cells_of_an_ods_file(tmp_path):
    kinds = {
        'float" office:value="2.5': 2.5,
        'percentage" office:value="0.5': 0.5,
        'boolean" office:boolean-value="true': True,
        'date" office:date-value="2024-05-06': datetime.date(2024, 5, 6),
        'date" office:date-value="2024-05-06T07:08:09': datetime.datetime(2024, 5, 6, 7, 8, 9),
        'time" office:time-value="PT01H02M03S': "01:02:03",
    }
    cells = "".join(f'<table:table-cell office:value-type="{kind}"/>' for kind in kinds)
    cells += made.cell("#DIV/0!", 'office:string-value="" calcext:value-type="error"')
    rest = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = write(tmp_path / "a.ods", made.ods(made.row(cells) + rest))
    assert rows(path) == [[*kinds.values(), "#DIV/0!"]]


def test_errors_of_an_xls_file_come_as_text(tmp_path):
    formula = struct.pack("<HHH", 1, 2, 0) + bytes([2, 0, 0x17, 0, 0, 0, 255, 255]) + bytes(8)
    records = made.number(0, 0, 1.5) + made.error(1, 1, 0x2A) + made.record(0x0006, formula)
    path = write(tmp_path / "a.xls", made.xls(records))
    assert rows(path) == [[1.5, "", ""], ["", "#N/A", "#REF!"]]


def test_a_merged_range_holds_the_value_of_its_first_cell_as_far_as_the_table_goes(tmp_path):
    numbers = "".join(f"<row><c><v>{n}</v></c><c><v>{n * 10}</v></c><c><v>9</v></c></row>" for n in (1, 2, 3))
    path = write(tmp_path / "a.xlsx", made.xlsx(numbers, after=made.merged(["A1:B2", "C2:XFD1048576"])))
    assert rows(path) == [[1, 1, 9], [1, 1, 9], [3, 30, 9]]
    path = write(
        tmp_path / "a.xls",
        made.xls(made.number(0, 0, 1.5) + made.number(2, 2, 7) + made.record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 1))),
    )
    assert rows(path) == [[1.5, 1.5, ""], [1.5, 1.5, ""], ["", "", 7]]
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    path = write(
        tmp_path / "a.ods",
        made.ods(
            made.row(made.cell("a", spanned) + "<table:covered-table-cell/>" + made.cell("b"))
            + made.row(covered + made.cell("c"))
        ),
    )
    assert rows(path) == [["a", "a", "b"], ["a", "a", "c"]]


def test_hidden_sheets_are_marked_and_charts_are_none(tmp_path):
    one = "<row><c><v>1</v></c></row>"
    states = ("visible", "hidden", "veryHidden")
    found = sheets.sheets(write(tmp_path / "a.xlsx", made.xlsx(one, names=("A", "B", "C"), hidden=states)))
    assert [(s.name, s.is_visible, s.is_text, len(s.rows)) for s in found] == [
        ("A", True, False, 1),
        ("B", False, False, 1),
        ("C", False, False, 1),
    ]
    styles = b"<office:automatic-styles><style:style style:name='ta2' style:family='table'><style:table-properties "
    styles += b"table:display='false'/></style:style></office:automatic-styles><office:body>"
    shown = made.ods(made.row(made.cell("a")), sheet='table:name="Data" table:style-name="ta2"')
    gone = made.changed(shown, {"content.xml": lambda xml: xml.replace(b"<office:body>", styles)})
    (sheet,) = sheets.sheets(write(tmp_path / "a.ods", gone))
    assert not sheet.is_visible


def test_a_workbook_with_macros_is_read_without_them(tmp_path):
    path = write(tmp_path / "a.xlsm", made.xlsx("<row><c><v>1</v></c></row>", more={"xl/vbaProject.bin": b"macro"}))
    assert rows(path) == [[1.0]]


LOCKED = (
    '<manifest:manifest xmlns:manifest="x"><manifest:file-entry manifest:full-path="content.xml">'
    "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
)


def test_a_password_is_said_as_such(tmp_path):
    files = {
        "a.xlsx": made.compound({"EncryptedPackage": b"x" * 5_000}),
        "a.xls": made.xls(made.number(0, 0, 1), globals_=made.record(0x2F, b"\1\0\1\0\1\0" + bytes(48))),
        "a.ods": made.ods("", more={"META-INF/manifest.xml": LOCKED, "content.xml": b"\1\2\3"}),
        "b.xlsx": made.zipped({"xl/workbook.xml": "x"}).replace(
            b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1"
        ),
    }
    for name, content in files.items():
        assert "kata sandi" in refused(write(tmp_path / name, content)), name


def test_xlsb_is_refused_by_name(tmp_path):
    assert "xlsb" in refused(write(tmp_path / "a.xlsb", made.zipped({"xl/workbook.bin": b"x"})))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("kode;nama;nilai\n1;A, B, C, D;1,5\n2;E;2,5\n", [["kode", "nama", "nilai"], ["1", "A, B, C, D", "1,5"]]),
        ("kode;nilai\n1;1,5\n2;2,5\n", [["kode", "nilai"], ["1", "1,5"]]),
        ("Rekap, per 1 Mei\n\nkode;x\n1;1,5\n2;3\n", [["Rekap, per 1 Mei"], []]),
        (
            "kode,nama,catatan\n1,A,x; y; z; w\n2,B,u; v; w; x\n",
            [["kode", "nama", "catatan"], ["1", "A", "x; y; z; w"]],
        ),
        ("kode\tnilai\n1\t1,5\n2\t2,5\n", [["kode", "nilai"], ["1", "1,5"]]),
        ('kode,nilai\n1,"1,5"\n2,"2;5"\n', [["kode", "nilai"], ["1", "1,5"]]),
        ("1,5;2\n3,5;4\n", [["1,5", "2"], ["3,5", "4"]]),
        ("kode\n1\n", [["kode"], ["1"]]),
        ('a,b\r\n1,"x\ny"\n2,z\r3,w', [["a", "b"], ["1", "x\ny"]]),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(tmp_path, content, expected):
    assert text(tmp_path, content)[:2] == expected


def test_mixed_line_ends_and_encodings(tmp_path):
    expected = [["a", "é–"], ["1", "x"], ["2", "y"], ["3", "z"]]
    content = "a;é–\r\n1;x\n2;y\r3;z"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert text(tmp_path, content, encoding) == expected, encoding
    assert text(tmp_path, b"\xfe\xff" + content.encode("utf-16-be")) == expected
    assert sheets.sheets(tmp_path / "a.csv")[0].is_text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,x\x00y\n", "karakter NUL pada baris 2"),
        ("a,b\n1,x\0y\n".encode("utf-16"), "karakter NUL pada baris 2"),
        ("a,b".encode("utf-16-le"), "bukan teks"),
        (b'a,b\n1,2\n3,"x\n4,5\n', "tanda kutip pada baris 3"),
        (b'a,b\n1,"x"y\n', "tanda kutip pada baris 2"),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"\n', "sel pada baris 2 terlalu panjang"),
        (b"\n  <!DOCTYPE html>", "bukan tabel"),
        (b"%PDF-1.7", "bukan tabel"),
        (b'{"a": 1}', "bukan tabel"),
        (b'[{"a": 1}]', "bukan tabel"),
    ],
)
def test_what_is_no_text_table_is_refused_with_its_line(tmp_path, content, reason):
    assert reason in refused(write(tmp_path / "a.csv", content))


def test_only_regular_files_are_opened(tmp_path):
    os.mkfifo(tmp_path / "pipa")
    (tmp_path / "kosong").symlink_to(tmp_path / "tidak-ada")
    (tmp_path / "nol").symlink_to("/dev/zero")
    for name in ("pipa", "kosong", "nol", "tidak-ada", "."):
        refused(tmp_path / name)
    (tmp_path / "tautan.csv").symlink_to(write(tmp_path / "a.csv", b"a,b\n"))
    assert rows(tmp_path / "tautan.csv") == [["a", "b"]]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import time; time.sleep(60)", "tidak selesai dibaca dalam 1 detik"),
        ("while True: pass", "tidak selesai dibaca dalam 1 detik"),
        ("import os; os.kill(os.getpid(), 9)", "terlalu besar"),
        ("import os; os.abort()", "buku kerja rusak"),
        ("import sys; sys.exit(1)", "tidak dapat bekerja"),
        ("import sys; sys.exit(3)", "tidak dapat bekerja"),
        ("print('x')", "tidak dapat bekerja"),
        ("print('[[1]]')", "tidak dapat bekerja"),
    ],
)
def test_however_the_reader_ends_the_file_is_refused_in_words(tmp_path, monkeypatch, code, reason):
    monkeypatch.setattr(sheets, "_ENTRY", code)
    if "1 detik" in reason:
        monkeypatch.setattr(sheets, "SECONDS", 1)
    assert reason in refused(write(tmp_path / "a.csv", b"a,b\n"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux only")
@pytest.mark.parametrize(
    ("limit", "most", "content"),
    [
        ("MEMORY", 30_000_000, b"PK\x03\x04"),
        ("MOST_ANSWER", 1_000, b""),
        ("MOST_ANSWER", 10_000, b""),
        ("MOST_CELLS", 500, b""),
        ("MOST_BYTES", 1_000, b""),
    ],
)
def test_each_limit_is_wired(tmp_path, monkeypatch, limit, most, content):
    content = made.sheet_of(made.repeated("<row><c><v>1</v></c></row>", 200_000)) if content else b"a,b\n" * 1_000
    path = write(tmp_path / "a.csv", content)
    assert rows(path)
    monkeypatch.setattr(sheets, limit, most)
    assert "besar" in refused(path)


def test_the_processor_time_of_the_reader_is_bounded(tmp_path, monkeypatch):
    endless = "from kkb.ingest.child import book; from itertools import repeat; book.zipped = lambda *_: set(repeat(1))"
    monkeypatch.setattr(sheets, "_ENTRY", sheets._ENTRY.replace("from", f"{endless}; from", 1))
    monkeypatch.setattr(sheets, "SECONDS", 1)
    run = subprocess.run
    codes = []

    def patient(*command, timeout, **more):
        done = run(*command, timeout=timeout * 20, **more)
        codes.append(done.returncode)
        return done

    monkeypatch.setattr(sheets.subprocess, "run", patient)
    assert "tidak selesai" in refused(write(tmp_path / "a.xlsx", made.xlsx()))
    assert codes == [-24]


def test_the_reader_knows_nothing_of_the_server(tmp_path):
    shown = "import sys; sys.path += sys.argv[1:]; import kkb.ingest.child.main; print(*sys.modules)"
    libraries = sheets._libraries()
    command = [sys.executable, "-I", "-S", "-c", shown, str(ROOT), libraries]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {n for n in names if n.startswith("kkb")} <= {
        "kkb",
        "kkb.ingest",
        *(f"kkb.ingest.child{n}" for n in ("", ".main", ".answer", ".book", ".text", ".marks", ".biff")),
    }
    assert not {"pandas", "numpy", "duckdb", "babel", "streamlit"} & set(names)


def test_the_day_a_workbook_was_made(tmp_path):
    def core(day):
        return made.xlsx(more={"docProps/core.xml": f"<a><dcterms:created b='c'>{day}T00:00:00Z</dcterms:created></a>"})

    assert sheets.created(write(tmp_path / "a.xlsx", core("2022-10-27"))) == "2022-10-27"
    assert sheets.created(write(tmp_path / "a.xlsx", core("2022-13-99"))) is None
    assert sheets.created(write(tmp_path / "a.xlsx", made.xlsx())) is None
    assert sheets.created(write(tmp_path / "a.csv", b"a,b\n")) is None
    assert sheets.created(tmp_path / "tidak-ada") is None
