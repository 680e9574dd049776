"""A folder on an encrypted disk is known by what Linux says of its device."""

import os

import pytest

from kkb import doctor, enkripsi

CRYPT, VOLUME = "CRYPT-LUKS2-0a1b-kkb\n", "LVM-0a1b\n"


def device(sys_dir, name, uuid="", on=()):
    """A block device as /sys shows it, on other devices."""
    block = sys_dir / "devices" / name
    (block / "slaves").mkdir(parents=True)
    if uuid:
        (block / "dm").mkdir()
        (block / "dm/uuid").write_text(uuid)
    for other in on:
        (block / "slaves" / other.name).symlink_to(other)
    return block


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """Makes a device the one the folder lies on; None: nothing is known of it."""
    monkeypatch.setattr(enkripsi.sys, "platform", "linux")
    monkeypatch.setattr(enkripsi, "SYS", tmp_path / "sys")
    (tmp_path / "sys/dev/block").mkdir(parents=True)
    number = tmp_path.stat().st_dev

    def made(block):
        if block is not None:
            (tmp_path / f"sys/dev/block/{os.major(number)}:{os.minor(number)}").symlink_to(block)
        return tmp_path

    return made


def test_a_device_that_is_encrypted_or_lies_on_such_is_known(disk, tmp_path):
    below = device(tmp_path / "sys", "dm-0", CRYPT)
    folder = disk(device(tmp_path / "sys", "dm-1", VOLUME, [below]))
    assert enkripsi.is_encrypted(folder) is True


@pytest.mark.parametrize("uuid", ["", VOLUME])
def test_a_device_that_is_not_encrypted_is_known(disk, tmp_path, uuid):
    assert enkripsi.is_encrypted(disk(device(tmp_path / "sys", "dm-1", uuid))) is False


def test_one_plain_disk_of_two_is_enough_to_say_no(disk, tmp_path):
    parts = [device(tmp_path / "sys", "dm-0", CRYPT), device(tmp_path / "sys", "sda")]
    assert enkripsi.is_encrypted(disk(device(tmp_path / "sys", "dm-1", VOLUME, parts))) is False


def test_where_nothing_can_be_seen_nothing_is_said(disk, tmp_path, monkeypatch):
    assert enkripsi.is_encrypted(disk(None)) is None
    assert enkripsi.is_encrypted(tmp_path / "tidak ada") is None
    monkeypatch.setattr(enkripsi.sys, "platform", "win32")
    assert enkripsi.is_encrypted(tmp_path) is None


@pytest.mark.parametrize("encrypted", [True, False, None])
def test_the_doctor_gives_a_hint_and_no_problem(tmp_path, monkeypatch, encrypted):
    monkeypatch.setattr(enkripsi, "is_encrypted", lambda folder: encrypted)
    (found,) = doctor._encryption(doctor.Place(tmp_path, tmp_path, 1))
    assert found.level == doctor.GOOD
    assert ("tidak" in found.words) == (encrypted is not True)
