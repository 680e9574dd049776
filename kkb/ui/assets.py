"""Files and map layers the browser fetches from this server, at addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent / "aset"
FILES = "/aset/{key}/{name}"
LAYERS = "/lapisan/{key}.json"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}

_layers: dict[str, str] = {}


@cache
def files_key() -> str:
    """One hash over all static files: their addresses may be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted(p for p in FOLDER.rglob("*") if p.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def prefix() -> str:
    """The path under which the app is served: '' or '/kampung-kb'."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def address(name: str) -> str:
    """Where the browser finds a static file, e.g. 'leaflet/leaflet.js'."""
    return prefix() + FILES.format(key=files_key(), name=name)


@cache
def text(name: str) -> str:
    """What stands in a static file, for those that are written into the page."""
    return (FOLDER / name).read_text(encoding="utf-8")


def file_of(key: str, name: str) -> Path | None:
    """The file at such an address; None for a wrong key or a name outside the folder."""
    path = (FOLDER / name).resolve()
    known = key == files_key() and path.is_relative_to(FOLDER) and path.is_file()
    return path if known else None


def offer_layer(key: str, text: str) -> str:
    """Keep a layer set ready for the browser; returns its address."""
    _layers[key] = text
    return prefix() + LAYERS.format(key=key)


def layer_of(key: str) -> str | None:
    """The layer set offered under a key."""
    return _layers.get(key)
