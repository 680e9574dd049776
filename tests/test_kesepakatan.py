"""The book of agreements: what it refuses, what it says after each event, lateness at its borders, many writers."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kkb import journal, kesepakatan
from kkb.compute import kesepakatan as compute
from kkb.config import ROOT
from kkb.errors import EntryError, StoreError
from kkb.kesepakatan import Draft, Known

TODAY, MET, DUE = "2026-11-28", "2026-11-02", "2026-11-20"
PADANGIN, WARUKIN, TANTA, TABALONG = "6309032012", "6309032004", "630903", "6309"
KNOWN = Known(frozenset({PADANGIN, WARUKIN, TANTA, TABALONG}), frozenset({"DPMD", "DINKES"}), frozenset({"SK11"}))


def draft(**changes):
    told = {"rapat": "Rapat", "tanggal_rapat": MET, "isi": "Menyusun SK Pokja", "wilayah": [PADANGIN]}
    return Draft(**{**told, "kode_opd": "DPMD", "tenggat": DUE, **changes})


def agree(folder, **changes):
    return kesepakatan.open_new(folder, "Siti", draft(**changes), KNOWN, TODAY)


def lines(folder):
    return (folder / kesepakatan.FILE).read_bytes().split(b"\n")[:-1]


def test_the_state_follows_from_what_was_written_and_nothing_written_changes(tmp_path):
    agree(tmp_path)
    first = lines(tmp_path)
    kesepakatan.comment(tmp_path, "Ahmad", 1, "Rancangan sudah ada")
    kesepakatan.move_due(tmp_path, "Ahmad", 1, "2026-12-15", "Menunggu musyawarah", TODAY)
    kesepakatan.correct(tmp_path, "Siti", 1, "Menyusun dua SK Pokja")
    kesepakatan.link(tmp_path, "Siti", 1, [(PADANGIN, "2026-11", "Musyawarah desa")])
    kesepakatan.set_status(tmp_path, "Siti", 1, "selesai", "2026-11-27", TODAY, "Sudah terbit")
    (now,) = kesepakatan.agreements(tmp_path)
    assert (now.isi, now.status, now.pada) == ("Menyusun dua SK Pokja", "selesai", "2026-11-27")
    assert (now.tenggat, now.tenggat_semula) == ("2026-12-15", DUE)
    assert now.kegiatan == ((PADANGIN, "2026-11", "Musyawarah desa"),)
    assert now.discussed == (TODAY,)
    assert (now.last_comment.oleh, now.last_comment.catatan) == ("Siti", "Sudah terbit")
    assert [e.jenis for e in now.lalu] == ["buka", "komentar", "tenggat", "ralat", "kegiatan", "status"]
    assert [e.nomor for e in kesepakatan.events(tmp_path)] == [1, 2, 3, 4, 5, 6]
    assert lines(tmp_path)[:1] == first
    before = compute.fold(kesepakatan.events(tmp_path)[:3])[0]
    assert (before.isi, before.status, before.tenggat) == ("Menyusun SK Pokja", "belum", "2026-12-15")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"isi": " \n\u200b "}, "“isi kesepakatan” masih kosong"),
        ({"isi": "a" * 501}, "terlalu panjang: 501 karakter"),
        ({"isi": "Hubungi 0812-3456-7890"}, "nomor telepon"),
        ({"isi": "NIK 6309014107900001 dibantu"}, "NIK"),
        ({"rapat": ""}, "“nama rapat” masih kosong"),
        ({"tanggal_rapat": "2026-11-29"}, "belum tiba"),
        ({"tanggal_rapat": ""}, "bukan tanggal"),
        ({"tenggat": "2026-11-01"}, "Tenggat 01/11/2026 lebih awal daripada tanggal rapat 02/11/2026"),
        ({"tenggat": "2062-11-01"}, "lebih dari 10 tahun"),
        ({"wilayah": ["6309999999"]}, "Wilayah 6309999999 tidak dikenal"),
        ({"wilayah": []}, "Wilayah kesepakatan belum dipilih"),
        ({"kode_opd": "PUPRX"}, "belum dipilih atau tidak dikenal"),
        ({"kode_indikator": "XX99"}, "Indikator XX99 tidak dikenal"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words_and_not_written(tmp_path, changes, told):
    with pytest.raises(EntryError, match=told):
        agree(tmp_path, **changes)
    assert not (tmp_path / kesepakatan.FILE).exists()


def test_what_does_not_fit_the_state_is_refused(tmp_path):
    agree(tmp_path)
    with pytest.raises(EntryError, match="nama operator"):
        kesepakatan.comment(tmp_path, " ", 1, "x")
    with pytest.raises(EntryError, match="nomor 2 tidak ada"):
        kesepakatan.comment(tmp_path, "Siti", 2, "x")
    with pytest.raises(EntryError, match="memang sudah demikian"):
        kesepakatan.move_due(tmp_path, "Siti", 1, DUE, "x")
    with pytest.raises(EntryError, match="“alasan penggeseran” masih kosong"):
        kesepakatan.move_due(tmp_path, "Siti", 1, "2026-12-01", "")
    with pytest.raises(EntryError, match="belum tiba"):
        kesepakatan.set_status(tmp_path, "Siti", 1, "selesai", "2026-11-29", TODAY)
    with pytest.raises(EntryError, match="lebih awal daripada 02/11/2026"):
        kesepakatan.set_status(tmp_path, "Siti", 1, "selesai", "2026-11-01", TODAY)
    with pytest.raises(EntryError, match="di luar wilayah"):
        kesepakatan.link(tmp_path, "Siti", 1, [(WARUKIN, "2026", "x")])
    kesepakatan.set_status(tmp_path, "Siti", 1, "batal", TODAY, TODAY)
    with pytest.raises(EntryError, match="sudah selesai atau batal"):
        kesepakatan.move_due(tmp_path, "Siti", 1, "2026-12-01", "x")
    assert len(lines(tmp_path)) == 2


def test_an_area_within_another_is_left_out_and_reaches_its_parts(tmp_path):
    now = agree(tmp_path, wilayah=[PADANGIN, TANTA])
    assert now.wilayah == (TANTA,)
    assert [compute.touches(now, c) for c in (PADANGIN, TANTA, TABALONG, "6309082004", "630908")] == [
        *(True, True, True),
        *(False, False),
    ]
    assert compute.touches(agree(tmp_path, wilayah=[TABALONG, TANTA]), "6309082004")


@pytest.mark.parametrize(
    ("status", "day", "today", "late"),
    [
        ("belum", MET, "2026-11-19", 0),
        ("belum", MET, DUE, 0),
        ("belum", MET, "2026-11-21", 1),
        ("berjalan", "2026-11-25", "2026-12-20", 30),
        ("selesai", DUE, "2027-01-01", 0),
        ("selesai", "2026-11-21", "2027-01-01", 1),
        ("batal", "2026-11-27", "2027-01-01", 0),
    ],
)
def test_lateness_begins_the_day_after_the_due_date_and_ends_with_the_work(status, day, today, late):
    agreement = compute.Agreement(1, "Rapat", MET, "x", (TANTA,), "DPMD", DUE, DUE, "", day, status)
    assert compute.days_late(agreement, today) == late
    assert compute.is_late(agreement, today) == (late > 0 and status in ("belum", "berjalan"))


def test_open_and_latest_first_then_the_nearest_due_date(tmp_path):
    for due in ("2026-12-01", "2026-11-10", "2026-11-30", "2026-11-28", "2026-11-09"):
        agree(tmp_path, tenggat=due)
    kesepakatan.set_status(tmp_path, "Siti", 5, "selesai", TODAY, TODAY)
    found = compute.ordered(kesepakatan.agreements(tmp_path), TODAY)
    assert [a.nomor for a in found] == [2, 4, 3, 1, 5]
    assert compute.counts(found, TODAY) == compute.Counts(
        berlaku=5, batal=0, terbuka=4, lewat=1, segera=3, selesai=1, tepat=0
    )
    assert [a.nomor for a in compute.chosen(found, TODAY, status="lewat")] == [2]
    assert [a.nomor for a in compute.chosen(found, TODAY, office="DINKES")] == []


def test_the_next_meeting_gets_what_is_open_from_earlier_ones(tmp_path):
    agree(tmp_path)
    agree(tmp_path, rapat="Lain", tanggal_rapat="2026-11-20")
    agree(tmp_path, rapat="Lain", tanggal_rapat="2026-11-20")
    kesepakatan.set_status(tmp_path, "Siti", 2, "selesai", TODAY, TODAY)
    now = kesepakatan.agreements(tmp_path)
    assert compute.meetings(now) == {2: ("Lain", "2026-11-20", 2), 1: ("Rapat", MET, 1)}
    assert [a.nomor for a in compute.carried_over(now, "2026-11-20")] == [1]
    assert [a.nomor for a in compute.carried_over(now, "2026-12-10")] == [1, 3]
    assert [a.nomor for a in compute.chosen(now, TODAY, meeting=3)] == [2, 3]


def test_a_torn_line_is_named_and_stops_writing_until_it_is_mended(tmp_path):
    agree(tmp_path)
    path = tmp_path / kesepakatan.FILE
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="baris 2 tidak dapat dibaca"):
        kesepakatan.agreements(tmp_path)
    with pytest.raises(StoreError, match="baris 2"):
        kesepakatan.comment(tmp_path, "Siti", 1, "x")
    assert path.read_bytes() == whole + whole[: len(whole) // 2]
    path.write_bytes(whole.removesuffix(b"\n"))
    kesepakatan.comment(tmp_path, "Siti", 1, "x")
    assert path.read_bytes().startswith(whole)
    assert len(lines(tmp_path)) == 2


@pytest.mark.parametrize(
    "line",
    [
        '{"nomor": 2, "saat": "2026-11-28T00:00:00+00:00", "oleh": "x", "jenis": "komentar", "kesepakatan": 7}',
        '{"nomor": 2, "saat": "2026-11-28T00:00:00+00:00", "oleh": "x", "jenis": "buka", "kesepakatan": 1}',
        '{"nomor": 2, "saat": "2026-11-28T00:00:00+00:00", "oleh": "x", "jenis": "hapus", "kesepakatan": 1}',
        '{"lain": 1}',
        "[]",
        "",
    ],
)
def test_a_line_that_does_not_follow_is_named(tmp_path, line):
    agree(tmp_path)
    path = tmp_path / kesepakatan.FILE
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(StoreError, match="baris 2 tidak dapat dibaca"):
        kesepakatan.events(tmp_path)


def test_signs_that_look_like_the_end_of_a_line_end_none(tmp_path):
    agree(tmp_path, isi="satu\u2028dua\x85tiga\x0bempat\nlima")
    assert kesepakatan.agreements(tmp_path)[0].isi == "satu dua tiga empat lima"
    entry = journal.Entry(1, "2026-11-28T00:00:00+00:00", "Siti\u2028", "impor", catatan="a\x85b")
    journal.append(tmp_path, entry)
    assert journal.entries(tmp_path) == (entry,)


def test_a_full_disk_leaves_the_book_as_it_was(tmp_path, monkeypatch):
    agree(tmp_path)
    whole = (tmp_path / kesepakatan.FILE).read_bytes()
    write = Path.write_bytes

    def full(path, content):
        write(path, content[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreError, match="tidak dapat ditulis"):
        kesepakatan.comment(tmp_path, "Siti", 1, "x")
    assert (tmp_path / kesepakatan.FILE).read_bytes() == whole


WRITER = """
import sys
from pathlib import Path
from kkb import kesepakatan
folder, who = Path(sys.argv[1]), sys.argv[2]
for n in range(25):
    kesepakatan.comment(folder, who, 1, f"{who} {n}")
"""


def test_writers_at_once_lose_nothing_and_give_each_number_once(tmp_path):
    agree(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), who], cwd=ROOT, env=environment)
        for who in ("Siti", "Ahmad", "Rina")
    ]
    assert [p.wait(timeout=120) for p in running] == [0, 0, 0]
    assert [json.loads(line)["nomor"] for line in lines(tmp_path)] == list(range(1, 77))
    said = [e.catatan for e in kesepakatan.agreements(tmp_path)[0].lalu[1:]]
    for who in ("Siti", "Ahmad", "Rina"):
        assert [s for s in said if s.startswith(who)] == [f"{who} {n}" for n in range(25)]
