"""The documents name what exists, and everything that exists is named."""

import re

import pytest

from kkb import config
from kkb.__main__ import _COMMANDS, main
from kkb.config import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def test_every_page_setting_command_and_fact_file_is_in_the_readme():
    pages = {p.stem for p in (ROOT / "pages").glob("*.py")} - {"ringkasan"}
    assert [p for p in pages if f"/{p.replace('_', '-')}" not in README] == []
    assert [s.variable for s in config.SETTINGS if s.variable not in README] == []
    assert [c for c in _COMMANDS if f"python -m kkb {c}" not in README] == []
    assert [t for t in ("run", "test", "bench") if f"make {t}" not in README] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_and_paths_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in t]
    targets += re.findall(r"`((?:kkb|pages|tests|data|docs)/[\w./]+)`", text)
    missing = [t for t in targets if not any((ROOT / p).exists() for p in (t, f"{t}.py", path.parent / t))]
    assert missing == []


def test_the_command_line_prints_every_setting(capsys):
    assert main(["config"]) == 0
    printed = capsys.readouterr().out
    assert [s.variable for s in config.SETTINGS if s.variable not in printed] == []


def test_every_test_that_the_reliability_page_names_is_there():
    """A file, and behind it in brackets a part of the name of each test."""
    text = (ROOT / "docs" / "keandalan.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`(?: \(([\w, ]+)\))?", text)
    assert len(named) > 60
    for path, parts in named:
        tests = re.findall(r"^def (test_\w+)", (ROOT / path).read_text(encoding="utf-8"), re.M)
        assert tests, path
        missing = [part for part in parts.split(", ") if not any(part in test for test in tests)]
        assert missing == [], path
