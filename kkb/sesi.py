"""When each login was last used, so that one nobody uses any more ends: the times of empty files in the folder `sesi`.

Files rather than memory: two servers on one data folder share them, and a restart forgets nothing. The name of a file
is a hash that tells neither account nor login.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from kkb import config

FOLDER = "sesi"
EVERY = 60
"""Seconds within which a use is not written down again."""
AHEAD = 300
"""Seconds by which a time may lie ahead: the clock of the login server may be ahead, or this one's was set back."""
KEPT = 24 * 3600
"""Seconds after which a file is dropped: longer than any login lasts."""


def used(folder: Path, account: str, begun: int) -> bool:
    """Write down that the login of an account begun then (Unix seconds) is used now.

    False, now and from then on, when it lay unused for longer than the setting allows. Where nothing can be written, a
    login ends that long after its begin.
    """
    now, path = time.time(), folder / FOLDER / hashlib.sha256(f"{account}\n{begun}".encode()).hexdigest()
    try:
        last = path.stat().st_mtime
    except OSError:
        last = None
    if not now - 60 * config.idle_minutes() < (begun if last is None else last) <= now + AHEAD:
        return False
    if last is None or now - last > EVERY:
        with suppress(OSError):
            _write(path, now)
    return True


def _write(path: Path, now: float) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        for old in path.parent.iterdir():
            if now - old.stat().st_mtime > KEPT:
                old.unlink(missing_ok=True)
    path.touch(mode=0o600)
    os.utime(path, (now, now))
