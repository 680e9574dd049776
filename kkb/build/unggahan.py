"""The files in force, read into tables; what was read is kept beside them, so that a build reads each file once.

`terbaca/` holds nothing of its own: it can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from kkb import berkas, journal
from kkb.bahasa import _
from kkb.build import facts
from kkb.contracts import BY_NAME
from kkb.errors import KkbError, StoreError
from kkb.ingest import contributions, sheets
from kkb.ingest.pilihan import Choices
from kkb.journal import Entry

READ = "terbaca"


def added(
    tables: dict[str, pd.DataFrame],
    entries: Sequence[Entry],
    facts_dir: Path,
    var_dir: Path,
    read: Mapping[int, Mapping[str, pd.DataFrame]] | None = None,
) -> dict[str, pd.DataFrame]:
    """The fact tables with every file in force added, in the order they came. `read` are the rows of files that were
    read just now, by the number of the entry. StoreError when a file is gone, or can no longer be read."""
    key = facts.digest(facts.inputs(facts_dir)).hexdigest()
    used: set[str] = set()
    before: list[Mapping[str, pd.DataFrame]] = []
    for entry in journal.in_force(entries):
        path = journal.upload_path(var_dir, entry.sha256)
        if not path.is_file() or facts.fingerprint(path) != entry.sha256:
            raise StoreError(
                _("Unggahan nomor {n} ({file}) hilang atau berubah.").format(n=entry.nomor, file=entry.berkas),
                _("Batalkan entri itu pada riwayat data, atau mintalah pengelola server memulihkan cadangannya."),
                _("Pulihkan folder unggahan dari cadangan, atau batalkan entri itu dengan `python -m kkb rollback`."),
            )
        key = hashlib.sha256(f"{key}{journal.line_of(entry)}".encode()).hexdigest()
        kept = var_dir / READ / f"{key}.json"
        used.add(kept.name)
        rows: Mapping[str, pd.DataFrame] | None = _kept(kept)
        if rows is None:
            rows = (read or {}).get(entry.nomor) or _read(path, entry, contributions.merged(tables, *before))
            _keep(kept, rows)
        before.append(rows)
    for old in (var_dir / READ).glob("*.json"):
        if old.name not in used:
            old.unlink(missing_ok=True)
    return contributions.merged(tables, *before)


def _read(path: Path, entry: Entry, tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    choices = Choices(entry.jenis, entry.per, **entry.opsi)
    try:
        found = contributions.of(path, entry.berkas, sheets.sheets(path), choices, tables)
    except KkbError as error:
        raise _unreadable(entry, error.message) from error
    if found.problems:
        raise _unreadable(entry, str(found.problems[0]))
    return found.tables


def _unreadable(entry: Entry, why: str) -> StoreError:
    return StoreError(
        _("Unggahan nomor {n} ({file}) tidak dapat dibaca lagi: {why}").format(
            n=entry.nomor, file=entry.berkas, why=why
        ),
        _("Batalkan entri itu pada riwayat data, lalu unggah berkas yang baru."),
        _("Batalkan entri itu dengan `python -m kkb rollback`, lalu impor berkas yang baru."),
    )


def _kept(path: Path) -> dict[str, pd.DataFrame] | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    types = {name: BY_NAME[name].types for name in told}
    return {name: pd.DataFrame(rows, columns=list(types[name])).astype(types[name]) for name, rows in told.items()}


def _keep(path: Path, rows: Mapping[str, pd.DataFrame]) -> None:
    """Write what was read, whole or not at all; a folder that cannot be written only costs time."""
    told = {
        name: [[None if pd.isna(v) else v for v in row] for row in table.astype(object).itertuples(index=False)]
        for name, table in rows.items()
    }
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        berkas.write(path, json.dumps(told, ensure_ascii=False).encode("utf-8"))
