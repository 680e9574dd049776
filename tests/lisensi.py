"""Writes docs/lisensi.md from what is installed: `python -m tests.lisensi`."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from packaging.utils import canonicalize_name

from kkb import doctor
from kkb.config import ROOT

PATH = ROOT / "docs" / "lisensi.md"
HEAD = """# Lisensi pustaka

Dibuat dari metadata paket yang terpasang dengan `python -m tests.lisensi`; jangan disunting dengan tangan. Leaflet
1.9.4 (BSD-2-Clause) disertakan di `kkb/ui/aset`. “Dipakai untuk” kosong berarti paket itu dibawa oleh paket lain.

| paket | versi | lisensi | dipakai untuk |
|---|---|---|---|
"""
LOCKS = ("requirements", "requirements-danau")
SAID = {"streamlit-folium": "MIT (menurut repositorinya, tidak ditulis di paket)"}
"""Licences that a package itself does not state."""


def pinned():
    """Each package that the app installs or may use, asked for first: name, version, reason (empty when another brings
    it)."""
    lines = [row for lock in LOCKS for row in (ROOT / f"{lock}.in").read_text(encoding="utf-8").splitlines()]
    asked = dict(re.match(r"([\w.-]+)==\S+\s+# (.*)", line).groups() for line in lines if line[0].isalnum())
    reasons = {canonicalize_name(name): reason.replace("|", "/") for name, reason in asked.items()}
    versions = {name: version for lock in LOCKS for name, version in doctor.pinned(lock).items()}
    for name in [*reasons, *sorted(versions.keys() - reasons.keys())]:
        yield name, versions[name], reasons.get(name, "")


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
