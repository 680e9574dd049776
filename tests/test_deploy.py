"""What is shipped for servers, put to the tools of this machine; skipped where a tool is not there."""

import re
import shutil
import subprocess
import sys

import pytest

from kkb.config import ROOT
from tests.nginx import NGINX, site

DEPLOY = ROOT / "deploy"
UNITS = ("kkb.service", "kkb-cadangan.service", "kkb-cadangan.timer")


def needs(tool):
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not on this machine")


@pytest.fixture
def units(tmp_path):
    """The units with the paths of this machine in them."""
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace("/opt/kkb/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(text)
    return tmp_path


@needs("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(units):
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(units / n) for n in UNITS)], capture_output=True, text=True
    )
    said = [line for line in done.stderr.splitlines() if "kkb" in line]
    assert (done.returncode, said) == (0, [])


@needs("systemd-analyze")
@pytest.mark.parametrize("name", UNITS[:2])
def test_the_units_expose_little(units, name):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(units / name)], capture_output=True, text=True
    )
    level = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    if not level:
        pytest.skip("this systemd-analyze cannot look at files")
    assert float(level[1]) <= 1.5


@pytest.mark.skipif(not NGINX, reason="nginx is not on this machine")
def test_nginx_accepts_the_site(tmp_path):
    done = subprocess.run(
        [NGINX, "-t", "-p", str(tmp_path), "-c", str(site(tmp_path, 18443, 18080, [18501, 18502]))],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr.replace('"listen ... http2" directive is deprecated', "")


def test_the_image_holds_what_exists_runs_as_nobody_and_takes_no_secret():
    text = (DEPLOY / "Dockerfile").read_text()
    copied = [p for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M) for p in line.split()]
    assert {"app.py", "kkb", "pages", "data", "docs", ".streamlit"} <= set(copied)
    assert [p for p in copied if not (ROOT / p).exists()] == []
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert set(copied) == {line[1:] for line in ignored if line.startswith("!")}
    assert ".streamlit/secrets.toml" in ignored
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!0|root)\d+", last, re.M)
    assert re.search(r"^VOLUME /data$", last, re.M)
    assert "KKB_DATA=/data" in last


def test_the_paths_and_commands_of_the_guide_exist():
    from kkb.__main__ import _COMMANDS

    text = (ROOT / "docs/operasi.md").read_text() + (DEPLOY / "windows.md").read_text()
    for command in re.findall(r"python -m kkb (\w+)", text):
        assert command in _COMMANDS
    for path in re.findall(r"\bdeploy/[\w.-]+", text):
        assert (ROOT / path).exists(), path
    metrics = (ROOT / "kkb/ui/ukur.py").read_text()
    for name in set(re.findall(r"`[^`]*?\bkkb_(\w+?)(?:_total)?(?:\{[^`]*)?`", text)):
        assert re.search(rf'"(kkb_)?{name}"', metrics), name
