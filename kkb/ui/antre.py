"""Page runs take turns.

Python works on one thread at a time. Many page runs at once do not finish sooner; they take the interpreter from each
other some two thousand times a second, and with 50 readers that alone cost as much as the work itself
(docs/skala.md). So only a few work at once, the others wait in order.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2
"""Page runs that work at the same time: one more than the interpreter can serve, for while one waits for DuckDB."""
PATIENCE = 0.3
"""Seconds after which a run works without a turn, so that long ones (an analysis, the files of a meeting) hold nobody
up for longer. Most runs need a twentieth of a second."""

_turns = threading.Semaphore(AT_ONCE)
_thread = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Work when it is this run's turn. A run within a run, such as a live part of a page, is of the same turn."""
    if getattr(_thread, "works", False):
        yield
        return
    has_turn = _turns.acquire(timeout=PATIENCE)
    _thread.works = True
    try:
        yield
    finally:
        _thread.works = False
        if has_turn:
            _turns.release()
