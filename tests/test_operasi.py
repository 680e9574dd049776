"""Running it: what watches the server, what it writes of what happened, and what the doctor says of a sick one."""

import asyncio
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import net_util
from streamlit.testing.v1 import AppTest
from streamlit.web.server import server_util

from kkb import doctor, journal, kesehatan, log, store, terima
from kkb.__main__ import main
from kkb.build import build
from kkb.config import ROOT
from kkb.errors import FileError, Problem, StoreError
from kkb.ingest.pilihan import Choices
from kkb.journal import Entry
from kkb.ui import pantau, server, ukur
from tests import portal_files
from tests.conftest import FACTS

LATER = "2023-10-31"


@dataclass
class Answer:
    """What came back."""

    status_code: int
    text: str

    def json(self):
        return json.loads(self.text)


class Site:
    """The routes of the server as a browser at an address sees them."""

    def __init__(self, client="127.0.0.1", routes=()):
        self.app = Starlette(routes=[*server.routes(), *routes], middleware=[Middleware(pantau.Guard)])
        self.client = client

    def get(self, path, headers=None):
        told = [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()]
        scope = {
            **{"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""},
            **{"headers": told, "client": (self.client, 50000), "server": ("x", 80), "scheme": "http"},
        }
        sent = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        with suppress(RuntimeError):
            asyncio.run(self.app(scope, receive, send))
        return Answer(sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode())


@pytest.fixture
def var(golden_published, tmp_path, monkeypatch):
    """A data folder of its own with the small warehouse."""
    folder = shutil.copytree(golden_published, tmp_path / "var")
    monkeypatch.setenv("KKB_DATA", str(folder))
    return folder


def sample(text, name):
    """The value of a metric, with its labels if it has any."""
    return float(re.search(rf"^{re.escape(name)} (.+)$", text, re.MULTILINE)[1])


def test_health_tells_the_version_and_the_age_of_the_data(var):
    answer = Site("192.0.2.7").get("/sehat")
    told = answer.json()
    assert (answer.status_code, told["hidup"], told["siap"], told["pesan"]) == (200, True, True, None)
    assert told["versi"] == store.current(var).version
    assert told["data_per"] == "2023-08-28"
    assert told["umur_hari"] > 800
    assert (told["versi_rusak"], told["jurnal"]) == (None, 0)
    assert told["ruang_bebas"] > 0


def test_health_names_a_broken_version_and_counts_the_journal(var):
    good = store.current(var).version
    journal.append(var, Entry(1, "2026-11-01T00:00:00+00:00", "uji", "batal", membatalkan=1))
    store.path_of(var, "abcdef012345").write_bytes(b"setengah jadi")
    store.publish(var, "abcdef012345")
    told = Site().get("/sehat").json()
    assert (told["siap"], told["versi"], told["versi_rusak"], told["jurnal"]) == (True, good, "abcdef012345", 1)
    metrics = Site().get("/metrik").text
    assert (sample(metrics, "kkb_versi_rusak"), sample(metrics, "kkb_jurnal_entri")) == (1, 1)


@pytest.mark.parametrize("state", ["missing", "empty", "torn", "pointer", "journal"])
def test_without_data_both_answer_503_with_words_and_no_path(var, tmp_path, monkeypatch, state):
    if state == "missing":
        monkeypatch.setenv("KKB_DATA", str(tmp_path / "tidak-ada"))
    elif state == "empty":
        monkeypatch.setenv("KKB_DATA", str(tmp_path))
    elif state == "pointer":
        (var / "CURRENT").write_bytes(b"\xff\xfe\n\xff\n")
    elif state == "journal":
        shutil.rmtree(var)
        var.mkdir()
        (var / journal.FILE).mkdir()
    else:
        for path in var.glob("kkb-*"):
            path.write_bytes(b"rusak")
    health, metrics = Site().get("/sehat"), Site().get("/metrik")
    assert (health.status_code, metrics.status_code) == (503, 503)
    assert (health.json()["hidup"], health.json()["siap"]) == (True, False)
    assert len(health.json()["pesan"]) > 20
    assert sample(metrics.text, "kkb_siap") == 0
    for answer in (health, metrics):
        assert str(tmp_path) not in answer.text
        assert "Traceback" not in answer.text


def test_metrics_count_pages_errors_queries_and_memory(var):
    before = Site().get("/metrik").text
    with ukur.run("peta", "v"):
        store.current(var).rows("SELECT 1", {})
    with pytest.raises(SystemExit), ukur.run("", "v"):
        raise SystemExit
    ukur.incident(ValueError())
    after = Site().get("/metrik").text

    def risen(name):
        return sample(after, name) - (sample(before, name) if f"\n{name} " in before else 0)

    assert risen('kkb_halaman_detik_count{bagian="tidak",halaman="peta"}') == 1
    assert risen('kkb_halaman_detik_count{bagian="tidak",halaman="ringkasan"}') == 1
    assert risen('kkb_galat_total{jenis="kejadian"}') == 1
    assert risen("kkb_kueri_detik_count") >= 1
    assert sample(after, "kkb_bangun_detik") > 0
    assert sample(after, "kkb_pembaca") == 0
    if sys.platform == "linux":
        assert sample(after, "process_resident_memory_bytes") > 10_000_000


@pytest.mark.parametrize(
    ("client", "headers", "seen"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("::ffff:127.0.0.1", {}, True),
        ("192.0.2.7", {}, False),
        ("testclient", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, False),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, False),
        ("192.0.2.7", {"Authorization": "Bearer rahasia-1"}, True),
        ("192.0.2.7", {"Authorization": "Bearer rahasia-"}, False),
        ("192.0.2.7", {"Authorization": "Bearer "}, False),
    ],
)
def test_who_may_read_what_is_counted(var, monkeypatch, client, headers, seen):
    monkeypatch.setenv("KKB_PANTAU_TOKEN", "rahasia-1")
    assert Site(client).get("/metrik", headers=headers).status_code == (200 if seen else 404)
    assert Site(client).get("/sehat", headers=headers).status_code == 200
    monkeypatch.setenv("KKB_SEHAT", "lokal")
    assert Site(client).get("/sehat", headers=headers).status_code == (200 if seen else 404)
    monkeypatch.setenv("KKB_METRIK", "terbuka")
    assert Site(client).get("/metrik", headers=headers).status_code == 200


