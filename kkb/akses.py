"""One-time codes that make a reader at the browser an operator, given out by whoever can use the command line.

Only the hash of the code is kept, in the data folder, until it is used, its time is over, or it was tried too often. A
new code replaces an old.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import time
from pathlib import Path

from kkb import log

FILE = ".kode-operator"
MARK = b"."
"""Written behind the first line for each try."""
MINUTES = 15
TRIES = 5
"""So often a code may be typed in, rightly or wrongly; then it is over."""


def issue(var_dir: Path) -> str:
    """A new code, valid once within MINUTES."""
    code = secrets.token_urlsafe(9)
    var_dir.mkdir(parents=True, exist_ok=True)
    path = var_dir / FILE
    path.unlink(missing_ok=True)
    content = json.dumps({"sha256": _hash(code), "sampai": time.time() + 60 * MINUTES})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content + "\n")
    log.access("kode_terbit")
    return code


def redeem(var_dir: Path, code: str) -> bool:
    """Use a code up. False when it is another, its time is over, or TRIES were made before; another code leaves it in
    place for the tries that remain.

    Each try is marked in the file before the code is looked at, so that many at once do not get more. Each is told in
    the log, never with what was typed in.
    """
    reason = _refusal(var_dir, code)
    if reason:
        log.access("kode_ditolak", refused=True, sebab=reason)
    else:
        log.access("kode_diterima")
    return reason is None


def _refusal(var_dir: Path, code: str) -> str | None:
    """Try a code; gives why it does not open: 'tidak_ada', 'salah', 'habis' (tried too often) or 'lewat'."""
    path = var_dir / FILE
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND), "r+b") as file:
            file.write(MARK)
            file.flush()
            file.seek(0)
            kept, _end, marks = file.read().partition(b"\n")
        told = json.loads(kept)
        right = hmac.compare_digest(str(told["sha256"]), _hash(code.strip()))
        if right or len(marks) >= TRIES:
            path.unlink()
        if len(marks) > TRIES:
            return "habis"
        if not right:
            return "salah"
        return None if time.time() < float(told["sampai"]) else "lewat"
    except (OSError, ValueError, KeyError, TypeError):
        return "tidak_ada"


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8")).hexdigest()
