"""The meeting in a single HTML file: agenda, maps, charts, every village and the notes, without a server or a network.

The file asks for nothing: its policy allows its own script and style by their hashes, and no text of it is ever read as
markup. Content is JSON in two parts, so that the first sheet is on screen before the villages have been read.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from kkb import bahasa
from kkb.rapat.lembar import Pack, Progress, silent
from kkb.report.satu import cadangan, isi, kata

FOLDER = Path(__file__).parent
PARTS = ("inti", "tata", "peta", "bagan", "tabel", "lembar", "waktu", "pembicara", "aplikasi", "panel", "mulai")
"""The parts of the script, in the order they build on one another."""
SWITCH = 'document.documentElement.className="js"'
"""Runs before anything is drawn: with it the page shows the application, without it the plain agenda."""


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """The whole file, as UTF-8, in the language of the pack."""
    with bahasa.speaking(pack.language):
        main, others = isi.whole(pack)
        progress(0.6)
        style, script = _text("gaya.css"), _script()
        parts = {
            **{name: escape(text) for name, text in kata.words().items()},
            "language": pack.language,
            "title": escape(pack.title),
            "stamp": escape(pack.stamp),
            "policy": escape(policy([SWITCH, script], [style])),
            "style": style,
            "switch": SWITCH,
            "script": script,
            "content": in_script(main),
            "others": in_script(others),
            "keys": cadangan.shortcuts(),
            "about": cadangan.about(pack),
            "plain": cadangan.page(pack),
        }
        progress(0.9)
        made = re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _text("halaman.html"))
    progress(1.0)
    return made.encode()


def policy(scripts: list[str], styles: list[str]) -> str:
    """The content security policy: these scripts and styles, pictures in the file, and nothing else."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def in_script(value: Any) -> str:
    """JSON that may stand in a script element: no text in it can end the element. ValueError for NaN."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _hashes(texts: list[str]) -> str:
    return " ".join(f"'sha256-{b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts)


@cache
def _script() -> str:
    inside = "\n".join(_text(f"{name}.js") for name in PARTS)
    return f'(() => {{\n"use strict";\n{inside}\n}})();'


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
