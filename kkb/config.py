"""The settings, and the only place that reads the environment.

Each setting is one row of SETTINGS: its variable, default and meaning. `python -m kkb config` prints them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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
)


def steer(variable: str, text: str) -> None:
    """Give a library a variable it reads when imported, unless the machine's owner has set it."""
    os.environ.setdefault(variable, text)


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


def base_map_url() -> str:
    """Tile address of the optional online base map."""
    return value("KKB_PETA_DASAR")
