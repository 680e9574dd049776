"""A backup brings everything back, elsewhere and later; a torn or hostile one changes nothing."""

import hashlib
import json
import os
import shutil
import stat
import sys
import zipfile

import pytest

from kkb import cadangan, journal, kesepakatan, store, terima
from kkb.__main__ import main
from kkb.build import build, pulih
from kkb.errors import FileError, StoreError
from kkb.ingest.pilihan import Choices
from kkb.kesepakatan import Draft, Known
from tests import portal_files
from tests.test_bunuh import contents

DAYS = ("2023-10-31", "2023-11-30")
KNOWN = Known(frozenset({"630903"}), frozenset({"DP3AP2KB"}), frozenset())


def bring(folder, var, facts, day):
    rows = portal_files.rows("rekap-klasifikasi")
    rows = [rows[0], *(r for r in rows if r[4] in ("TANTA", "MUARA HARUS"))]
    path = portal_files.write(folder / f"ekspor {day}.xlsx", rows)
    terima.publish(terima.prepare(path, Choices(as_of=day), facts, var), "uji", "", facts, var)


def agree(var, words):
    draft = Draft("Rapat", "2026-01-05", words, ["630903"], "DP3AP2KB", "2026-02-05")
    kesepakatan.open_new(var, "uji", draft, KNOWN, "2026-01-06")


@pytest.fixture(scope="module")
def used(golden_published, golden_facts, tmp_path_factory):
    """A data folder with one import, one taken back, and two agreements; never to be changed."""
    folder = tmp_path_factory.mktemp("terpakai")
    var = shutil.copytree(golden_published, folder / "var")
    for day in DAYS:
        bring(folder, var, golden_facts, day)
    terima.take_back(2, "uji", "", golden_facts, var)
    agree(var, "Lengkapi laporan")
    agree(var, "Bentuk pokja")
    return var


@pytest.fixture(scope="module")
def saved(used, golden_facts, tmp_path_factory):
    """Its backup."""
    path = tmp_path_factory.mktemp("cadangan") / "cadangan.zip"
    cadangan.backup(path, golden_facts, used)
    return path


def state(var):
    """All that must come back: books, uploads, pointer, and every row of the published version."""
    books = {p.name: p.read_bytes() for p in sorted(var.glob("*.jsonl"))}
    uploads = {p.name: p.read_bytes() for p in sorted((var / journal.UPLOADS).glob("[!.]*"))}
    return books, uploads, (var / "CURRENT").read_text(), contents(var)


def whole(var):
    """Every file of a folder, with its content."""
    return {str(p.relative_to(var)): p.read_bytes() for p in sorted(var.rglob("*")) if p.is_file()}


def test_it_comes_back_in_an_empty_folder_row_by_row(used, saved, golden_facts, tmp_path):
    done = cadangan.restore(saved, golden_facts, tmp_path / "baru")
    assert done.is_same
    assert done.sebelumnya is None
    assert state(tmp_path / "baru") == state(used)
    assert [p.name for p in (tmp_path / "baru").glob(".*")] == [".kunci"]
    assert not (tmp_path / "baru" / pulih.READY).exists()
    bring(tmp_path, tmp_path / "baru", golden_facts, "2023-12-31")
    assert len(journal.entries(tmp_path / "baru")) == 4


def test_the_file_is_for_its_owner_and_says_what_is_in_it(used, saved, golden_facts):
    told = json.loads(zipfile.ZipFile(saved).read(cadangan.MANIFEST))
    assert told["versi"] == store.current(used).version
    for name, (size, sha256) in told["berkas"].items():
        content = zipfile.ZipFile(saved).read(name)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256)
    if os.name == "posix":
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert not [n for n in told["berkas"] if n.startswith((".", "terbaca", "kkb-"))]


def test_the_version_can_travel_along(used, golden_facts, tmp_path):
    made = cadangan.backup(tmp_path / "c.zip", golden_facts, used, versions=True)
    assert f"kkb-{made.versi}.duckdb" in made.berkas
    cadangan.restore(tmp_path / "c.zip", golden_facts, tmp_path / "baru")
    assert state(tmp_path / "baru") == state(used)


