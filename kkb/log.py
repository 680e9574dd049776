"""What happened, one line per event, to stderr: for whoever runs the server, and for the machine that collects lines.

An event has a time, a level, a name and a few fields, such as page, duration and version; who did something stands in
it only by role or name of operator. Never in it: what a file or a cell says, codes, tokens, cookies. So an error is
told by its kind and the places in the code it went through, without its own words.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from kkb import config
from kkb.errors import KkbError

_log = logging.getLogger("kkb")
_FIELDS = "kkb_fields"
_SECRET = re.compile(
    r"(?i)((?:token|cookie|authorization|bearer|secret|password|sandi|kode|code|state)\w*[\"']?\s*[:= ]\s*)"
    r"(?:bearer )?\S+"
)
_QUOTED = re.compile("“.*”", re.DOTALL)
_FRAMES = 12


def event(name: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Tell an event; fields that are None are left out."""
    _log.log(level, name, extra={_FIELDS: fields})


def access(kind: str, *, refused: bool = False, **fields: object) -> None:
    """Tell who came in, was kept out, left or was given a role: an event `akses` with its `jenis`.

    `sebab` is a code of why, `akun` and `oleh` are those of `akses.jsonl`. Where somebody came from is not told.
    """
    event("akses", level=logging.WARNING if refused else logging.INFO, jenis=kind, **fields)


def refused(error: KkbError, **fields: object) -> None:
    """Tell that a reader was told an error in words. What a cell says is left out."""
    told = _QUOTED.sub("“…”", error.message)
    event("ditolak", level=logging.WARNING, galat=type(error).__name__, pesan=told, **fields)


def incident(error: BaseException, **fields: object) -> str:
    """Tell an error nobody expected; returns the code by which its line is found again, such as '7F3A-91C2'."""
    digits = secrets.token_hex(4).upper()
    code = f"{digits[:4]}-{digits[4:]}"
    _log.error("galat", exc_info=error, extra={_FIELDS: {"kejadian": code, **fields}})
    return code


def handler() -> logging.Handler:
    """What writes the lines, as the setting KKB_LOG says."""
    made = logging.StreamHandler(sys.stderr)
    made.setFormatter(_Text() if config.value("KKB_LOG") == "teks" else _Json())
    return made


def _told(record: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = {
        "waktu": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "tingkat": record.levelname,
    }
    fields = getattr(record, _FIELDS, None)
    if fields is None:
        found |= {"peristiwa": "lain", "dari": record.name, "pesan": _SECRET.sub(r"\1***", record.getMessage())}
    else:
        found |= {"peristiwa": record.getMessage(), **{k: v for k, v in fields.items() if v is not None}}
    if record.exc_info and record.exc_info[1] is not None:
        found |= _trace(record.exc_info[1])
    return found


def _trace(error: BaseException) -> dict[str, object]:
    """The kind of an error, of what caused it, and where it went through, the innermost place last."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        number = f" {cause.errno}" if isinstance(cause, OSError) and cause.errno else ""
        kinds.append(f"{type(cause).__name__}{number}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return {
        "galat": " < ".join(kinds),
        "jejak": [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames],
    }


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(_told(record), ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    """The same for the eye."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = _told(record)
        head = f"{told.pop('waktu')} {told.pop('tingkat')} {told.pop('peristiwa')}"
        return " ".join([head, *(f"{k}={json.dumps(v, ensure_ascii=False, default=str)}" for k, v in told.items())])
