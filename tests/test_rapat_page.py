"""The page that prepares a meeting: its agenda, what a change puts in the link, its files, and newer data."""

import asyncio
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from starlette.applications import Starlette

from kkb import store
from kkb.build import build
from kkb.build.facts import refresh_fingerprints
from kkb.config import ROOT
from kkb.rapat import susun
from kkb.report import paket
from kkb.rupa import strong
from kkb.ui import rapat_berkas, run, server
from kkb.ui.rapat_berkas import Recipe
from tests import golden, halaman
from tests.conftest import FACTS

TODAY = date(2026, 11, 28)


@pytest.fixture
def open_page(monkeypatch, golden_published):
    """Opens the page on the small warehouse, or on another data folder."""

    def opened(folder=golden_published, **query):
        monkeypatch.setenv("KKB_DATA", str(folder))
        return halaman.opened("rapat", seconds=120, **query)

    return opened


def get(address):
    """What the server's own routes answer: status, headers, content."""
    path, _mark, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    scope["headers"] = [(b"host", b"localhost")]
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    app = Starlette(routes=server.routes(), middleware=server.middleware())
    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop in this thread
        apart.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:])


def steps(app):
    """The lines of the agenda, as they are read."""
    return [c.label for c in app.checkbox]


def show_of(app):
    """Where the button leads that starts the show."""
    return app.get("link_button")[0].proto.url


def recipe_of(app):
    return rapat_berkas.offered(show_of(app).removeprefix("/tayang/").removesuffix(".html"))


