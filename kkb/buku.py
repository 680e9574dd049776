"""Books of the data folder that only grow: one JSON object a line, written in one piece, never changed or deleted.

Whoever writes holds `locked`, so that numbers are given once and an import and a note never cross.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from kkb.errors import StoreError

LOCK = ".kunci"
T = TypeVar("T")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait for one's turn to write into a data folder, and make it when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / LOCK):
        yield


def read(path: Path, made: Callable[[dict[str, Any]], T], unreadable: Callable[[int], StoreError]) -> tuple[T, ...]:
    """All lines, oldest first, each as `made` makes it; none when there is no file.

    `unreadable` is the error for a line, counted from 1, that is torn or that `made` refuses with TypeError or
    ValueError. Lines end at line feeds only: texts may hold other signs that look like an end.
    """
    content = path.read_bytes() if path.is_file() else b""
    found = []
    for number, line in enumerate(content.removesuffix(b"\n").split(b"\n") if content else (), start=1):
        try:
            found.append(made(json.loads(line)))
        except (ValueError, TypeError) as error:
            raise unreadable(number) from error
    return tuple(found)


def line_of(told: dict[str, Any]) -> str:
    """An object as a line, with its end."""
    return json.dumps(told, ensure_ascii=False) + "\n"


def append(path: Path, line: str) -> None:
    """Write one line at the end and wait until it is on disk. OSError, with nothing written, when it does not fit.

    A last line without its end is ended first, so that the new one never runs into it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    try:
        size = os.lseek(descriptor, 0, os.SEEK_END)
        os.lseek(descriptor, max(size - 1, 0), os.SEEK_SET)
        content = b"\n" * (os.read(descriptor, 1) not in (b"", b"\n")) + line.encode("utf-8")
        written = 0
        try:
            written = os.write(descriptor, content)
        finally:
            if written < len(content):
                os.ftruncate(descriptor, size)
        if written < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
