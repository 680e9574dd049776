"""The shipped nginx site with the ports and folders of a test."""

import os
import shutil
import subprocess

from kkb.config import ROOT

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") if shutil.which("openssl") else None


def site(folder, tls, plain, upstreams):
    """Write a whole configuration around the shipped site, with a certificate of its own; gives its path."""
    key, chain = folder / "kunci.pem", folder / "rantai.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-keyout", str(key), "-out", str(chain)),
        ],
        check=True,
        capture_output=True,
    )
    text = (ROOT / "deploy/nginx.conf").read_text()
    servers = "\n".join(f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;" for port in upstreams)
    for old, new in (
        ("    server 127.0.0.1:8501 max_fails=1 fail_timeout=5s;", servers),
        ("/etc/kkb/tls/", f"{folder}/"),
        ("listen 443", f"listen 127.0.0.1:{tls}"),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("    listen [::]:80;\n", ""),
        ("kkb.example.go.id", "localhost"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "situs.conf").write_text(text)
    temporary = "\n".join(
        f"    {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = "types { text/html html; }"
    path = folder / "nginx.conf"
    path.write_text(
        f"{'user root;' if os.getuid() == 0 else ''}\nworker_processes 1;\ndaemon off;\npid {folder}/pid;\n"
        f"error_log {folder}/error.log;\nevents {{ worker_connections 512; }}\n"
        f"http {{\n    {types}\n    access_log off;\n{temporary}\n    include {folder}/situs.conf;\n}}\n"
    )
    return path
