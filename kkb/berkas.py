"""Writing files whole or not at all: under an unfinished name first, then renamed."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from contextlib import suppress
from pathlib import Path

_UNFINISHED = re.compile(r"\.(.+\.)?[0-9a-f]{32}(\.wal|\.tmp)?")


def unfinished(path: Path) -> Path:
    """A name beside a file for what will become it."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex}")


def finish(written: Path, path: Path) -> None:
    """Give a file that was written under its unfinished name its true one, once all of it is on disk."""
    with written.open("r+b") as file:
        os.fsync(file.fileno())
    written.replace(path)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write(path: Path, content: bytes) -> None:
    """Put a content in the place of a file. OSError, with the file as it was, when that fails."""
    written = unfinished(path)
    try:
        written.write_bytes(content)
        finish(written, path)
    finally:
        written.unlink(missing_ok=True)


def left(folder: Path) -> list[Path]:
    """What was left unfinished in a folder, or is being written now."""
    return [p for p in folder.glob(".*") if _UNFINISHED.fullmatch(p.name)]


def sweep(folder: Path) -> None:
    """Delete what was left unfinished in a folder. Only for whoever alone may write there."""
    for path in left(folder):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
