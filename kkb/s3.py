"""How DuckDB reaches the lake's files on S3-compatible storage: where the settings lie, and what is wrong with them.

The secret comes from the environment or from a file that only the service can read; no error and no log quotes it.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from kkb import config
from kkb.bahasa import _
from kkb.errors import StoreError

SCHEME = "s3://"
ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>([\w.-]+|\[[0-9a-fA-F:]+\])(:\d+)?)/?")


def options(files: str) -> dict[str, str]:
    """The options of DuckDB's secret for the files at an address s3://…, the secret key among them. StoreError when a
    setting is missing or cannot be used."""
    if not files.startswith(SCHEME):
        raise _wrong("KKB_DANAU_PARQUET", _("harus berupa folder atau alamat s3://…"))
    told = {
        "SCOPE": files.rstrip("/"),
        "KEY_ID": config.value("KKB_DANAU_S3_KUNCI").strip(),
        "SECRET": _secret(),
        "REGION": config.value("KKB_DANAU_S3_WILAYAH").strip(),
        "URL_STYLE": "path",
    }
    if not told["KEY_ID"]:
        raise _wrong("KKB_DANAU_S3_KUNCI", _("belum diisi"))
    return told | _server()


def certificate() -> str:
    """The file with the certificates that the server's own may be signed by besides the system's; '' for none."""
    path = config.value("KKB_DANAU_S3_CA").strip()
    if path and not os.access(path, os.R_OK):
        raise _wrong("KKB_DANAU_S3_CA", _("menunjuk berkas yang tidak dapat dibaca"))
    return path


def _server() -> dict[str, str]:
    told = config.value("KKB_DANAU_S3").strip()
    if not told:
        return {}
    address = ADDRESS.fullmatch(told)
    if not address:
        raise _wrong("KKB_DANAU_S3", _("harus berupa alamat http://… atau https://… tanpa folder"))
    return {"ENDPOINT": address["host"], "USE_SSL": str(address["scheme"] == "https").lower()}


def _secret() -> str:
    path = config.value("KKB_DANAU_S3_SANDI_BERKAS").strip()
    if not path:
        told = config.value("KKB_DANAU_S3_SANDI").strip()
        if not told:
            raise _wrong("KKB_DANAU_S3_SANDI", _("belum diisi"))
        return told
    try:
        with Path(path).open(encoding="utf-8") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & stat.S_IRWXO:
                raise _wrong("KKB_DANAU_S3_SANDI_BERKAS", _("menunjuk berkas yang terbuka bagi pengguna lain"))
            return file.read().strip()
    except (OSError, ValueError):
        raise _wrong("KKB_DANAU_S3_SANDI_BERKAS", _("menunjuk berkas yang tidak dapat dibaca")) from None


def _wrong(setting: str, what: str) -> StoreError:
    return StoreError(
        _("Pengaturan {setting} {what}.").format(setting=setting, what=what),
        _("Hubungi pengelola server: penyimpanan S3 untuk danau data belum diatur dengan benar."),
        _("Perbaiki pengaturan itu (lihat docs/skala.md), lalu jalankan `python -m kkb doctor`."),
    )