def test_a_folder_with_more_in_it_is_replaced_only_when_said_and_kept(used, saved, golden_facts, tmp_path):
    var = shutil.copytree(used, tmp_path / "var")
    agree(var, "Kesepakatan sesudah cadangan")
    bring(tmp_path, var, golden_facts, "2023-12-31")
    before = state(var)
    with pytest.raises(StoreError) as refused:
        cadangan.restore(saved, golden_facts, var)
    assert "1 baris jurnal.jsonl, 1 baris kesepakatan.jsonl" in str(refused.value)
    assert state(var) == before
    done = cadangan.restore(saved, golden_facts, var, yes=True)
    books, uploads, pointer, rows = state(used)
    assert state(var)[0] == books
    assert state(var)[2:] == (pointer, rows)
    assert uploads.items() <= state(var)[1].items()
    assert (done.sebelumnya / "jurnal.jsonl").read_bytes() == before[0]["jurnal.jsonl"]
    assert (done.sebelumnya / "kesepakatan.jsonl").read_bytes() == before[0]["kesepakatan.jsonl"]


def test_an_older_folder_needs_no_yes_and_a_book_the_backup_lacks_goes(
    saved, used, golden_published, golden_facts, tmp_path
):
    var = shutil.copytree(golden_published, tmp_path / "var")
    cadangan.restore(saved, golden_facts, var)
    assert state(var) == state(used)
    early = tmp_path / "awal.zip"
    cadangan.backup(early, golden_facts, golden_published)
    cadangan.restore(early, golden_facts, var, yes=True)
    assert not list(var.glob("*.jsonl"))
    assert contents(var) == contents(golden_published)


def test_other_facts_give_another_version_and_say_so(saved, facts, used, tmp_path):
    done = cadangan.restore(saved, facts, tmp_path / "baru")
    assert not done.is_same
    assert state(tmp_path / "baru")[:2] == state(used)[:2]


