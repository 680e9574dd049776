"""One-time codes that make a reader at the browser an operator, given out by whoever can use the command line.

Only the hash of the code is kept, in the data folder, until it is used or its time is over. A new code replaces an old.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import time
from pathlib import Path

FILE = ".kode-operator"
MINUTES = 15


def issue(var_dir: Path) -> str:
    """A new code, valid once within MINUTES."""
    code = secrets.token_urlsafe(9)
    var_dir.mkdir(parents=True, exist_ok=True)
    path = var_dir / FILE
    path.unlink(missing_ok=True)
    content = json.dumps({"sha256": _hash(code), "sampai": time.time() + 60 * MINUTES})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    return code


def redeem(var_dir: Path, code: str) -> bool:
    """Use a code up. False, with the code left in place, when it is another; False when its time is over."""
    path = var_dir / FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if not hmac.compare_digest(str(kept["sha256"]), _hash(code.strip())):
            return False
        path.unlink()
    except (OSError, ValueError, KeyError):
        return False
    return bool(time.time() < float(kept["sampai"]))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8")).hexdigest()
