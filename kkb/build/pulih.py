"""The last step of a restore: a checked folder takes the place of what the data folder holds.

The folder is made ready under an unfinished name, and renamed to READY: from then on the restore counts as done. Its
files are then moved to their places, the pointer last. Whoever next has the turn goes on where a killed process
stopped.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from kkb import berkas, journal, store

READY = "pulih-siap"
BEFORE = "sebelum-pulih"


def commit(ready: Path, var_dir: Path) -> Path | None:
    """Put a checked data folder, lying inside the other, in the place of what that holds. For whoever has the turn.

    Returns where the books and the pointer from before are kept, None when there were none. Uploads stay.
    """
    old = [p for p in (*sorted(var_dir.glob("*.jsonl")), var_dir / store.POINTER) if p.is_file()]
    kept = None
    if old:
        kept = var_dir / f"{BEFORE}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        kept.mkdir()
        for path in old:
            shutil.copy2(path, kept / path.name)
    for path in ready.rglob("*"):
        if path.is_file():
            berkas.finish(path, path)
    ready.rename(var_dir / READY)
    go_on(var_dir)
    return kept


def go_on(var_dir: Path) -> None:
    """Finish a restore that was done but for moving its files; nothing when there is none."""
    ready = var_dir / READY
    if not ready.is_dir():
        return
    (var_dir / journal.UPLOADS).mkdir(exist_ok=True)
    for path in (ready / journal.UPLOADS).glob("[!.]*"):
        path.replace(journal.upload_path(var_dir, path.name))
    for path in ready.glob("kkb-*.duckdb"):
        if not store.is_sound(var_dir / path.name):
            path.replace(var_dir / path.name)
    pointer = ready / store.POINTER
    if pointer.is_file():
        told = {p.name for p in ready.glob("*.jsonl")} | _moved(ready)
        _note(ready, told)
        for book in var_dir.glob("*.jsonl"):
            if book.name not in told:
                book.unlink()
        for path in sorted(ready.glob("*.jsonl")):
            path.replace(var_dir / path.name)
        pointer.replace(var_dir / store.POINTER)
    shutil.rmtree(ready)


_NAMES = "buku"


def _moved(ready: Path) -> set[str]:
    path = ready / _NAMES
    return set(path.read_text(encoding="utf-8").split()) if path.is_file() else set()


def _note(ready: Path, names: set[str]) -> None:
    """Remember which books the restored folder has, before they are moved one by one."""
    berkas.write(ready / _NAMES, "\n".join(sorted(names)).encode())
