"""The guide in the app: `docs/panduan.md` with its pictures, from this server."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kkb.config import ROOT
from kkb.ui import assets

GUIDE = ROOT / "docs" / "panduan.md"
FOLDER = ROOT / "docs" / "gambar"
PICTURES = "/gambar-panduan/{name}"


def picture(name: str) -> Path | None:
    """The file of a picture of the guide; None for any other name."""
    path = FOLDER / name
    return path if re.fullmatch(r"panduan-[a-z-]+\.png", name) and path.is_file() else None


@cache
def text() -> tuple[str, str]:
    """The title of the guide and the rest as Markdown, pictures at their addresses on this server."""
    written = GUIDE.read_text(encoding="utf-8")
    title, _, rest = written.removeprefix("# ").partition("\n")
    address = assets.prefix() + PICTURES.format(name=r"\1")
    return title, re.sub(r"(?<=\]\()gambar/(panduan-[a-z-]+\.png)(?=\))", address, rest)
