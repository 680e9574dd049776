"""One-time codes: valid once, for a while, and never kept in the open."""

import time

import pytest

from kkb import akses, peran
from kkb.__main__ import main
from kkb.errors import KkbError
from kkb.ui import operator


def test_a_code_opens_once(tmp_path):
    code = akses.issue(tmp_path)
    assert not akses.redeem(tmp_path, "bukan-kode")
    assert akses.redeem(tmp_path, f" {code}\n")
    assert not akses.redeem(tmp_path, code)


def test_a_new_code_replaces_the_old_and_an_old_one_runs_out(tmp_path, monkeypatch):
    first = akses.issue(tmp_path)
    second = akses.issue(tmp_path)
    assert first != second
    assert not akses.redeem(tmp_path, first)
    late = time.time() + 60 * akses.MINUTES + 1
    monkeypatch.setattr("kkb.akses.time.time", lambda: late)
    assert not akses.redeem(tmp_path, second)


def test_only_the_hash_is_kept_and_only_for_the_owner(tmp_path):
    code = akses.issue(tmp_path)
    path = tmp_path / akses.FILE
    assert code not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_without_a_code_nothing_opens(tmp_path):
    assert not akses.redeem(tmp_path, "")
    (tmp_path / akses.FILE).write_text("rusak")
    assert not akses.redeem(tmp_path, "")


def test_whoever_has_not_entered_may_change_nothing(monkeypatch):
    monkeypatch.setattr(operator.st, "session_state", {})
    with pytest.raises(KkbError, match="Hanya operator"):
        operator.require()


def test_a_code_is_over_after_five_tries_and_a_new_one_is_not(tmp_path):
    code = akses.issue(tmp_path)
    for _ in range(akses.TRIES - 1):
        assert not akses.redeem(tmp_path, "bukan-kode")
    assert akses.redeem(tmp_path, code), "the fifth try may be right"
    code = akses.issue(tmp_path)
    for _ in range(akses.TRIES):
        assert not akses.redeem(tmp_path, "bukan-kode")
    assert not (tmp_path / akses.FILE).exists()
    assert not akses.redeem(tmp_path, code)
    assert akses.redeem(tmp_path, akses.issue(tmp_path))


def test_many_tries_at_once_are_no_more_than_five(tmp_path, monkeypatch):
    akses.issue(tmp_path)
    looked = []
    monkeypatch.setattr("kkb.akses.hmac.compare_digest", lambda *both: looked.append(both) and False)
    monkeypatch.setattr("kkb.akses.Path.unlink", lambda *_a, **_k: None)  # as when none has come to it yet
    for _ in range(20):
        akses.redeem(tmp_path, "x")
    marks = (tmp_path / akses.FILE).read_bytes().partition(b"\n")[2]
    assert (len(looked), len(marks)) == (20, 20)
    monkeypatch.setattr("kkb.akses.hmac.compare_digest", lambda *_both: True)
    assert not akses.redeem(tmp_path, "x"), "the right one comes too late"


def test_a_user_without_a_name_can_use_the_command_line(tmp_path, monkeypatch, capsys):
    def nameless():
        raise KeyError("getpwuid(): uid not found: 10001")

    monkeypatch.setattr("kkb.__main__.getuser", nameless)
    monkeypatch.setattr("kkb.__main__.os.getuid", lambda: 10001, raising=False)
    monkeypatch.setenv("KKB_DATA", str(tmp_path))
    assert main(["peran", "a@b.c", "admin"]) == 0
    assert peran.events(tmp_path)[0].oleh == "uid 10001"