def words(app):
    kinds = ("title", "markdown", "caption", "error", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_says_what_the_meeting_is_about(open_page, language):
    app = open_page(bahasa=language)
    assert not app.error
    assert len(app.title) == 1
    assert "4 " in app.title[0].value
    assert show_of(app).startswith("/tayang/")
    assert len(steps(app)) > 10


def test_steps_move_and_are_left_out_and_the_link_keeps_it(open_page):
    app = open_page()
    count = len(steps(app))
    first = show_of(app)
    assert steps(app)[0].startswith("1\\. 4 dari 21 desa/kelurahan")
    app.button(key="geser1-cakupan").click().run()
    assert app.query_params["agenda"] == "cakupan_kelas"
    assert steps(app)[1].startswith("2\\. 4 dari 21")
    app.checkbox(key="langkah-kelas").uncheck().run()
    assert app.query_params["lewati"] == "kelas"
    assert "dilewati" in steps(app)[0]
    assert steps(app)[1].startswith("1\\. 4 dari 21")
    assert app.title[0].value.startswith(f"Rapat {count - 1} langkah")
    assert show_of(app) != first
    again = open_page(agenda=app.query_params["agenda"], lewati="kelas")
    assert (steps(again), show_of(again)) == (steps(app), show_of(app))
    next(b for b in again.button if b.label == "Susunan semula").click().run()
    assert show_of(again) == first


def test_a_whole_part_is_left_out_and_another_is_moved(open_page):
    app = open_page()
    parts = next(g for g in app.button_group if g.key == "rapat-bagian")
    parts.set_value([p for p in parts.value if p != "kecamatan"]).run()
    assert app.query_params["lewati"] == "kecamatan"
    app.selectbox(key="rapat-pindah").set_value("opd").run()
    app.selectbox(key="rapat-setelah").set_value("cakupan").run()
    next(b for b in app.button if b.label == strong("Pindahkan ke sana")).click().run()
    assert "DP3AP2KB" in steps(app)[1]


def test_odd_links_are_told_and_leave_the_agenda_whole(open_page):
    app = open_page(agenda="opd-bps_cakupan.x", lewati="6309999999.../", menit="0")
    assert not app.error
    assert [s for s in steps(app) if "dilewati" in s] == []
    assert "opd-bps, 6309999999" in words(app)
    assert len(app.warning) == 3


def test_the_show_is_made_once_and_needs_nothing_else(open_page):
    app = open_page(menit="45")
    address = show_of(app)
    status, headers, waiting = get(address)
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert b'http-equiv="refresh"' in waiting
    assert get(f"{address}?siapkan")[:1] == (303,)
    status, headers, shown = get(address)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'self'" not in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert shown == rapat_berkas.file(recipe_of(app), "html").read_bytes()
    assert get("/tayang/0.html")[0] == 404


def test_the_package_holds_every_kind_of_file_under_its_name(open_page):
    app = open_page(kecamatan="630908")
    app.button(key="rapat-siapkan").click().run()
    assert not app.error
    recipe = recipe_of(app)
    names = {paket.file_name(recipe.outline(), kind) for kind in paket.KINDS}
    assert all(n.startswith("kampung-kb_kecamatan-muara-harus_2023-08-28_") for n in names)
    whole = zipfile.ZipFile(BytesIO(rapat_berkas.bundle(recipe).read_bytes()))
    assert set(whole.namelist()) == names
    assert len(app.get("download_button")) == len(names) + 1
    app.checkbox(key="langkah-kelas").uncheck().run()
    assert len(app.get("download_button")) == 0


def test_newer_data_change_nothing_until_they_are_asked_for(open_page, golden_published, tmp_path):
    var = shutil.copytree(golden_published, tmp_path / "var")
    app = open_page(var)
    before, address, version = steps(app), show_of(app), store.current(var).version
    data = golden.write(FACTS, tmp_path / "data")
    golden.edit(data, "kampung_kb_klasifikasi.csv", 0, "nama_kampung_kb", "NAMA BARU")
    refresh_fingerprints(data)
    assert build(data, var) != version
    app.checkbox(key="langkah-kelas").uncheck().run()
    assert store.current(var).version in app.warning[0].value
    app.checkbox(key="langkah-kelas").check().run()
    assert (steps(app), show_of(app)) == (before, address)
    next(b for b in app.button if b.label == "Susun ulang").click().run()
    assert not app.warning
    assert show_of(app) != address


def test_a_meeting_asks_its_own_version_whatever_is_on_display(monkeypatch, golden_published, warehouse):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    small = store.current(golden_published)
    with run.reading(small):
        made = Recipe(warehouse, None, None, "id", TODAY).computed(outline=True)
        assert run.now().warehouse is small
    assert made.sheets == susun.pack(warehouse, None, None, TODAY, outline=True).sheets
    assert made.sheets != Recipe(small, None, None, "id", TODAY).computed(outline=True).sheets


def test_an_outline_is_kept_for_all_that_it_depends_on(monkeypatch, golden_published, warehouse):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    recipe = Recipe(warehouse, None, None, "id", TODAY)
    others = [
        replace(recipe, area="630903"),
        replace(recipe, day="2022-06-13"),
        replace(recipe, language="en"),
        replace(recipe, today=date(2031, 1, 1)),
        replace(recipe, since="2022-06-20"),
        replace(recipe, warehouse=store.current(golden_published)),
    ]
    outline = recipe.outline()
    assert outline is replace(recipe, minutes=45, skipped=("opd",)).outline(), "neither order nor time changes it"
    assert all(other.outline() != outline for other in others)


def test_without_kampung_kb_data_the_page_says_what_to_do(open_page, tmp_path):
    build(golden.write(FACTS, tmp_path / "data", empty=True), tmp_path / "var")
    app = open_page(tmp_path / "var")
    assert "Belum ada tanggal data Kampung KB" in app.error[0].value


def test_the_start_of_the_server_does_not_import_what_only_files_need():
    code = (
        "import asyncio, sys\n"
        "from kkb.report import paket\n"
        "from kkb.ui import server\n"
        "async def start():\n"
        "    async with server.warm(None): pass\n"
        "asyncio.run(start())\n"
        "writers = {f'kkb.report.{k.module}' for k in paket.KINDS.values()}\n"
        "print(sorted((writers | {'matplotlib', 'pptx', 'fpdf'}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_briefing_is_on_the_page_and_the_last_meeting_in_the_link(open_page):
    app = open_page(kecamatan="630908", sejak="2022-06-20")
    assert any("sejak 20 Juni 2022" in s.title for s in recipe_of(app).outline().sheets)
    app.session_state["buka-naskah"] = True
    app.run()
    told = app.code[0].value
    assert told.startswith("*2 dari 7 desa/kelurahan di Kecamatan Muara Harus berstatus Kampung KB*")
    app.segmented_control(key="rapat-naskah-panjang").set_value("pidato").run()
    assert "hadirin" in app.code[0].value
