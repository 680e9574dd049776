"""The append-only journal of uploaded files: `jurnal.jsonl` in the data folder, one JSON object a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kkb.bahasa import _
from kkb.errors import StoreError

FILE = "jurnal.jsonl"


def entries(folder: Path) -> tuple[dict[str, Any], ...]:
    """All entries, oldest first; none when the file is not there. StoreError names the line that cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return ()
    read = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            read.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise StoreError(
                _("Jurnal {name} baris {row} tidak dapat dibaca.").format(name=path.name, row=number),
                _("Pulihkan berkas jurnal dari cadangan; baris jurnal tidak boleh diubah."),
            ) from error
    return tuple(read)
