"""A PostgreSQL of the tests' own: reached through a socket in a folder of its own, ended with the tests."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
INITDB = shutil.which("initdb", path=os.pathsep.join([*map(str, FOLDERS), os.environ.get("PATH", "")]))
MISSING = "PostgreSQL is not on this machine (Debian: postgresql)"


class Catalogue:
    """A running server with a user kkb; it can be stopped as by a crash and started again."""

    def __init__(self, folder):
        self.folder, self.bin = Path(folder), Path(INITDB).parent
        self.owner = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
        if self.owner:
            shutil.chown(self.folder, "nobody", "nogroup")
        self.databases = 0
        made = ("-D", str(self.folder / "data"), "-A", "trust", "-U", "kkb", "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run(
            [INITDB, *made], check=True, cwd=self.folder, stdout=subprocess.DEVNULL, timeout=120, **self.owner
        )
        self.start()

    def start(self):
        command = [
            self.bin / "postgres",
            "-D",
            self.folder / "data",
            "-k",
            self.folder,
            "-c",
            "listen_addresses=",
            "-F",
        ]
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.owner)
        ready = [self.bin / "pg_isready", "-q", "-t", "1", "-h", self.folder]
        for _ in range(200):
            if subprocess.run(ready).returncode == 0:
                return
            assert self.server.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError("PostgreSQL did not start")

    def crash(self):
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(timeout=20)

    def _processes(self):
        children = subprocess.run(["pgrep", "-P", str(self.server.pid)], capture_output=True, text=True).stdout
        return [self.server.pid, *map(int, children.split())]

    def freeze(self):
        """Hold every process still: lines stay open, and nothing is answered any more."""
        self.frozen = self._processes()
        for process in self.frozen:
            os.kill(process, signal.SIGSTOP)

    def thaw(self):
        for process in self.frozen:
            os.kill(process, signal.SIGCONT)

    def ask(self, sql, database="postgres"):
        """What psql answers, one line a row."""
        asked = [self.bin / "psql", "-qAtX", "-h", self.folder, "-U", "kkb", "-d", database, "-c", sql]
        return subprocess.run(asked, check=True, capture_output=True, text=True, timeout=60).stdout.splitlines()

    def database(self):
        """A new empty database, as libpq is told of it."""
        self.databases += 1
        self.ask(f"CREATE DATABASE danau{self.databases}")
        return f"host={self.folder} dbname=danau{self.databases} user=kkb"


@contextmanager
def running():
    """A server from its first start to its end."""
    with tempfile.TemporaryDirectory(prefix="kkb-pg-", ignore_cleanup_errors=True) as folder:
        catalogue = Catalogue(folder)
        try:
            yield catalogue
        finally:
            if catalogue.server.poll() is None:
                catalogue.crash()
