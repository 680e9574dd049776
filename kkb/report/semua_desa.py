"""Every village of a pack in one table, put together from the sheets of its kecamatan."""

from __future__ import annotations

import pandas as pd

from kkb import lapis
from kkb.bahasa import _
from kkb.rapat.lembar import Pack


def table(pack: Pack) -> pd.DataFrame:
    """One row per village, in the order of the codes: the columns of the kecamatan sheets, with the name of the
    kecamatan after that of the village. Speak the language of the pack before the call."""
    districts = lapis.read(pack.layer).districts
    parts = []
    for sheet in pack.sheets:
        if sheet.part == "kecamatan" and sheet.grid is not None:
            rows = sheet.grid.rows.copy()
            rows.insert(2, _("Kecamatan"), districts[sheet.choice["kecamatan"]].name)
            parts.append(rows)
    return pd.concat(parts).sort_values(_("Kode"), ignore_index=True)


def decimals(pack: Pack) -> dict[str, int]:
    """Decimals of its columns of measured numbers, as on the sheets."""
    return {
        name: places
        for sheet in pack.sheets
        if sheet.part == "kecamatan" and sheet.grid is not None
        for name, places in sheet.grid.decimals.items()
    }