def test_without_a_token_no_token_opens_it(var):
    for given in ("Bearer ", "Bearer", ""):
        assert Site("192.0.2.7").get("/metrik", headers={"Authorization": given}).status_code == 404


def test_a_token_is_never_printed(monkeypatch, capsys):
    monkeypatch.setenv("KKB_PANTAU_TOKEN", "rahasia-1")
    main(["config"])
    assert "rahasia-1" not in capsys.readouterr().out


@pytest.fixture
def written(monkeypatch):
    """What was logged, as text; in the form that KKB_LOG says when it is called."""
    records = []

    class Keep(logging.Handler):
        def emit(self, record):
            records.append(record)

    keep = Keep()
    logger = logging.getLogger("kkb")
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(keep)
    yield lambda: [log.handler().format(r) for r in records]
    logger.removeHandler(keep)
    logger.setLevel(level)


def test_an_event_is_one_json_line_with_time_level_and_fields(written):
    log.event("halaman", halaman="peta", md=12, versi="abc", oleh=None)
    (line,) = written()
    told = json.loads(line)
    assert list(told) == ["waktu", "tingkat", "peristiwa", "halaman", "md", "versi"]
    assert abs(datetime.fromisoformat(told["waktu"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_text_for_the_eye_is_one_line_too(written, monkeypatch):
    monkeypatch.setenv("KKB_LOG", "teks")
    log.event("halaman", halaman="baris\nbaru")
    (line,) = written()
    assert line.endswith(' INFO halaman halaman="baris\\nbaru"')


SECRET = "Siti-6309041203900001"


def test_neither_cells_nor_the_words_of_an_error_are_written(written, tmp_path):
    try:
        int(SECRET)
    except ValueError as error:
        code = log.incident(error)
    log.refused(
        FileError(f"Berkas x.xlsx: tertulis “{SECRET}” dan ”{SECRET}”.", "", [Problem("x", 1, "a", SECRET, "b")])
    )
    log.refused(StoreError(f"Unggahan: tertulis “{SECRET}", ""))
    lines = written()
    assert SECRET not in "\n".join(lines[:2])
    told = json.loads(lines[0])
    assert (told["kejadian"], told["galat"]) == (code, "ValueError")
    assert told["jejak"][-1].startswith("tests/test_operasi.py:")
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", code)


@pytest.mark.parametrize("text", ["token=%s", "Authorization: Bearer %s", "cookie: %s", "?code=%s", "kode %s"])
def test_secrets_in_lines_of_libraries_are_struck_out(text):
    record = logging.LogRecord("uvicorn.error", logging.WARNING, "", 0, text % "s3cr3t", (), None)
    assert "s3cr3t" not in log.handler().format(record)


def test_an_error_no_route_caught_has_a_code_that_the_log_has_too(written):
    def fails(_request):
        raise RuntimeError(SECRET)

    answer = Site(routes=[Route("/uji/gagal", fails)]).get("/uji/gagal")
    assert answer.status_code == 500
    code = re.search("Kode kejadian: (.*)\n", answer.text)[1]
    assert json.loads(written()[0])["kejadian"] == code
    assert SECRET not in answer.text + "".join(written())


def test_a_page_that_fails_shows_the_code_that_the_log_has(written):
    def page():
        from kkb.ui import errors

        with errors.shown():
            raise ZeroDivisionError("Siti-6309041203900001")

    app = AppTest.from_function(page).run()
    (shown,) = [e.value for e in app.error]
    code = re.search(r"Kode kejadian: \*\*(.*)\*\*", shown)[1]
    assert [json.loads(w)["kejadian"] for w in written()] == [code]
    assert SECRET not in shown + "".join(written())


def test_the_server_asks_no_host_outside_for_its_address():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert settings["browser"]["serverAddress"] == "localhost"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(net_util, "_make_blocking_http_get", lambda *_a, **_k: pytest.fail("it asks"))
        assert not server_util.is_url_from_allowed_origins("http://jahat.example")


def test_who_changes_what_is_told_by_name_and_nothing_of_the_file(published, tmp_path, written):
    var = shutil.copytree(published, tmp_path / "var")
    path = portal_files.write(tmp_path / "ekspor.xlsx", portal_files.rows("rekap-klasifikasi"))
    terima.publish(terima.prepare(path, Choices(as_of=LATER), FACTS, var), "Operator A", "catatan", FACTS, var)
    events = [json.loads(line) for line in written()]
    assert [e["peristiwa"] for e in events] == ["bangun", "impor"]
    assert (events[1]["oleh"], events[1]["jenis"], events[1]["entri"]) == ("Operator A", "rekap-klasifikasi", 1)
    assert events[0]["detik"] >= 0


# the doctor


@pytest.fixture
def told(var, golden_facts):
    """What the doctor says of the data folder: level -> words."""

    def look(port=1):
        return [(f.level, f.words) for f in doctor.look(golden_facts, var, port)]

    return look


def problems(found):
    return [words for level, words in found if level == doctor.BAD]


def test_a_sound_installation_has_no_problem(told):
    assert problems(told()) == []


def break_version(var):
    path = store.path_of(var, (var / "CURRENT").read_text().strip())
    path.write_bytes(path.read_bytes()[:5000])


def break_journal(var):
    (var / journal.FILE).write_text('{"nomor": 1')


def lose_upload(var):
    entry = Entry(1, "2026-11-01T00:00:00+00:00", "uji", "impor", "0" * 64, "a.xlsx", "idm", "2024")
    journal.append(var, entry)


def change_upload(var):
    (var / journal.UPLOADS).mkdir()
    journal.upload_path(var, "0" * 64).write_bytes(b"lain")


def break_book(var):
    (var / "kesepakatan.jsonl").write_text("bukan JSON\n")


def lose_all(var):
    shutil.rmtree(var)


def open_folder(var):
    var.chmod(0o777)


def from_the_future(var):
    when = (datetime.now(UTC) + timedelta(days=40)).isoformat(timespec="seconds")
    journal.append(var, Entry(1, when, "uji", "batal", membatalkan=1))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (break_version, "tidak utuh"),
        (break_journal, "Jurnal jurnal.jsonl baris 1 tidak dapat dibaca"),
        (lose_upload, "Unggahan nomor 1 (a.xlsx) hilang atau berubah"),
        (change_upload, "Unggahan 000000000000… hilang atau berubah"),
        (break_book, "Buku kesepakatan kesepakatan.jsonl baris 1 tidak dapat dibaca"),
        (lose_all, "tidak ada; buat folder itu"),
        (open_folder, "dapat ditulis siapa pun"),
        (from_the_future, "sebelum versi atau entri jurnal terakhir dibuat"),
    ],
)
def test_the_doctor_names_what_is_wrong_and_what_to_do(told, var, damage, words):
    damage(var)
    found = [p for p in problems(told()) if words in p]
    assert len(found) == 1
    assert not any("Traceback" in p for p in problems(told()))


def test_the_doctor_finds_facts_that_were_changed(told, golden_facts, var, tmp_path):
    facts = shutil.copytree(golden_facts, tmp_path / "data")
    with (facts / "idm.csv").open("a") as file:
        file.write("\n")
    found = doctor.look(facts, var, 1)
    assert any("idm.csv" in p for p in problems([(f.level, f.words) for f in found]))


def test_the_doctor_finds_a_clock_before_the_data(told, monkeypatch):
    monkeypatch.setattr("kkb.format.today", lambda: "2020-01-01")
    assert any("sebelum data terakhir" in p for p in problems(told()))


def test_the_doctor_finds_little_disk_other_packages_and_leftovers(told, var, monkeypatch):
    monkeypatch.setattr("kkb.kesehatan.free", lambda _folder: 1000)
    monkeypatch.setattr("importlib.metadata.version", lambda _name: "0.0.1")
    left = var / f".CURRENT.{'0' * 32}"
    left.write_bytes(b"")
    os.utime(left, (1, 1))
    words = " ".join(w for level, w in told() if level != doctor.GOOD)
    assert "sediakan ruang di disk" in words
    assert "altair 0.0.1, seharusnya" in words
    assert "1 berkas sementara tersisa" in words


def test_the_command_prints_a_line_a_check_and_fails_on_a_problem(var, golden_facts, monkeypatch, capsys):
    monkeypatch.setenv("KKB_FAKTA", str(golden_facts))
    assert main(["doctor", "--port", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match("(baik|perhatian|masalah): .", line) for line in lines[:-1])
    break_journal(var)
    assert main(["doctor", "--port", "1"]) == 1


# clocks, disks


def test_a_clock_before_the_data_stops_no_page_and_is_seen(var, monkeypatch):
    monkeypatch.setattr("kkb.format.today", lambda: "2020-01-01")
    told = Site().get("/sehat").json()
    assert (told["siap"], told["umur_hari"]) == (True, -1335)
    assert sample(Site().get("/metrik").text, "kkb_umur_data_hari") == -1335


def full_from(monkeypatch, folder, write):
    """A disk on which the so manieth write to a folder, and every later one, fails half done."""
    real, done = Path.write_bytes, []

    def limited(path, content):
        if path.is_relative_to(folder):
            done.append(path)
            if len(done) >= write:
                real(path, content[: len(content) // 2])
                raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", limited)


@pytest.mark.parametrize("write", [1, 2, 3, 4, 5])
def test_a_disk_that_fills_up_during_an_import_loses_nothing(golden_published, golden_facts, tmp_path, write):
    """The writes are: the upload, what was read of it, the pointer that announces, the journal, the pointer that
    publishes."""
    var = shutil.copytree(golden_published, tmp_path / "var")
    rows = portal_files.rows("rekap-klasifikasi")
    rows = [rows[0], *(r for r in rows if r[4] in ("TANTA", "MUARA HARUS"))]
    path = portal_files.write(tmp_path / "ekspor.xlsx", rows)
    report = terima.prepare(path, Choices(as_of=LATER), golden_facts, var)
    before = {p.name: p.read_bytes() for p in var.iterdir() if p.is_file()}
    old = store.current(var).version
    with pytest.MonkeyPatch.context() as patch:
        full_from(patch, var, write)
        with pytest.raises(StoreError, match="No space left on device"):
            terima.publish(report, "uji", "", golden_facts, var)
    written = write == 5
    assert len(journal.entries(var)) == written, "the line of the journal is the moment"
    assert (store.current(var).version != old) == written
    assert written or {n: (var / n).read_bytes() for n in before if n != "CURRENT"} == {
        n: c for n, c in before.items() if n != "CURRENT"
    }
    build(golden_facts, var)
    assert len(journal.entries(var)) == written
    assert (store.current(var).version != old) == written
    assert [p.name for p in var.rglob(".*")] == [".kunci"]


needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of its own")


@needs_limits
def test_a_truly_full_or_read_only_disk_says_so_and_readers_go_on(golden_published, golden_facts, tmp_path):
    """A file system of 3 MB, mounted in a name space of its own; skipped where the system does not allow that."""
    script = tmp_path / "uji.py"
    script.write_text(
        f"""
import os, pathlib, shutil, subprocess, sys
sys.path.insert(0, {str(FACTS.parent)!r})
from kkb import store
from kkb.build import build
from kkb.errors import StoreError
var = pathlib.Path({str(tmp_path / "var")!r})
var.mkdir()
size = sum(p.stat().st_size for p in pathlib.Path({str(golden_published)!r}).rglob("*")) + 1_000_000
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={{size}}", "tmpfs", str(var)], check=True)
shutil.copytree({str(golden_published)!r}, var, dirs_exist_ok=True)
pointer, version = (var / "CURRENT").read_bytes(), store.current(var).version
(var / "penuh").write_bytes(b"0" * 900_000)
facts = {str(FACTS)!r}
for state in ("penuh", "hanya baca"):
    if state == "hanya baca":
        (var / "penuh").unlink()
        subprocess.run(["mount", "-o", "remount,ro", str(var)], check=True)
    try:
        build(pathlib.Path(facts), var)
        print("dibangun?", state)
    except StoreError as error:
        print(state, "|", error.message)
    assert (var / "CURRENT").read_bytes() == pointer
    store._open.clear()
    assert store.current(var).version == version
subprocess.run(["mount", "-o", "remount,rw", str(var)], check=True)
print("lagi", build(pathlib.Path({str(golden_facts)!r}), var) == version, [p.name for p in var.glob(".*")])
"""
    )
    unshare = shutil.which("unshare")
    probe = unshare and subprocess.run([unshare, "-m", "mount", "-t", "tmpfs", "x", "/mnt"], capture_output=True)
    if not probe or probe.returncode:
        pytest.skip("no name space of its own")
    done = subprocess.run([unshare, "-m", sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split(" | ")[0] for line in lines[:2]] == ["penuh", "hanya baca"], done.stdout
    assert "tidak dapat ditulis" in lines[0]
    assert "Read-only file system" in lines[1]
    assert lines[2] == "lagi True ['.kunci']"


def test_the_free_disk_of_a_folder_that_is_not_there_is_that_of_its_parent(tmp_path):
    assert kesehatan.state(tmp_path / "a" / "b").ruang_bebas > 0
