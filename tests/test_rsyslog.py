"""The shipped way to a central log server, tried with a real rsyslog: all but what readers open is sent on."""

import contextlib
import json
import logging
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pytest

from kkb import log
from kkb.config import ROOT

SHIPPED = ROOT / "deploy" / "rsyslog.conf"
RSYSLOG = shutil.which("rsyslogd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
pytestmark = pytest.mark.skipif(not RSYSLOG, reason="rsyslog is not on this machine (Debian: rsyslog rsyslog-gnutls)")


def test_rsyslog_finds_nothing_wrong_with_what_is_shipped(tmp_path):
    whole = tmp_path / "rsyslog.conf"
    whole.write_text(f'global(workDirectory="{tmp_path}")\ninclude(file="{SHIPPED}")\n')
    done = subprocess.run([RSYSLOG, "-N1", "-f", whole], capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if "validation run" not in line]
    if any("gtls" in line for line in said):
        pytest.skip("rsyslog-gnutls is not on this machine")
    assert (done.returncode, said) == (0, [])


def line(name, **fields):
    """A line of the log as the server writes it."""
    record = logging.makeLogRecord({"msg": name, "levelname": "INFO", "levelno": logging.INFO, log._FIELDS: fields})
    return log._Json().format(record)


def test_the_central_server_gets_every_line_but_those_of_pages():
    with tempfile.TemporaryDirectory(prefix="kkb-rs-") as name, socket.create_server(("127.0.0.1", 0)) as central:
        folder, port = Path(name), central.getsockname()[1]
        plain = re.sub(r"\n *StreamDriver.*", "", SHIPPED.read_text().replace("log.example.go.id", "127.0.0.1"))
        plain = re.sub(r' *StreamDriver="gtls".*', "", plain).replace('port="6514"', f'port="{port}"')
        whole = folder / "rsyslog.conf"
        whole.write_text(
            f'global(workDirectory="{folder}")\nmodule(load="imuxsock" SysSock.Use="off")\n'
            f'input(type="imuxsock" Socket="{folder}/log")\n{plain}'
        )
        came = bytearray()

        def listen():
            with contextlib.suppress(OSError):
                connection, _ = central.accept()
                with connection:
                    while some := connection.recv(65536):
                        came.extend(some)

        threading.Thread(target=listen, daemon=True).start()
        server = subprocess.Popen([RSYSLOG, "-n", "-f", whole, "-i", folder / "pid"])
        try:
            for _ in range(200):
                if (folder / "log").exists():
                    break
                time.sleep(0.05)
            refused = line("akses", jenis="masuk_ditolak", sebab="balasan", oleh="Siti “Ä” <b>")
            told = [line("halaman", halaman="peta"), refused, line("bagian", halaman="peta"), line("impor", entri=1)]
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as syslog:
                syslog.connect(str(folder / "log"))
                syslog.send(f"<14>lain: {refused}".encode())
                for one in told:
                    syslog.send(f"<14>kkb: {one}".encode())
            for _ in range(200):
                if came.count(b"\n") >= 2:
                    break
                time.sleep(0.05)
        finally:
            server.terminate()
            server.wait(timeout=20)
    got = [json.loads(row[row.index("{") :]) for row in came.decode().splitlines()]
    assert [row["peristiwa"] for row in got] == ["akses", "impor"]
    assert got[0] == json.loads(refused)
