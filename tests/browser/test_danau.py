"""Two servers read one lake behind the shipped nginx site; a third process imports, and one of the two is killed."""

import contextlib
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from kkb import store
from kkb.config import ROOT
from tests import portal_files, postgres
from tests.browser.test_gangguan import metric, process_at, proxied
from tests.nginx import NGINX
from tests.test_danau import bring, catalogue, settings  # noqa: F401  fixtures

VIEWERS = 6
LATER = "2023-10-31"
PAGE = "naik-kelas"
TOLD = re.compile(r"\b[0-9a-f]{12}\b")


def versions(line, page):
    """What looks like a version of data in one run of a page, from its first message to its last."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    line.send(asked.SerializeToString())
    told = set()
    while True:
        message = ForwardMsg()
        message.ParseFromString(line.recv(timeout=60))
        told |= set(TOLD.findall(str(message)))
        if message.WhichOneof("type") == "script_finished":
            return told


class Viewer(threading.Thread):
    """Somebody who asks for a page again and again, and connects again when the line is lost."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.runs, self.lost, self.stop = address.replace("https", "wss"), [], 0, threading.Event()

    def shown(self, known):
        """The versions that each run named, of those that are known, without runs that named none."""
        return [run & known for run in self.runs if run & known]

    def run(self):
        loose = ssl._create_unverified_context()
        while not self.stop.is_set():
            with (
                contextlib.suppress(OSError, WebSocketException, EOFError),
                connect(f"{self.address}/_stcore/stream", ssl=loose, subprotocols=["streamlit"], max_size=None) as line,
            ):
                while not self.stop.is_set():
                    self.runs.append(versions(line, PAGE))
                    time.sleep(0.2)
            self.lost += not self.stop.is_set()
            time.sleep(0.2)


def until(true, seconds=90):
    for _ in range(seconds * 10):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("waited too long")


@pytest.mark.skipif(not NGINX or not Path("/proc/self").exists(), reason="nginx is not on this machine")
@pytest.mark.skipif(not postgres.INITDB, reason=postgres.MISSING)
def test_every_viewer_sees_one_version_while_another_process_imports_and_a_server_is_killed(
    published,
    settings,  # noqa: F811
    tmp_path,
):
    old = bring(published, settings)
    for file in settings.glob("kkb-*.duckdb"):
        file.rename(tmp_path / file.name)  # nothing but the lake can answer
    export = portal_files.write(tmp_path / "ekspor.xlsx", portal_files.rows("rekap-klasifikasi"))
    with proxied(settings, tmp_path) as (address, _plain, servers):
        viewers = [Viewer(address) for _ in range(VIEWERS)]
        for viewer in viewers:
            viewer.start()
        until(lambda: all(v.shown({old}) for v in viewers))
        done = subprocess.run(
            [sys.executable, "-m", "kkb", "import", str(export), "--as-of", LATER, "--yes"],
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        new = store.published(settings)
        assert new != old
        store.path_of(settings, new).rename(tmp_path / "baru.duckdb")
        until(lambda: all(v.shown({old, new})[-1:] == [{new}] for v in viewers))
        busy = max(servers, key=lambda s: metric(s, "kkb_pembaca"))
        assert metric(busy, "kkb_danau_terputus") == 0
        before = [len(v.runs) for v in viewers]
        os.kill(process_at(busy), signal.SIGKILL)
        until(lambda: all(len(v.runs) > n + 1 for v, n in zip(viewers, before, strict=True)))
        for viewer in viewers:
            viewer.stop.set()
        for viewer in viewers:
            viewer.join(timeout=60)
        other = next(s for s in servers if s != busy)
        assert metric(other, "kkb_danau_terputus") == 0
        assert metric(other, 'kkb_galat_total{jenis="kejadian"}') == 0
        assert metric(other, 'kkb_galat_total{jenis="dugaan"}') == 0
    assert sum(v.lost for v in viewers) >= 1, "somebody was on the server that was killed"
    for viewer in viewers:
        runs = viewer.shown({old, new})
        assert [r for r in runs if len(r) != 1] == [], "each run shows one version"
        seen = [next(iter(r)) for r in runs]
        assert seen == sorted(seen, key=[old, new].index), "and nobody goes back to the older one"
        assert set(seen) == {old, new}
