"""The servers that are measured: started, asked whether they live, measured from outside, stopped whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kkb import config

START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """How to serve one page: arguments of Python before the port, its path, and a path that answers when ready."""

    name: str
    command: tuple[str, ...]
    path: str
    health: str


@dataclass(frozen=True)
class Site:
    """A page being served."""

    server: Server
    pid: int
    url: str


_STREAMLIT = ("-m", "streamlit", "run")
_OPTIONS = ("--server.address", "127.0.0.1", "--server.port")
OURS = Server("ours", (*_STREAMLIT, "app.py", *_OPTIONS), "/peta", "/_stcore/health")
DASH = Server("dash", ("tests/bench/dash_page.py", "--port"), "/", "/")
PANEL = Server("panel", ("tests/bench/panel_page.py", "--port"), "/", "/")
FOLIUM = Server("folium", (*_STREAMLIT, "tests/bench/folium_app.py", *_OPTIONS), "/", "/_stcore/health")
LEAFLET = Server("leaflet", ("tests/bench/leaflet_page.py", "--port"), "/", "/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(server: Server) -> Iterator[Site]:
    """A server of one page, from the moment it answers. It is stopped afterwards, whatever happens."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *server.command, str(port)],
            cwd=config.ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(process, address + server.health)
            yield Site(server, process.pid, address + server.path)
        except Exception:
            log.seek(0)
            print(f"--- log of {server.name}, exit code {process.poll()}:\n{log.read()}---", file=sys.stderr)
            raise
        finally:
            _stop(process)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer; exit code {process.poll()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, sign)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue


def memory(pid: int) -> float:
    """Resident memory of a process and its descendants, in MB."""
    parent, resident = {}, {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(line.split(":", 1) for line in path.read_text().splitlines())
        except OSError:
            continue
        child = int(facts["Pid"])
        parent[child] = int(facts["PPid"])
        resident[child] = int(facts.get("VmRSS", "0").split()[0]) * 1024
    return sum(size for child, size in resident.items() if pid in _line_of(child, parent)) / 1e6


def _line_of(child: int, parent: dict[int, int]) -> list[int]:
    line = [child]
    while line[-1] in parent:
        line.append(parent[line[-1]])
    return line


def worked(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
