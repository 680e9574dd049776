"""How the C library keeps memory: few arenas, so that threads hold less of what was freed.

Streamlit runs each page in a thread of its own. glibc gives threads up to eight arenas per core, and each keeps what
was freed in it. Two took less in the runs that docs/keandalan.md tells of.
"""

from __future__ import annotations

import ctypes
import sys

from kkb import config

ARENAS = 2
_M_ARENA_MAX = -8
"""The number by which glibc's malloc.h names the setting."""


def bound_arenas() -> bool:
    """Let the C library make no more than ARENAS arenas, unless the machine's owner has set MALLOC_ARENA_MAX.

    For before the threads start. False where nothing was set: by the owner's wish, or the C library is not glibc.
    """
    if sys.platform != "linux" or config.owner_has_set("MALLOC_ARENA_MAX"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return bool(mallopt and mallopt(_M_ARENA_MAX, ARENAS))
