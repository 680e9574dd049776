"""The packs and files of meetings: made once from one version, kept for a while, the same for every reader.

Outlines are kept in memory, and a few whole packs; files lie in temporary folders, a few too, and are made again when
asked for after their folder is gone. A recipe says all that a file depends on, so its key names the file's content.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from kkb import bahasa, config
from kkb.config import ROOT
from kkb.rapat import agenda, samping, susun
from kkb.rapat.agenda import Moves
from kkb.rapat.lembar import Pack, Progress, silent
from kkb.report import paket
from kkb.store import Warehouse
from kkb.ui import assets, run

SHOWS = "/tayang/{key}.html"
OFFERED = 200
"""So many recipes are remembered, for addresses of shows; each is a few hundred bytes."""
OUTLINES = 200
"""So many outlines are kept: more than there are areas, dates and languages of a kabupaten that readers ask for; each
is some tens of kilobytes."""

_offers: dict[str, Recipe] = {}
_writing = {kind: threading.Lock() for kind in (*paket.KINDS, "zip")}


@dataclass(frozen=True)
class Recipe:
    """All that the files of one meeting depend on. `lines` says how much of the journal and of the book of agreements,
    `since` from which day changes are told."""

    warehouse: Warehouse
    area: str | None
    day: str | None
    language: str
    today: date
    moves: Moves = ()
    skipped: tuple[str, ...] = ()
    minutes: int | None = None
    since: str | None = None
    lines: tuple[int, int] = (0, 0)

    @property
    def key(self) -> str:
        """A short hash over all of it and over the code that makes the files."""
        told = (self.warehouse.key, *(getattr(self, name) for name in list(self.__dataclass_fields__)[1:]))
        return hashlib.sha256(f"{_code()}{told!r}".encode()).hexdigest()[:24]

    @property
    def _of(self) -> tuple[object, ...]:
        """What the sheets depend on: all but the order, what is left out, and the timer."""
        return (self.warehouse.key, self.area, self.day, self.language, self.today, self.since, self.lines)

    def computed(self, *, outline: bool) -> Pack:
        """The sheets in their default order, computed now, in the language in use."""
        beside = samping.read(config.var_dir(), self.since, self.lines)
        with run.reading(self.warehouse):
            return susun.pack(
                self.warehouse, self.area, self.day, self.today, beside=beside, outline=outline, ask=run.ask
            )

    def outline(self) -> Pack:
        """The full agenda in its default order, for the page (see `susun.pack`); remembered."""
        with bahasa.speaking(self.language):
            return _outline(self._of, self)

    def pack(self) -> Pack:
        """The whole pack with the agenda as it is wanted; remembered."""
        with bahasa.speaking(self.language):
            return agenda.arranged(_pack(self._of, self), self.moves, self.skipped, self.minutes)


@cache
def _code() -> str:
    """A hash over this project's code and words: other code makes other files of the same data."""
    digest = hashlib.sha256()
    for path in sorted(p for p in (ROOT / "kkb").rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@st.cache_resource(max_entries=OUTLINES, show_spinner=False)
def _outline(of: tuple[object, ...], _recipe: Recipe) -> Pack:
    return _recipe.computed(outline=True)


@st.cache_resource(max_entries=3, show_spinner=False)
def _pack(of: tuple[object, ...], _recipe: Recipe) -> Pack:
    return _recipe.computed(outline=False)


@st.cache_resource(max_entries=8, show_spinner=False, on_release=TemporaryDirectory.cleanup)
def _folder(key: str) -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="kkb-rapat-", ignore_cleanup_errors=True)


def forget() -> None:
    """Take away all files; a server that is stopped does not do so by itself."""
    _folder.clear()


def offer(recipe: Recipe) -> str:
    """Where the browser finds the show of a recipe; it is made when it is first opened."""
    _offers.pop(recipe.key, None)
    _offers[recipe.key] = recipe
    while len(_offers) > OFFERED:
        _offers.pop(next(iter(_offers)))
    return assets.prefix() + SHOWS.format(key=recipe.key)


def offered(key: str) -> Recipe | None:
    """The recipe offered under a key."""
    return _offers.get(key)


def made(recipe: Recipe, kind: str) -> Path | None:
    """The file, if it is there already."""
    return next(Path(_folder(recipe.key).name).glob(f"*.{paket.KINDS[kind].extension}"), None)


def file(recipe: Recipe, kind: str, progress: Progress = silent) -> Path:
    """The file, made when it is not there; one of a kind at a time."""
    with _writing[kind]:
        found = made(recipe, kind)
        if found:
            return found
        pack = recipe.pack()
        with bahasa.speaking(recipe.language):
            return _put(recipe, paket.file_name(pack, kind), paket.write(pack, kind, progress))


def bundle(recipe: Recipe) -> Path:
    """All files in one ZIP."""
    files = [file(recipe, kind) for kind in paket.KINDS]
    target = Path(_folder(recipe.key).name) / f"{paket.stem(recipe.outline())}.zip"
    with _writing["zip"]:
        if not target.exists():
            unfinished = target.with_suffix(".tmp")
            paket.bundle(files, unfinished)
            unfinished.replace(target)
    return target


def _put(recipe: Recipe, name: str, content: bytes) -> Path:
    target = Path(_folder(recipe.key).name) / name
    unfinished = target.with_suffix(".tmp")
    unfinished.write_bytes(content)
    unfinished.replace(target)
    return target
