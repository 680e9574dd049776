"""An S3-compatible server of the tests' own, in a process and an environment of its own: it speaks TLS with a
certificate that nobody else knows, and checks every signature."""

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kkb.config import ROOT

PYTHON = ROOT / ".venv-s3" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MISSING = "the S3-compatible server is not installed (make s3)"
BUCKET = "kkb"


@dataclass(frozen=True)
class Storage:
    """A running server with one bucket, the one key that opens it, and the file that vouches for its address."""

    address: str
    key: str
    secret: str
    certificate: str


@contextmanager
def running(folder):
    """A server from its start to its end; its certificate lies in the folder."""
    certificate, private = Path(folder) / "s3.pem", Path(folder) / "s3.key"
    made = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-nodes")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", *made, "-keyout", private, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    serve = [PYTHON, Path(__file__).with_name("s3_server.py"), certificate, private]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        try:
            port, key, secret = process.stdout.readline().split()
            yield Storage(f"https://localhost:{port}", key, secret, str(certificate))
        finally:
            process.kill()
