"""Text that others wrote stays text: in the warehouse, in messages, in files; and no medium tells of another's ways."""

import ast
import csv
import io
import re
import shutil

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kkb import errors, journal, laporan, maps, queries, store, teks, terima
from kkb.config import ROOT
from kkb.errors import FileError
from kkb.ingest.pilihan import Choices
from kkb.report import tables
from tests import asing
from tests.conftest import FACTS


@pytest.fixture(scope="module")
def brought(published, tmp_path_factory):
    """A data folder into which all of it was brought, and the reports by name of the file."""
    folder = tmp_path_factory.mktemp("asing")
    var = shutil.copytree(published, folder / "var")
    villages = list(queries.villages(store.current(published)).query("jenis == 'desa'")["kode_desa"])
    return var, asing.bring(folder, var, villages)


def test_the_warehouse_holds_each_text_as_it_is_seen(brought):
    warehouse = store.current(brought[0])
    assert set(queries.value_sources(warehouse, "LG01", "2024")["sumber"]) == set(asing.SHOWN)
    activities = warehouse.rows("SELECT * FROM kegiatan ORDER BY kode_desa", {})
    for column in ("kegiatan", "opd", "sumber_dana", "keterangan", "sumber"):
        assert list(activities[column]) == list(asing.SHOWN)
    assert queries.village_facts(warehouse, asing.WITHOUT_STATUS).iloc[0]["nomor_sk"] == asing.SHOWN[7]
    names = warehouse.rows("SELECT nama_kampung_kb FROM klasifikasi WHERE tanggal = $d", {"d": asing.LATER})
    assert set(names["nama_kampung_kb"]) <= {teks.one_line(t) for t in asing.TEXTS}
    assert len(queries.villages(warehouse)) == 131, "no text is run as SQL"


def test_the_journal_and_the_command_line_tell_it_on_one_line(brought):
    var, reports = brought
    for entry in journal.entries(var):
        assert (entry.oleh, entry.catatan) == (teks.one_line(asing.WHO), teks.one_line(asing.NOTE))
    printed = laporan.journal_lines(journal.entries(var))
    printed += [line for report in reports.values() for line in laporan.lines(report)]
    assert [line for line in printed if teks.HIDDEN.search(line) or "\n" in line or "\r" in line] == []
    assert {e.berkas for e in journal.entries(var)} >= {teks.one_line(asing.FILE_NAME), "sk.csv"}


def test_what_cannot_be_seen_is_told_and_a_cut_text_as_well(brought):
    report = brought[1]["kegiatan.csv"]
    assert "20 sel memuat karakter yang tidak terlihat" in report.contribution.told[0]
    assert {w.column for w in report.contribution.warnings} == {
        "kegiatan",
        "opd",
        "sumber_dana",
        "keterangan",
        "sumber",
    }
    assert all("paling banyak 300 karakter" in w.allowed for w in report.contribution.warnings)


def test_no_cell_of_a_file_to_take_away_runs(brought):
    table = pd.DataFrame({"teks": asing.SHOWN, "nilai": range(len(asing.SHOWN))})
    lines = list(csv.reader(io.StringIO(tables.csv(table).decode("utf-8-sig")), delimiter=";"))[1:]
    guarded = [f"'{t}" if t.startswith(("=", "+", "-", "@")) else t for t in asing.SHOWN]
    assert [text for text, _n in lines] == guarded
    assert [text for text, _n in lines if text.startswith(tables.DANGEROUS)] == []
    kept = tables.xlsx(table, "Judul", [*asing.SHOWN, "x" * 40_000])
    book = CalamineWorkbook.from_filelike(io.BytesIO(kept))
    data, notes = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    assert [row[0] for row in data[1:]] == list(asing.SHOWN)
    assert [row[0] for row in notes[1:]] == [*asing.SHOWN, "x" * tables.MOST]


@pytest.mark.parametrize("text", asing.SHOWN)
def test_a_map_carries_text_as_text_only(text):
    script = maps.script_safe({"label": text})
    assert not re.search(r"[<>&{}]", script[1:-1])


