"""Actions on a data folder in a process that is killed on the way: after some seconds, or just before a named step."""

import multiprocessing
import os
import re
import signal
import sys
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from kkb import terima
from kkb.build import build, facts
from kkb.ingest.pilihan import Choices
from tests.portal_files import DAY

SECONDS = 120
"""An action that takes longer hangs."""
CHANGES = os.O_WRONLY | os.O_RDWR


def bring(path, facts_dir, var):
    terima.publish(terima.prepare(path, Choices(as_of=DAY), facts_dir, var), "uji", "", facts_dir, var)


def take_back(number, facts_dir, var):
    terima.take_back(number, "uji", "", facts_dir, var)


ACTIONS = {"impor": bring, "batal": take_back, "bangun": build}


@contextmanager
def killer(*facts_dirs):
    """A function (action, *arguments, var, after=seconds, before=step) -> (exit code, seconds, steps).

    The exit code is minus the signal. With `pause`, two paths, it does not die before that step: it makes the first
    file and goes on once the second is there. The process behind it has no threads and no connections, so it can be
    forked; facts are read there once, since reading them changes no file.
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, facts_dirs), daemon=True)
    process.start()
    theirs.close()

    def run(*arguments, after=None, before=None, pause=None):
        ours.send((arguments, after, before, pause))
        return ours.recv()

    try:
        yield run
    finally:
        ours.send(None)
        process.join()


def _serve(pipe, facts_dirs):
    known = {folder: facts.load(folder) for folder in facts_dirs}
    facts.load = known.__getitem__
    while asked := pipe.recv():
        pipe.send(_forked(*asked))


def _forked(arguments, after, before, pause):
    read, write = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if not child:
        _act(*arguments, before=before, pause=pause, tell=write if after is None else None)
    os.close(write)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read) as told:
        steps = [tuple(line.rstrip("\n").rsplit(" ", 1)) for line in told]
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), time.monotonic() - started, steps


def _act(action, *arguments, before, pause, tell):
    code = 1
    try:
        signal.alarm(SECONDS)
        _watch(arguments[-1], before, pause, tell)
        ACTIONS[action](*arguments)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _watch(var, before, pause, tell):
    """Tell each step that changes something in the folder, and die or wait just before one of them.

    A step is what is done to which file, with # for hashes and random names, and for which time that is done.
    """
    seen = Counter()
    write, fsync = os.write, os.fsync

    def step(name, path):
        path = os.fsdecode(path)
        if not path.startswith(str(var)):
            return
        key = f"{name} {re.sub('[0-9a-f]{12,}', '#', path.removeprefix(str(var)))}"
        seen[key] += 1
        if tell is not None:
            write(tell, f"{key} {seen[key]}\n".encode())
        if (key, str(seen[key])) == before:
            if pause:
                reached, on = pause
                reached.touch()
                while not on.exists():
                    time.sleep(0.01)
                return
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event, arguments):
        if event == "open" and not isinstance(arguments[0], int) and (arguments[2] or 0) & CHANGES:
            step(event, arguments[0])
        elif event == "os.rename":
            step(event, arguments[1])
        elif event in ("os.remove", "os.mkdir"):
            step(event, arguments[0])

    def of_descriptor(name, call):
        def wrapped(descriptor, *rest):
            step(name, Path(f"/proc/self/fd/{descriptor}").readlink())
            return call(descriptor, *rest)

        return wrapped

    os.write, os.fsync = of_descriptor("write", write), of_descriptor("fsync", fsync)
    sys.addaudithook(hook)
