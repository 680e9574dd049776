"""Imports run downwards only, and pages stay sentences."""

import ast
import re
import tomllib

import pytest

from kkb.config import ROOT

LAYERS = (
    {"pages"},
    {"kkb.ui"},
    {
        "kkb.charts",
        "kkb.maps",
        "kkb.lapis",
        "kkb.naskah",
        "kkb.report",
        "kkb.rapat",
        "kkb.classify",
        "kkb.terima",
        "kkb.tugas",
        "kkb.laporan",
        "kkb.cadangan",
        "kkb.doctor",
    },
    {"kkb.format", "kkb.queries", "kkb.wilayah", "kkb.selection", "kkb.kesehatan"},
    {
        *("kkb.build", "kkb.ingest", "kkb.aturan", "kkb.store", "kkb.contracts", "kkb.schema"),
        *("kkb.buku", "kkb.journal", "kkb.kesepakatan", "kkb.akses", "kkb.peran", "kkb.sesi"),
        *("kkb.danau", "kkb.s3", "kkb.segar", "kkb.terkunci"),
    },
    {"kkb.compute"},
    {
        *("kkb.rupa", "kkb.rows", "kkb.errors", "kkb.config", "kkb.bahasa", "kkb.berkas", "kkb.teks", "kkb.log"),
        *("kkb.memori", "kkb.enkripsi", "kkb.sambil"),
    },
)
"""From the top down. A module may import from its own layer and from those below."""
ONLY_IN = {
    "streamlit": ("kkb/ui/", "pages/", "app.py"),
    "streamlit_folium": ("kkb/ui/",),
    "duckdb": ("kkb/store.py", "kkb/danau.py", "kkb/segar.py", "kkb/terkunci.py", "kkb/build/"),
    "geopandas": ("kkb/build/",),
    "python_calamine": ("kkb/ingest/",),
    "folium": ("kkb/maps.py", "kkb/ui/parts.py"),
    "plotly": ("kkb/charts/", "kkb/ui/parts.py"),
    "esda": ("kkb/compute/ruang.py",),
    "libpysal": ("kkb/compute/ruang.py",),
    "matplotlib": ("kkb/report/kanvas.py",),
    "fpdf": ("kkb/report/kertas.py",),
    "fontTools": ("kkb/report/kertas.py",),
    "prometheus_client": ("kkb/ui/ukur.py", "kkb/ui/pantau.py"),
    "pptx": ("kkb/report/salindia",),
}
FILES = [f.relative_to(ROOT).as_posix() for f in (*ROOT.glob("kkb/**/*.py"), *ROOT.glob("pages/*.py"))]
PAGES = [f for f in FILES if f.startswith("pages/")]


def imports(file):
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{a.name}" for a in node.names)


def layer(name):
    for level, members in enumerate(LAYERS):
        if any(name == m or name.startswith(f"{m}.") for m in members):
            return level
    return None


@pytest.mark.parametrize("file", [f for f in FILES if f not in ("kkb/__init__.py", "kkb/__main__.py")])
def test_imports_run_downwards(file):
    own = layer(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    assert own is not None, f"{file} belongs to no layer"
    upward = [name for name in imports(file) if layer(name) is not None and layer(name) < own]
    assert upward == []


@pytest.mark.parametrize("file", FILES)
def test_each_library_has_its_place(file):
    for name in imports(file):
        allowed = ONLY_IN.get(name.split(".")[0])
        assert allowed is None or file.startswith(allowed), f"{file} imports {name}"


def test_only_config_reads_the_environment():
    readers = [f for f in FILES if re.search(r"os\.environ|getenv", (ROOT / f).read_text(encoding="utf-8"))]
    assert readers == ["kkb/config.py"]


@pytest.mark.parametrize("file", PAGES)
def test_a_page_asks_and_draws_and_does_nothing_else(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    for word in (r"\bSELECT\b", r"<\w+[ >]", r"groupby", r"session_state", r"\btry:", r"unsafe_allow"):
        assert not re.search(word, text), f"{file} holds {word}"


def test_every_question_says_what_one_row_is_and_binds_its_parameters():
    questions = list((ROOT / "kkb/sql").glob("*.sql"))
    code = (ROOT / "kkb/queries.py").read_text(encoding="utf-8")
    for path in questions:
        assert path.read_text(encoding="utf-8").startswith("-- One row"), path.name
        assert f'_sql("{path.stem}")' in code, f"{path.name} is asked by no one"


def test_no_page_or_module_asks_another_host():
    hosts = []
    for path in (*ROOT.glob("kkb/ui/aset/*.*"), *(ROOT / f for f in FILES)):
        if path.suffix in (".py", ".js", ".css"):
            hosts += re.findall(r"https?://[\w.]+", path.read_text(encoding="utf-8"))
    assert set(hosts) == {"https://tile.openstreetmap.org", "http://www.w3.org"}


def test_the_settings_of_streamlit_can_be_read_and_send_nothing_home():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"] == {"serverAddress": "localhost", "gatherUsageStats": False}
