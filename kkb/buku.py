"""Books of the data folder that only grow: one JSON object a line, written in one piece, never changed or deleted.

Whoever writes waits for its turn (`kkb.build.giliran`), so that numbers are given once and no two writers cross.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from kkb import berkas
from kkb.errors import StoreError

T = TypeVar("T")


def read(
    path: Path, kind: type[T], unreadable: Callable[[int], StoreError], sound: Callable[[T], object]
) -> tuple[T, ...]:
    """All lines, oldest first, each as a `kind`, which is a dataclass; none when there is no file.

    `unreadable` is the error for a line, counted from 1, that is torn, has a part that `kind` does not have or of
    another type, or that `sound` refuses with ValueError. Lines end at line feeds only: texts may hold other signs that
    look like an end.
    """
    content = path.read_bytes() if path.is_file() else b""
    typed, found = TypeAdapter(kind), []
    for number, line in enumerate(content.removesuffix(b"\n").split(b"\n") if content else (), start=1):
        try:
            found.append(typed.validate_json(line, strict=True))
            kind(**json.loads(line))  # TypeError for a part that it does not have, which the line above passes over
            sound(found[-1])
        except (ValueError, TypeError) as error:
            raise unreadable(number) from error
    return tuple(found)


def line_of(told: dict[str, Any]) -> str:
    """An object as a line, with its end."""
    return json.dumps(told, ensure_ascii=False) + "\n"


def content(path: Path, line: str = "") -> bytes:
    """A book as it is, or as it will be with one more line at its end.

    A last line without its end is ended first, so that the new one never runs into it.
    """
    written = path.read_bytes() if path.is_file() else b""
    if not line:
        return written
    return written + (b"\n" if written and not written.endswith(b"\n") else b"") + line.encode("utf-8")


def append(path: Path, line: str) -> None:
    """Write one line at the end, whole or not at all, and wait until it is on disk. OSError when it does not fit."""
    berkas.write(path, content(path, line))
