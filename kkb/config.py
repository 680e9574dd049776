"""The settings, and the only place that reads the environment.

Each setting is one row of SETTINGS: its variable, default and meaning. `python -m kkb config` prints them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""pydantic would ask every installed package for plugins, and run them: 0.1 s before the first line of a book."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: `default` is the text used when it is not set. A secret one is never printed."""

    variable: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting("KKB_DATA", str(ROOT / "var"), "folder untuk versi data, unggahan, dan jurnal"),
    Setting("KKB_FAKTA", str(ROOT / "data"), "folder berisi tabel fakta (CSV dan GeoJSON)"),
    Setting(
        "KKB_DANAU",
        "",
        "katalog PostgreSQL danau data, dalam bentuk libpq (misalnya host=… dbname=… user=…); kosong: data dibaca dari "
        "berkas (lihat docs/skala.md)",
        secret=True,
    ),
    Setting(
        "KKB_DANAU_PARQUET",
        "",
        "folder bersama atau alamat s3://… untuk berkas Parquet danau data; kosong: folder danau di dalam KKB_DATA",
    ),
    Setting("KKB_DANAU_S3", "", "alamat server S3 danau data, dengan https:// di depan; kosong: Amazon S3"),
    Setting("KKB_DANAU_S3_KUNCI", "", "nama kunci (access key id) untuk server S3 itu"),
    Setting("KKB_DANAU_S3_SANDI", "", "sandi kunci itu (secret access key)", secret=True),
    Setting(
        "KKB_DANAU_S3_SANDI_BERKAS",
        "",
        "berkas berisi sandi kunci itu, tidak terbuka bagi pengguna lain; didahulukan dari KKB_DANAU_S3_SANDI",
    ),
    Setting("KKB_DANAU_S3_WILAYAH", "us-east-1", "wilayah (region) server S3 itu"),
    Setting("KKB_DANAU_S3_CA", "", "berkas PEM sertifikat penanda tangan server S3 itu; kosong: milik sistem"),
    Setting(
        "KKB_PETA_DASAR",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "alamat ubin peta dasar daring; hanya dipakai bila pengguna menyalakannya",
    ),
    Setting("KKB_LOG", "json", "bentuk baris catatan kejadian di stderr: json atau teks"),
    Setting("KKB_SEHAT", "terbuka", "siapa yang boleh membaca /sehat: terbuka, atau lokal (dari komputer server saja)"),
    Setting("KKB_METRIK", "lokal", "siapa yang boleh membaca /metrik: lokal (dari komputer server saja), atau terbuka"),
    Setting(
        "KKB_PANTAU_TOKEN",
        "",
        "token yang membuka /sehat dan /metrik dari komputer lain lewat kepala “Authorization: Bearer …”",
        secret=True,
    ),
    Setting(
        "KKB_HOST",
        "",
        "nama host yang dilayani, dipisah koma, misalnya kkb.tabalongkab.go.id; alamat IP, localhost, dan nama mesin "
        "ini selalu dilayani",
    ),
    Setting("KKB_PEMBACA", "terbuka", "terbuka: siapa pun dapat membaca; login: membaca pun harus masuk"),
    Setting("KKB_SESI_JAM", "8", "masa satu kali masuk, 1 sampai 12 jam"),
    Setting("KKB_DIAM_MENIT", "30", "menit tanpa dipakai sesudah mana satu kali masuk berakhir, 5 sampai 720"),
    Setting("KKB_KLAIM_PERAN", "roles", "klaim token login yang memuat peran; titik untuk klaim di dalam klaim"),
    Setting(
        "KKB_NILAI_PERAN",
        "admin=admin,operator=operator,pembaca=pembaca",
        "nilai klaim untuk tiap peran; daftar peran.csv di folder data didahulukan",
    ),
)


def steer(variable: str, text: str) -> None:
    """Give a library a variable it reads when imported, unless the machine's owner has set it."""
    os.environ.setdefault(variable, text)


def owner_has_set(variable: str) -> bool:
    """Whether the machine's owner has given a library a variable, which then is left alone."""
    return variable in os.environ


def value(variable: str) -> str:
    """The text of one setting: from the environment, else its default. KeyError for an unknown variable."""
    defaults = {s.variable: s.default for s in SETTINGS}
    return os.environ.get(variable) or defaults[variable]


def var_dir() -> Path:
    """Where versions, uploads and the journal live."""
    return Path(value("KKB_DATA"))


def facts_dir() -> Path:
    """Where the shipped fact tables live."""
    return Path(value("KKB_FAKTA"))


def lake_catalogue() -> str:
    """How libpq reaches the catalogue of the lake; '' when versions are read from files. May hold a password."""
    return value("KKB_DANAU").strip()


def lake_files() -> str:
    """Where the Parquet files of the lake lie: an absolute folder, or an address such as s3://name/folder."""
    told = value("KKB_DANAU_PARQUET").strip()
    return told if "://" in told else str((Path(told) if told else var_dir() / "danau").resolve())


def base_map_url() -> str:
    """Tile address of the optional online base map."""
    return value("KKB_PETA_DASAR")


def hosts() -> frozenset[str]:
    """Host names that are served besides this machine's own, in small letters."""
    return frozenset(h.strip().lower().rstrip(".") for h in value("KKB_HOST").split(",") if h.strip())


def reading_needs_login() -> bool:
    """Whether only those logged in may read; so for any text but the one that leaves reading open."""
    return value("KKB_PEMBACA").strip().lower() != "terbuka"


def session_hours() -> float:
    """How long a login lasts, from 1 to 12 hours; 8 when what is set is no number."""
    try:
        return min(12.0, max(1.0, float(value("KKB_SESI_JAM"))))
    except ValueError:
        return 8.0


def idle_minutes() -> float:
    """How long a login may lie unused, from 5 to 720 minutes; 30 when what is set is no number."""
    try:
        return min(720.0, max(5.0, float(value("KKB_DIAM_MENIT"))))
    except ValueError:
        return 30.0
