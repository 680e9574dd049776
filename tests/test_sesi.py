"""A login that nobody uses ends, in every tab and at every server of the data folder."""

import time

import pytest

from kkb import config, sesi

NOW = int(time.time())
MINUTE = 60


@pytest.fixture
def at(monkeypatch, tmp_path):
    """Uses the login of an account so many minutes after it was made; gives whether it still holds."""

    def used(minutes, account="a", begun=NOW, folder=tmp_path):
        monkeypatch.setattr("kkb.sesi.time.time", lambda: NOW + minutes * MINUTE)
        return sesi.used(folder, account, begun)

    return used


def test_what_is_used_goes_on_and_what_lay_unused_is_over_for_good(at):
    assert [at(m) for m in (0, 29, 58, 87)] == [True] * 4
    assert [at(m) for m in (118, 119, 140)] == [False] * 3


def test_one_login_does_not_keep_another_alive(at):
    assert at(0)
    assert at(0, account="b")
    assert at(20, account="b")
    assert at(40, account="b")
    assert not at(40)
    assert at(40, begun=NOW + 39 * MINUTE), "whoever logs in again is in"


def test_a_login_of_which_nothing_is_known_counts_from_its_begin(at):
    assert at(29)
    assert not at(31, account="b")


def test_where_nothing_can_be_written_a_login_ends_after_its_begin(at, tmp_path):
    blocked = tmp_path / "berkas"
    blocked.write_bytes(b"")
    assert at(29, folder=blocked)
    assert not at(31, folder=blocked)


def test_a_time_far_ahead_opens_nothing(at):
    """The clock was ahead when the login was used last, and is set back."""
    assert at(20)
    assert at(18)
    assert not at(1)


def test_use_is_written_once_a_minute_and_old_files_go(at, tmp_path):
    folder = tmp_path / sesi.FOLDER
    at(0)
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    at(0.5)
    assert path.stat().st_mtime == NOW
    at(2)
    assert path.stat().st_mtime == NOW + 2 * MINUTE
    later = 25 * 60
    assert at(later, account="b", begun=NOW + later * MINUTE)
    assert path not in list(folder.iterdir())


@pytest.mark.parametrize(
    ("text", "minutes"), [("", 30), ("15", 15), ("0", 5), ("-1", 5), ("9999", 720), ("x", 30), ("nan", 5)]
)
def test_the_setting_is_bounded(monkeypatch, text, minutes):
    monkeypatch.setenv("KKB_DIAM_MENIT", text)
    assert config.idle_minutes() == minutes
