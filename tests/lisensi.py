"""Writes docs/lisensi.md from what is installed: `python -m tests.lisensi`."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from kkb.config import ROOT

PATH = ROOT / "docs" / "lisensi.md"
HEAD = """# Lisensi pustaka

Dibuat dari metadata paket yang terpasang dengan `python -m tests.lisensi`; jangan disunting dengan tangan. Leaflet
1.9.4 (BSD-2-Clause) disertakan di `kkb/ui/aset`. “Dipakai untuk” kosong berarti paket itu dibawa oleh paket lain.

| paket | versi | lisensi | dipakai untuk |
|---|---|---|---|
"""
SAID = {"streamlit-folium": "MIT (menurut repositorinya, tidak ditulis di paket)"}
"""Licences that a package itself does not state."""


def pinned():
    """Each package that the app installs or may use: name, version, reason ('' when another package brings it)."""
    lists = [(ROOT / f"requirements{n}.txt").read_text(encoding="utf-8") for n in ("", "-danau")]
    for line in "\n".join(lists).splitlines():
        if found := re.match(r"([\w.-]+)==([\w.]+)(?:\s+#\s*(.*))?$", line):
            yield found[1], found[2], (found[3] or "").replace("|", "/")


def licence(name):
    """The licence a package states: its expression, else its classifiers, else the first line of its text."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "?"
    if told.get("License-Expression"):
        return told["License-Expression"]
    classes = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or [] if c.startswith("License ::")]
    classes = [c for c in classes if c != "OSI Approved"]
    return "; ".join(classes) or (told.get("License") or SAID.get(name) or "?").strip().splitlines()[0][:60]


def made():
    """The document."""
    rows = [f"| {name} | {version} | {licence(name)} | {reason} |" for name, version, reason in pinned()]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PATH.write_text(made(), encoding="utf-8")