def edited(saved, path, change):
    """The backup with its members changed: name -> content, in order."""
    with zipfile.ZipFile(saved) as packed:
        members = [(n, packed.read(n)) for n in packed.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in change(members):
            target.writestr(name, content)
    return path


def listed(members, extra):
    """The manifest with members added to it, so that only their names are wrong."""
    told = json.loads(dict(members)[cadangan.MANIFEST])
    for name, content in extra:
        plain = name.filename if isinstance(name, zipfile.ZipInfo) else name
        told["berkas"][plain] = [len(content), hashlib.sha256(content).hexdigest()]
    kept = [(n, c) for n, c in members if n != cadangan.MANIFEST]
    return [*kept, *extra, (cadangan.MANIFEST, json.dumps(told).encode())]


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def changed_manifest(**more):
    def change(members):
        told = json.loads(dict(members)[cadangan.MANIFEST])
        told |= more
        return [(n, json.dumps(told).encode() if n == cadangan.MANIFEST else c) for n, c in members]

    return change


HOSTILE = {
    "up": lambda m: listed(m, [("../keluar.jsonl", b"{}")]),
    "up inside": lambda m: listed(m, [("unggahan/../../keluar", b"{}")]),
    "absolute": lambda m: listed(m, [("/tmp/keluar.jsonl", b"{}")]),
    "backslash": lambda m: listed(m, [("..\\keluar.jsonl", b"{}")]),
    "drive": lambda m: listed(m, [("C:/keluar.jsonl", b"{}")]),
    "hidden": lambda m: listed(m, [(".kode-operator", b"{}")]),
    "pointer": lambda m: listed(m, [("CURRENT", b"abcdef012345\n")]),
    "link": lambda m: listed(m, [(link("unggahan/tautan"), b"/etc/passwd")]),
    "folder": lambda m: listed(m, [("buku.jsonl/", b"")]),
    "nul": lambda m: listed(m, [("buku\x00.jsonl", b"")]),
    "not listed": lambda m: [*m, ("lain.jsonl", b"{}")],
    "missing": lambda m: [(n, c) for n, c in m if n != journal.FILE],
    "another journal": lambda m: [(n, c + b" " if n == journal.FILE else c) for n, c in m],
    "same length": lambda m: [(n, c.replace(b"pokja", b"pokjb") if n == kesepakatan.FILE else c) for n, c in m],
    "no manifest": lambda m: [(n, c) for n, c in m if n != cadangan.MANIFEST],
    "manifest no JSON": lambda m: [(n, b"{" if n == cadangan.MANIFEST else c) for n, c in m],
    "manifest a list": lambda m: [(n, b"[]" if n == cadangan.MANIFEST else c) for n, c in m],
    "other form": changed_manifest(format=99),
    "files no table": changed_manifest(berkas=[1]),
    "sizes no numbers": changed_manifest(berkas={"jurnal.jsonl": ["x", "y"]}),
    "another version": changed_manifest(versi="abcdef012345"),
    "upload by another name": lambda m: [
        *[(n, c) for n, c in listed(m, [(f"unggahan/{'0' * 64}", b"lain")]) if n != cadangan.MANIFEST],
        listed(m, [(f"unggahan/{'0' * 64}", b"lain")])[-1],
    ],
    "journal no JSON": lambda m: listed([(n, c) for n, c in m if n != journal.FILE], [(journal.FILE, b"{}\n")]),
}


@pytest.fixture
def var(golden_published, tmp_path):
    """A folder that something is restored into."""
    return shutil.copytree(golden_published, tmp_path / "dalam" / "var")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_backup_changes_nothing(saved, golden_facts, var, tmp_path, kind):
    path = edited(saved, tmp_path / "jahat.zip", HOSTILE[kind])
    before = whole(tmp_path / "dalam")
    with pytest.raises((FileError, StoreError)) as refused:
        cadangan.restore(path, golden_facts, var, yes=True)
    assert "folder data tidak berubah" in str(refused.value) or "tidak dapat dibaca" in str(refused.value)
    after = whole(tmp_path / "dalam")
    after.pop("var/.kunci", None)
    before.pop("var/.kunci", None)
    assert after == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dalam", "jahat.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(saved, golden_facts, var, tmp_path):
    path = edited(saved, tmp_path / "jahat.zip", lambda m: [*m, next(x for x in m if x[0] == journal.FILE)])
    with pytest.raises(FileError, match="muncul dua kali"):
        cadangan.restore(path, golden_facts, var)


def test_a_backup_torn_anywhere_or_with_any_byte_changed_changes_nothing(saved, golden_facts, var, tmp_path):
    content = saved.read_bytes()
    before = whole(var)
    before.pop(".kunci", None)
    cases = [content[: len(content) * n // 12] for n in range(12)]
    cases += [
        content[:i] + bytes([content[i] ^ 255]) + content[i + 1 :] for i in range(30, len(content), len(content) // 40)
    ]
    refused = 0
    for case in cases:
        path = tmp_path / "robek.zip"
        path.write_bytes(case)
        try:
            cadangan._unpacked(path, fresh(tmp_path), var)
        except (FileError, StoreError):
            refused += 1
        after = whole(var)
        after.pop(".kunci", None)
        assert after == before
    assert refused >= len(cases) - 3, "only bytes that mean nothing, such as times of files, may differ"


def fresh(folder):
    made = folder / "siap"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    return made


def test_a_zip_bomb_stops_at_the_size_it_claims(saved, golden_facts, var, tmp_path):
    big = b"0" * 50_000_000
    path = edited(saved, tmp_path / "bom.zip", lambda m: [(n, big if n == journal.FILE else c) for n, c in m])
    with pytest.raises(FileError):
        cadangan.restore(path, golden_facts, var)
    huge = edited(saved, tmp_path / "bom2.zip", lambda m: listed(m, [("besar.jsonl", big)]))
    with zipfile.ZipFile(huge) as packed:
        assert huge.stat().st_size < packed.getinfo("besar.jsonl").file_size / 50
    with pytest.MonkeyPatch.context() as patch:
        usage = shutil.disk_usage(tmp_path)._replace(free=60_000_000)
        patch.setattr("shutil.disk_usage", lambda _path: usage)
        with pytest.raises(FileError, match="tidak muat"):
            cadangan.restore(huge, golden_facts, var)


def damage_upload(var):
    next((var / journal.UPLOADS).glob("[!.]*")).write_bytes(b"lain")


def lose_upload(var):
    next((var / journal.UPLOADS).glob("[!.]*")).unlink()


def tear_journal(var):
    path = var / journal.FILE
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize("damage", [damage_upload, lose_upload, tear_journal])
def test_a_sick_folder_makes_no_backup_and_leaves_the_old_one(used, golden_facts, tmp_path, damage):
    var = shutil.copytree(used, tmp_path / "var")
    damage(var)
    out = tmp_path / "c.zip"
    out.write_bytes(b"cadangan kemarin")
    with pytest.raises(StoreError):
        cadangan.backup(out, golden_facts, var)
    assert out.read_bytes() == b"cadangan kemarin"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.zip", "var"]


def test_a_backup_that_does_not_fit_leaves_the_old_one(used, golden_facts, tmp_path, monkeypatch):
    out = tmp_path / "c.zip"
    out.write_bytes(b"cadangan kemarin")

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kkb.cadangan._copy", full)
    with pytest.raises(FileError, match="No space left on device"):
        cadangan.backup(out, golden_facts, used)
    assert out.read_bytes() == b"cadangan kemarin"
    assert [p.name for p in tmp_path.iterdir()] == ["c.zip"]


def steps_of(var, monkeypatch, stop):
    """Make the so manieth change of a file's name, in the last part of a restore, end the process."""
    done = []

    class Killed(BaseException):
        pass

    for name in ("replace", "unlink", "rename"):
        real = getattr(type(var), name)

        def step(path, *rest, real=real, **more):
            if (var / pulih.READY).is_dir():
                done.append(path)
                if len(done) == stop:
                    raise Killed
            return real(path, *rest, **more)

        monkeypatch.setattr(type(var), name, step)
    return Killed, done


@pytest.mark.skipif(sys.platform == "win32", reason="hidden behind open files there")
def test_killed_at_any_step_of_the_swap_the_next_command_finishes_it(used, saved, golden_facts, tmp_path):
    stop = 1
    while True:
        var = shutil.copytree(used, tmp_path / str(stop))
        agree(var, "Kesepakatan sesudah cadangan")
        with pytest.MonkeyPatch.context() as patch:
            killed, done = steps_of(var, patch, stop)
            try:
                cadangan.restore(saved, golden_facts, var, yes=True)
                break
            except killed:
                pass
        assert store.current(var).newer_broken is None
        build(golden_facts, var)
        assert state(var) == state(used), f"stopped at {done[-1].name}"
        assert not (var / pulih.READY).exists()
        stop += 1
    assert stop > 5


def test_the_commands_tell_what_they_did(used, golden_facts, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KKB_DATA", str(used))
    monkeypatch.setenv("KKB_FAKTA", str(golden_facts))
    assert main(["backup", "--out", str(tmp_path / "c.zip")]) == 0
    assert "1 unggahan" in capsys.readouterr().out
    monkeypatch.setenv("KKB_DATA", str(tmp_path / "baru"))
    assert main(["restore", str(tmp_path / "c.zip")]) == 0
    assert "Dipulihkan dari cadangan" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "tidak-ada.zip")]) == 1
    monkeypatch.setenv("KKB_DATA", str(tmp_path / "lain"))
    assert main(["backup", "--out", str(tmp_path / "c.zip")]) == 1
    assert "Periksa KKB_DATA" in capsys.readouterr().err
