"""The guide in the app: `docs/panduan.md` or `docs/panduan.en.md` with its pictures, from this server."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kkb.config import ROOT
from kkb.ui import assets

GUIDES = {"id": ROOT / "docs" / "panduan.md", "en": ROOT / "docs" / "panduan.en.md"}
"""The file of the guide in each language of `kkb.bahasa`."""
FOLDER = ROOT / "docs" / "gambar"
PICTURES = "/gambar-panduan/{name}"


def picture(name: str) -> Path | None:
    """The file of a picture of the guide; None for any other name."""
    path = FOLDER / name
    return path if re.fullmatch(r"panduan-[a-z-]+\.png", name) and path.is_file() else None


@cache
def text(language: str) -> tuple[str, str]:
    """The title of the guide in `language` ('id' or 'en') and the rest as Markdown.

    Pictures have their addresses on this server.
    """
    written = GUIDES[language].read_text(encoding="utf-8")
    title, _, rest = written.removeprefix("# ").partition("\n")
    address = assets.prefix() + PICTURES.format(name=r"\1")
    return title, re.sub(r"(?<=\]\()gambar/(panduan-[a-z-]+\.png)(?=\))", address, rest)