@given(st.text())
@example("2024. x")
@example("\u202e")
def test_literal_text_has_no_sign_left_that_markdown_would_read(text):
    shown = teks.literal(text)
    assert re.sub(r"\\([\\`*_\[\]<&$~#>+=.)-])", r"\1", shown).replace("\u2060", "") == teks.one_line(text)
    assert not re.search(r"(?<!\\)(\\\\)*[`*_\[\]<&$~]|^([#>+=-]|\d{1,9}[.)])|://(?<!\u2060://)|:[a-zA-Z]", shown)


@given(st.text())
@example("a/b\\..")
@example("\0" * 3)
@example("é" * 300 + ".xlsx")
def test_any_name_of_a_file_can_be_written(text):
    name = teks.file_name(text)
    assert name not in ("", ".", "..")
    assert len(name.encode()) <= 200
    assert not re.search(r"[/\\\0\n]", name)


def test_a_long_cell_is_cut_in_messages_but_its_end_is_marked():
    told = str(errors.Problem("a.csv", 2, "nilai", "x" * 5000, "angka"))
    assert len(told) < 250
    assert "…”" in told


BROUGHT = [
    "kkb/errors.py",
    "kkb/store.py",
    "kkb/terima.py",
    *(p.relative_to(ROOT).as_posix() for part in ("ingest", "build") for p in (ROOT / "kkb" / part).rglob("*.py")),
]
COMMAND = re.compile(r"(?<![\w-])--[a-z]|python -m")
PAGE = re.compile(r"kotak|tombol|halaman|di bawah|di atas|klik|unggah(?! nomor)", re.IGNORECASE)


def _texts(node):
    return " ".join(n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def hints():
    """Every error that is made: file, line, hint on a page, hint at the command line."""
    for name in BROUGHT:
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            called = getattr(getattr(node, "func", None), "id", None) or getattr(
                getattr(node, "func", None), "attr", None
            )
            if called not in ("FileError", "StoreError", "KkbError", "__init__"):
                continue
            words = {k.arg: _texts(k.value) for k in node.keywords}
            place = [_texts(a) for a in node.args]
            command = words.get("command") or (place[2] if len(place) > 2 and called != "FileError" else "")
            yield name, node.lineno, place[1] if len(place) > 1 else "", command


def test_each_medium_is_told_its_own_way():
    made = list(hints())
    assert len(made) > 15
    assert [h for h in made if COMMAND.search(h[2]) and not h[2].startswith("Pengelola server:")] == []
    assert [h for h in made if PAGE.search(h[3]) and "unggahan" not in h[3]] == []
    assert [h for h in made if PAGE.search(h[2]) and not h[3]] == [], "the command line would be told of a page"


@pytest.mark.parametrize(
    ("rows", "choices", "page", "command"),
    [
        ([["kode_desa", "nilai"]], {"indicator": "XX99"}, "Pilih indikator yang ada", "python -m kkb template nilai"),
        ([["kode_desa", "nilai"], ["6309012001", "5"]], {}, "Pilih indikatornya", "--indikator"),
        ([["kode_desa", "nomor_sk"], ["6309012001", "5"]], {}, "Masa data", "--as-of"),
        ([["a", "b"], ["1", "2"]], {}, "pada halaman ini", "python -m kkb template"),
        (
            [["kode_desa", "tahun", "nilai"], ["6309012001", "2024", "1.234"]],
            {"indicator": "LG04"},
            "Pilih tanda desimal",
            "--desimal",
        ),
    ],
)
def test_a_hint_fits_where_it_is_read(published, tmp_path, rows, choices, page, command):
    path = asing.text_file(tmp_path / "berkas.csv", rows)
    with pytest.raises(FileError) as refused:
        terima.prepare(path, Choices(**choices), FACTS, published)
    assert page in refused.value.hint
    assert command not in refused.value.hint
    assert command in str(refused.value)
    assert page not in str(refused.value)


def test_names_that_differ_in_punctuation_only_are_one_question(published, tmp_path):
    rows = [["kecamatan", "nama_desa", "kode_indikator", "tahun", "nilai"]]
    rows += [["Tanta", name, "LG01", 2024, 5] for name in ("Padangiin", "PADANG-IIN", "=Padang iin")]
    report = terima.prepare(asing.text_file(tmp_path / "a.csv", rows), Choices(), FACTS, published)
    assert [q.shown for q in report.contribution.questions] == ["Padangiin (Tanta)"]
