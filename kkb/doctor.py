"""Whether an installation can be relied on, check by check, and what to do where it cannot. Only looks; asks no host
but this machine itself."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from kkb import berkas, cadangan, config, danau, enkripsi, journal, kesehatan, store, wilayah
from kkb import format as fmt
from kkb.build import facts, unggahan, version_of
from kkb.errors import FactError, KkbError, NotBuiltError

GOOD, LOOK, BAD = "baik", "perhatian", "masalah"
PYTHON = (3, 11)
_HOUR = 3600


@dataclass(frozen=True)
class Finding:
    """One line: GOOD, LOOK or BAD, and words that say what was found and, unless it is good, what to do."""

    level: str
    words: str


@dataclass(frozen=True)
class Place:
    """What is looked at."""

    facts_dir: Path
    var_dir: Path
    port: int


def look(facts_dir: Path, var_dir: Path, port: int) -> list[Finding]:
    """All checks, in the order in which problems should be mended. A check that fails itself is a problem too."""
    place = Place(facts_dir, var_dir, port)
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += check(place)
        except KkbError as error:
            found.append(Finding(BAD, f"{error.message} {error.command}"))
        except Exception as error:
            found.append(Finding(BAD, f"{check.__doc__} tidak dapat diperiksa ({type(error).__name__}: {error})."))
    return list(dict.fromkeys(found))


def lines(findings: list[Finding]) -> list[str]:
    """One line per check, and a last one that sums up."""
    counts = {level: sum(f.level == level for f in findings) for level in (GOOD, LOOK, BAD)}
    summary = ", ".join(f"{n} {level}" for level, n in counts.items())
    told = [f"{f.level}: {' '.join(f.words.split())}" for f in findings]
    return [*told, f"{len(findings)} pemeriksaan: {summary}"]


def exit_code(findings: list[Finding]) -> int:
    """1 when there is a problem."""
    return int(any(f.level == BAD for f in findings))


def _python(_place: Place) -> Iterator[Finding]:
    """Versi Python"""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON:
        yield Finding(BAD, f"Python {version}; pasang Python 3.11 atau lebih baru.")
    else:
        yield Finding(GOOD, f"Python {version}")


def pinned(lock: str = "requirements") -> dict[str, str]:
    """Version by package, of all that a lock installs on this system and Python. OSError without the file."""
    lines = (config.ROOT / f"{lock}.txt").read_text("utf-8").splitlines()
    pins = [Requirement(line.removesuffix("\\")) for line in lines if line[:1].isalnum()]
    return {p.name: str(p.specifier).removeprefix("==") for p in pins if p.marker is None or p.marker.evaluate()}


def _packages(_place: Place) -> Iterator[Finding]:
    """Paket Python"""
    wanted = pinned()
    wrong = []
    for name, version in wanted.items():
        try:
            present = metadata.version(name)
        except metadata.PackageNotFoundError:
            present = "tidak ada"
        if present != version:
            wrong.append(f"{name} {present}, seharusnya {version}")
    if wrong:
        more = f" dan {len(wrong) - 5} lagi" if len(wrong) > 5 else ""
        do = "jalankan `.venv/bin/pip install --require-hashes -r requirements.txt`."
        yield Finding(BAD, f"paket tidak sesuai requirements.txt: {'; '.join(wrong[:5])}{more}; {do}")
    else:
        yield Finding(GOOD, f"{len(wanted)} paket sesuai requirements.txt")


def _folder(place: Place) -> Iterator[Finding]:
    """Folder data"""
    if not place.var_dir.is_dir():
        yield Finding(BAD, f"folder data {place.var_dir} tidak ada; buat folder itu atau atur KKB_DATA.")
        return
    try:
        with tempfile.TemporaryFile(dir=place.var_dir) as file:
            file.write(b"uji")
        yield Finding(GOOD, f"folder data {place.var_dir} dapat ditulis")
    except OSError as error:
        do = "beri izin tulis kepada pengguna yang menjalankan dasbor."
        yield Finding(BAD, f"folder data {place.var_dir} tidak dapat ditulis ({error.strerror}); {do}")


def _disk(place: Place) -> Iterator[Finding]:
    """Ruang penyimpanan"""
    free = kesehatan.free(place.var_dir)
    if free is None:
        yield Finding(BAD, "ruang penyimpanan tidak dapat dibaca; periksa disk tempat folder data.")
        return
    words = f"ruang kosong {fmt.number(free / 1e6)} MB"
    if free < kesehatan.LOW:
        yield Finding(BAD, f"{words}; sediakan ruang di disk, karena versi baru dapat gagal dibangun.")
    elif free < kesehatan.TIGHT:
        yield Finding(LOOK, f"{words}; siapkan ruang lebih dari 1.000 MB.")
    else:
        yield Finding(GOOD, words)


def _facts(place: Place) -> Iterator[Finding]:
    """Berkas fakta"""
    try:
        facts.load(place.facts_dir)
    except FactError as error:
        do = "kembalikan berkasnya, atau jalankan `python -m kkb build` untuk melihat semuanya."
        yield Finding(BAD, f"{len(error.problems)} masalah pada berkas fakta, pertama: {error.problems[0]}; {do}")
        return
    yield Finding(GOOD, f"{len(facts.files())} berkas fakta utuh dan sesuai sidiknya di SUMBER.csv")


def _version(place: Place) -> Iterator[Finding]:
    """Versi yang terbit"""
    try:
        warehouse = store.current(place.var_dir)
    except NotBuiltError as error:
        yield Finding(BAD, f"{error.message} {error.command}")
        return
    if warehouse.newer_broken:
        do = f"yang tampil adalah {warehouse.version}; jalankan `python -m kkb build`."
        yield Finding(BAD, f"versi {warehouse.newer_broken} yang ditunjuk CURRENT tidak utuh, {do}")
    elif warehouse.version != version_of(place.facts_dir, place.var_dir):
        do = "jalankan `python -m kkb build`."
        yield Finding(LOOK, f"versi {warehouse.version} dibangun dari fakta, jurnal, atau kode yang lain; {do}")
    else:
        yield Finding(GOOD, f"versi {warehouse.version} utuh dan terbaru")
    if danau.is_set() and warehouse.spare is None:
        return
    if store.is_locked(warehouse):
        yield Finding(GOOD, "DuckDB tidak dapat membaca berkas atau alamat lain, dan setelannya terkunci")
    else:
        yield Finding(BAD, "DuckDB dapat membaca berkas lain; pasang ulang aplikasi ini.")


def _lake(place: Place) -> Iterator[Finding]:
    """Danau data"""
    if not danau.is_set():
        yield Finding(GOOD, "data dibaca dari berkas (KKB_DANAU kosong)")
        return
    version = store.published(place.var_dir)
    if version:
        store.from_lake(place.var_dir, version).connection.close()
        yield Finding(GOOD, f"danau data memuat versi {version}, dan dibaca dari sana")


def _books(place: Place) -> Iterator[Finding]:
    """Jurnal, unggahan, dan buku kesepakatan"""
    cadangan.check(place.var_dir)
    entries = len(journal.entries(place.var_dir))
    uploads = len(list((place.var_dir / journal.UPLOADS).glob("[!.]*")))
    yield Finding(GOOD, f"jurnal ({entries} entri), {uploads} unggahan, dan buku kesepakatan utuh")


def _clock(place: Place) -> Iterator[Finding]:
    """Jam komputer"""
    today, now = date.fromisoformat(fmt.today()), datetime.now(UTC)
    later = [
        e.saat for e in journal.entries(place.var_dir) if datetime.fromisoformat(e.saat) > now + timedelta(hours=1)
    ]
    try:
        warehouse = store.current(place.var_dir)
        newest, built = kesehatan.newest(wilayah.chosen(warehouse)), warehouse.built
    except KkbError:
        newest, built = None, now
    do = "perbaiki tanggal komputer ini (misalnya dengan NTP)."
    if newest and date.fromisoformat(newest) > today:
        yield Finding(BAD, f"hari ini {fmt.day(today)}, sebelum data terakhir ({fmt.period(newest)}); {do}")
    elif built > now + timedelta(hours=1) or later:
        yield Finding(BAD, f"hari ini {fmt.day(today)}, sebelum versi atau entri jurnal terakhir dibuat; {do}")
    else:
        yield Finding(GOOD, f"jam komputer {fmt.moment(now.isoformat())}")


def _port(place: Place) -> Iterator[Finding]:
    """Port"""
    address = ("127.0.0.1", place.port)
    with socket.socket() as probe:
        probe.settimeout(2)
        if probe.connect_ex(address):
            yield Finding(GOOD, f"port {place.port} bebas")
            return
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(  # only this machine
            f"http://{address[0]}:{place.port}/sehat", timeout=5
        ) as answer:
            told = json.load(answer)
    except (OSError, ValueError) as error:
        if isinstance(error, urllib.error.HTTPError) and error.code == 503:
            yield Finding(LOOK, f"dasbor berjalan di port {place.port}, tetapi belum memiliki data.")
            return
        told = None
    if isinstance(told, dict) and told.get("hidup"):
        yield Finding(GOOD, f"dasbor berjalan di port {place.port} dengan versi {told.get('versi')}")
    else:
        do = "hentikan program itu, atau pakai port lain dengan --server.port."
        yield Finding(BAD, f"port {place.port} dipakai program lain; {do}")


def _fonts(_place: Place) -> Iterator[Finding]:
    """Huruf dan aset"""
    import font_source_sans_pro

    needed = [Path(p) for p in font_source_sans_pro.font_files_ttf.values()]
    needed += [config.ROOT / "kkb/ui/aset/leaflet/leaflet.js", config.ROOT / "kkb/locale/en/LC_MESSAGES/kkb.po"]
    gone = [p.name for p in needed if not p.is_file()]
    if gone:
        yield Finding(BAD, f"berkas {', '.join(gone[:3])} tidak ada; pasang ulang aplikasi ini.")
    else:
        yield Finding(GOOD, "huruf untuk PDF dan slide, peta, dan terjemahan ada")


def _leftovers(place: Place) -> Iterator[Finding]:
    """Sisa berkas sementara"""
    folders = [place.var_dir, place.var_dir / journal.UPLOADS, place.var_dir / unggahan.READ]
    old = [p for f in folders if f.is_dir() for p in berkas.left(f) if time.time() - p.stat().st_mtime > _HOUR]
    if old:
        do = "jalankan `python -m kkb build` untuk membersihkannya."
        yield Finding(LOOK, f"{len(old)} berkas sementara tersisa dari proses yang terhenti; {do}")
    else:
        yield Finding(GOOD, "tidak ada sisa berkas sementara")


def _encryption(place: Place) -> Iterator[Finding]:
    """Enkripsi disk"""
    encrypted = enkripsi.is_encrypted(place.var_dir)
    if encrypted:
        yield Finding(GOOD, "folder data terletak di disk terenkripsi (dm-crypt)")
    elif encrypted is None:
        yield Finding(GOOD, "enkripsi disk tidak dapat dilihat dari sini; docs/keandalan.md menyebut kapan diperlukan")
    else:
        do = "tidak wajib, sebab tidak ada data pribadi; docs/keandalan.md menyebut caranya"
        yield Finding(GOOD, f"folder data tidak terletak di disk terenkripsi ({do})")


def _permissions(place: Place) -> Iterator[Finding]:
    """Izin berkas"""
    if os.name != "posix":
        yield Finding(LOOK, "izin berkas tidak diperiksa di Windows; batasi folder data pada akun dasbor.")
        return
    paths = [place.var_dir, *place.var_dir.glob("*"), *(place.var_dir / journal.UPLOADS).glob("*")]
    open_to_all = [p for p in paths if p.exists() and p.stat().st_mode & stat.S_IWOTH]
    if open_to_all:
        yield Finding(BAD, f"{open_to_all[0]} dapat ditulis siapa pun; jalankan `chmod -R o-w {place.var_dir}`.")
    elif os.geteuid() == 0 and place.var_dir.exists() and place.var_dir.stat().st_uid == 0:
        yield Finding(LOOK, "dijalankan sebagai root; jalankan dasbor dengan pengguna khusus (lihat docs/operasi.md).")
    else:
        yield Finding(GOOD, "folder data hanya dapat ditulis pemiliknya")


def _offline(_place: Place) -> Iterator[Finding]:
    """Setelan Streamlit"""
    told = tomllib.loads((config.ROOT / ".streamlit/config.toml").read_text("utf-8"))
    wanted: dict[tuple[str, str], object] = {
        ("browser", "gatherUsageStats"): False,
        ("server", "enableXsrfProtection"): True,
        ("client", "showErrorDetails"): "none",
    }
    wrong = [f"{s}.{k}" for (s, k), value in wanted.items() if told.get(s, {}).get(k) != value]
    if "serverAddress" not in told.get("browser", {}):
        wrong.append("browser.serverAddress")
    if wrong:
        yield Finding(BAD, f"setelan {', '.join(wrong)} di .streamlit/config.toml berubah; kembalikan seperti semula.")
    else:
        yield Finding(
            GOOD, "tidak ada permintaan ke luar komputer ini; peta dasar daring hanya bila pembaca menyalakan"
        )


def _temporary(_place: Place) -> Iterator[Finding]:
    """Folder sementara"""
    if shutil.disk_usage(tempfile.gettempdir()).free < kesehatan.LOW:
        yield Finding(
            BAD, "folder sementara hampir penuh; hapus isinya yang tidak diperlukan, karena unggahan dibaca di sana."
        )
    else:
        yield Finding(GOOD, "folder sementara cukup luas")


CHECKS: tuple[Callable[[Place], Iterator[Finding]], ...] = (
    *(_python, _packages, _folder, _disk, _temporary, _permissions, _encryption),
    *(_facts, _books, _version, _lake, _clock, _leftovers, _fonts, _offline, _port),
)
