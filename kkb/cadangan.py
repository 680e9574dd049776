"""A backup of the data folder in one file, and bringing it back.

What cannot be made again is in it: the journal, the uploads, the book of agreements and other books of the folder, and
which version was published. `manifes.json` names every file with its size and SHA-256. Nothing is written to the data
folder before all of that was found true, the version was built again from it, and it is what the manifest says.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kkb import berkas, journal, kesepakatan, store
from kkb.build import build, facts, pulih
from kkb.build.giliran import turn
from kkb.errors import FileError, StoreError

MANIFEST = "manifes.json"
FORMAT = 1
_LARGEST_MANIFEST = 10_000_000
_CHUNK = 1 << 20
_ALLOWED = re.compile(rf"[a-z][a-z_]{{0,40}}\.jsonl|{journal.UPLOADS}/[0-9a-f]{{64}}|kkb-[0-9a-f]{{12}}\.duckdb")
"""The only files a backup may hold besides its manifest."""


_TORN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, KeyError, TypeError, AttributeError),
)
"""What reading a torn or hostile zip file and its manifest may raise."""


@dataclass(frozen=True)
class Told:
    """What a backup holds: when it was made (ISO 8601, UTC), the version that was published then ('' for none), the
    digest of facts and code it was built with, and size and SHA-256 of each file."""

    dibuat: str
    versi: str
    sidik_fakta: str
    berkas: dict[str, tuple[int, str]]

    def count(self, start: str) -> int:
        """How many files have a name that starts so."""
        return sum(name.startswith(start) for name in self.berkas)


def backup(out: Path, facts_dir: Path, var_dir: Path, *, versions: bool = False) -> Told:
    """Write the backup, whole or not at all, and read it once more before it gets its name.

    StoreError when the folder is not whole, since such a backup could not be brought back; FileError when the file
    cannot be written.
    """
    if not var_dir.is_dir():
        raise StoreError(f"Folder data {var_dir} tidak ada.", "Periksa KKB_DATA, lalu ulangi.")
    with turn(var_dir):
        check(var_dir)
        names = [p.name for p in sorted(var_dir.glob("*.jsonl"))]
        names += [f"{journal.UPLOADS}/{p.name}" for p in sorted((var_dir / journal.UPLOADS).glob("[!.]*"))]
        version = store.published(var_dir) or ""
        if versions and version and store.path_of(var_dir, version).is_file():
            names.append(store.path_of(var_dir, version).name)
        strange = [n for n in names if not _ALLOWED.fullmatch(n)]
        if strange:
            raise StoreError(
                f"Folder data memuat berkas yang tidak dikenal: {strange[0]}.", "Pindahkan berkas itu, lalu ulangi."
            )
        written = berkas.unfinished(out)
        try:
            written.touch(mode=0o600)
            made = _written(written, names, version, facts_dir, var_dir)
            with zipfile.ZipFile(written) as packed:
                for name in made.berkas:
                    _copy(packed, name, made, None)
            berkas.finish(written, out)
        except OSError as error:
            raise FileError(
                f"Cadangan {out} tidak dapat ditulis ({error.strerror or type(error).__name__}).",
                "Pilih folder lain yang dapat ditulis dan cukup luas. Cadangan yang lama tidak berubah.",
            ) from error
        finally:
            written.unlink(missing_ok=True)
    return made


def _written(path: Path, names: Iterable[str], version: str, facts_dir: Path, var_dir: Path) -> Told:
    listed: dict[str, tuple[int, str]] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            digest, size = hashlib.sha256(), 0
            with (var_dir / name).open("rb") as source, packed.open(name, "w", force_zip64=True) as target:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
            listed[name] = size, digest.hexdigest()
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        made = Told(moment, version, _facts_digest(facts_dir), listed)
        told = {"format": FORMAT, **made.__dict__}
        packed.writestr(MANIFEST, json.dumps(told, indent=1))
    return made


def _facts_digest(facts_dir: Path) -> str:
    return facts.digest(facts.inputs(facts_dir)).hexdigest()


def check(var_dir: Path) -> None:
    """StoreError unless the journal and the book can be read and every upload is there, unchanged."""
    known = journal.entries(var_dir)
    kesepakatan.agreements(var_dir)
    stored = {p.name for p in (var_dir / journal.UPLOADS).glob("[!.]*")}
    wanted = {e.sha256: e for e in known if e.sha256}
    for sha256 in sorted(stored | set(wanted)):
        path = journal.upload_path(var_dir, sha256)
        if not path.is_file() or _sha256(path) != sha256:
            entry = wanted.get(sha256)
            called = f"nomor {entry.nomor} ({entry.berkas})" if entry else f"{sha256[:12]}…"
            raise StoreError(
                f"Unggahan {called} hilang atau berubah.",
                "Pulihkan dari cadangan terdahulu dengan `python -m kkb restore`.",
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Restored:
    """What was brought back: the manifest, the version now published, whether it is the one of the manifest, and where
    what was there before is kept (None when nothing was)."""

    told: Told
    versi: str
    is_same: bool
    sebelumnya: Path | None


def restore(path: Path, facts_dir: Path, var_dir: Path, *, yes: bool = False) -> Restored:
    """Put the data folder in the state of a backup.

    FileError when the file is torn or holds what no backup holds; StoreError when the folder has lines that the backup
    has not, unless `yes`, or when what is built differs from what the manifest says. With either the folder stays.
    """
    with turn(var_dir):
        ready = berkas.unfinished(var_dir / "pulih")
        try:
            ready.mkdir()
            told = _unpacked(path, ready, var_dir)
            lost = _lost(ready, var_dir)
            if lost and not yes:
                raise StoreError(
                    f"Folder data memuat yang tidak ada di cadangan: {', '.join(lost)}.",
                    "Buat cadangan folder itu dahulu, lalu ulangi dengan --yes bila memang akan diganti.",
                )
            version = build(facts_dir, ready)
            is_same = version == told.versi
            if told.versi and not is_same and told.sidik_fakta == _facts_digest(facts_dir):
                raise StoreError(
                    f"Versi yang dibangun dari cadangan ({version}) bukan versi yang dicadangkan ({told.versi}).",
                    "Gunakan cadangan lain; folder data tidak berubah.",
                )
            before = pulih.commit(ready, var_dir)
        finally:
            shutil.rmtree(ready, ignore_errors=True)
    return Restored(told, version, is_same, before)


def _lost(ready: Path, var_dir: Path) -> list[str]:
    """What the folder has and the backup has not, in words."""
    lost = []
    for book in sorted(var_dir.glob("*.jsonl")):
        here = book.read_bytes()
        there = (ready / book.name).read_bytes() if (ready / book.name).is_file() else b""
        if not there.startswith(here):
            same = sum(a == b for a, b in zip(here.splitlines(), there.splitlines(), strict=False))
            lost.append(f"{len(here.splitlines()) - same} baris {book.name}")
    return lost


def _unpacked(path: Path, ready: Path, var_dir: Path) -> Told:
    """Unpack into a folder of its own, having checked every name, size and hash."""
    try:
        opened = path.open("rb")
    except OSError as error:
        raise FileError(
            f"Berkas {path} tidak dapat dibaca ({error.strerror}).", "Periksa namanya, lalu ulangi."
        ) from error
    try:
        with opened, zipfile.ZipFile(opened) as packed:
            told = _manifest(packed)
            need = sum(size for size, _sha in told.berkas.values())
            if need * 2 > shutil.disk_usage(var_dir).free:
                raise _refused(f"isinya {need} byte tidak muat di penyimpanan")
            (ready / journal.UPLOADS).mkdir()
            for name in told.berkas:
                with (ready / name).open("xb") as target:
                    _copy(packed, name, told, target)
    except _TORN as error:
        raise _refused("berkas terpotong atau rusak") from error
    check(ready)
    return told


def _manifest(packed: zipfile.ZipFile) -> Told:
    infos = packed.infolist()
    names = [i.filename for i in infos]
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise _refused("tidak ada manifes, atau ada nama yang muncul dua kali")
    if packed.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise _refused("manifes terlalu besar")
    if any(i.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for i in infos):
        raise _refused("dimampatkan dengan cara yang tidak dikenal")
    raw = json.loads(packed.read(MANIFEST))
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise _refused("bentuk cadangan ini tidak dikenal oleh versi aplikasi ini")
    listed = {str(n): (int(size), str(sha256)) for n, (size, sha256) in dict(raw["berkas"]).items()}
    if set(listed) != set(names) - {MANIFEST}:
        raise _refused("isinya tidak sama dengan manifes")
    for info in infos:
        name = info.filename
        if name != MANIFEST and (not _ALLOWED.fullmatch(name) or info.is_dir() or info.file_size != listed[name][0]):
            raise _refused(f"memuat “{name[:80]}”, yang bukan bagian cadangan")
        if name.startswith(f"{journal.UPLOADS}/") and listed[name][1] != name.rpartition("/")[2]:
            raise _refused(f"“{name[:80]}” tidak sesuai dengan sidiknya")
    return Told(str(raw["dibuat"]), str(raw["versi"]), str(raw["sidik_fakta"]), listed)


def _copy(packed: zipfile.ZipFile, name: str, told: Told, target: IO[bytes] | None) -> None:
    """Read a file of the backup to its end, and write it to a target if there is one. FileError unless it is what the
    manifest says; never more than that many bytes."""
    size, sha256 = told.berkas[name]
    digest, left = hashlib.sha256(), size
    with packed.open(name) as source:
        while chunk := source.read(min(_CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            if target:
                target.write(chunk)
    if left or digest.hexdigest() != sha256:
        raise _refused(f"“{name}” tidak sesuai dengan sidiknya")


def _refused(why: str) -> FileError:
    return FileError(f"Cadangan tidak dapat dipulihkan: {why}.", "Gunakan cadangan lain; folder data tidak berubah.")
