"""The C library's memory stays in few places, however many threads run."""

import os
import platform
import subprocess
import sys

import pytest

from kkb import memori
from kkb.config import ROOT

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")

COUNT = """
import ctypes, sys, threading
from kkb import memori
told = memori.bound_arenas() if "bound" in sys.argv else None
libc, all_here = ctypes.CDLL(None), threading.Barrier(8)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]

def take():
    libc.malloc(100_000)
    all_here.wait(20)
    libc.malloc(100_000)

threads = [threading.Thread(target=take) for _ in range(8)]
[t.start() for t in threads]
[t.join() for t in threads]
print(told, flush=True)
libc.fdopen.restype = ctypes.c_void_p
stream = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, stream)
libc.fflush(stream)
"""


def arenas(*arguments, **settings):
    """What bounding said, and how many arenas eight threads have made."""
    env = {k: v for k, v in os.environ.items() if k != "MALLOC_ARENA_MAX"} | settings
    done = subprocess.run(
        [sys.executable, "-c", COUNT, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[0], done.stdout.count("<heap nr=")


def test_eight_threads_make_two_arenas_and_would_make_more():
    assert arenas("bound") == ("True", memori.ARENAS)
    told, unbound = arenas()
    assert told == "None"
    assert unbound > memori.ARENAS


def test_what_the_owner_has_set_stays():
    assert arenas("bound", MALLOC_ARENA_MAX="4")[0] == "False"
    assert arenas("bound", MALLOC_ARENA_MAX="4")[1] > memori.ARENAS
