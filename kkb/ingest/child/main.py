"""One reading from start to end: the limits first, then the file by its first bytes."""

from __future__ import annotations

import errno
import json
import sys
from contextlib import suppress
from typing import BinaryIO

from kkb.ingest.child import book, text
from kkb.ingest.child.answer import REFUSED, Answer, Limits, RefusedError


def main(task: str, bounds: str) -> int:
    """Read standard input: `task` is 'sheets' or 'created', `bounds` are Limits as JSON. Returns the exit code."""
    limits = Limits(**json.loads(bounds))
    _bind(limits)
    try:
        with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as out:
            if task == "created":
                out.write(json.dumps(book.created(file)).encode("ascii"))
            else:
                _sheets(file, Answer(out, limits.cells), limits)
    except RefusedError as refused:
        return _refuse(refused.reason, refused.row)
    except MemoryError:
        return _refuse("large")
    except OSError as error:
        return _refuse({errno.EFBIG: "large", errno.ENOSPC: "disk"}.get(error.errno or 0, "damaged"))
    except BaseException:  # a panic of the Rust reader is no Exception
        return _refuse("damaged")
    return 0


def _refuse(reason: str, row: int | None = None) -> int:
    print(json.dumps([reason, row]), file=sys.stderr, flush=True)
    return REFUSED


def _sheets(file: BinaryIO, answer: Answer, limits: Limits) -> None:
    start = file.read(4)
    file.seek(0)
    if start == b"PK\x03\x04":
        book.zipped(file, answer, limits)
    elif start == b"\xd0\xcf\x11\xe0":
        book.compound(file, answer, limits)
    else:
        answer.sheet("", text.rows(file), is_text=True)


def _bind(limits: Limits) -> None:
    """Ask the system to end this process at the limits, where it knows them; nothing is left behind when it does."""
    try:
        import resource
    except ImportError:
        return
    bounds = {
        "RLIMIT_AS": (limits.memory, limits.memory),
        "RLIMIT_CPU": (limits.seconds, limits.seconds + 1),
        "RLIMIT_FSIZE": (limits.answer, limits.answer),
        "RLIMIT_CORE": (0, 0),
    }
    for name, most in bounds.items():
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), most)
