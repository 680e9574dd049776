"""The coats of all indicators of a day: the browser fetches them once and repaints without waiting for the server."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pandas as pd

from kkb import bahasa, config, maps, queries, selection, store, wilayah
from kkb import format as fmt
from kkb.bahasa import LANGUAGES, field
from kkb.errors import KkbError
from kkb.rows import records
from kkb.selection import Options, Selection
from kkb.store import Warehouse
from kkb.ui import assets

ADDRESS = "/warna/{key}/{language}/{day}.json"
LATEST = "akhir"


def address(key: str, chosen: Selection) -> str:
    """Where the browser finds the coats of the day and language chosen."""
    return assets.prefix() + ADDRESS.format(key=key, language=chosen.bahasa, day=chosen.tanggal or LATEST)


def text_of(key: str, language: str, day: str) -> str | None:
    """The coats at such an address as JSON, by the name of the indicator; None for what is not, or no longer, there."""
    try:
        warehouse = _seen(key)
    except KkbError:
        return None
    known = set(queries.map_indicators(warehouse)["periode"].explode()) | {LATEST}
    if warehouse.key != key or language not in LANGUAGES or day not in known:
        return None
    return _text(key, language, day)


def _seen(key: str) -> Warehouse:
    """The current version as the kabupaten of a key sees it; another key than asked when it is of another version."""
    return wilayah.chosen(store.current(config.var_dir()), key.partition("-")[2])


@lru_cache(maxsize=8)
def _text(key: str, language: str, day: str) -> str:
    bahasa.use(language)
    warehouse = _seen(key)
    table = queries.map_indicators(warehouse)
    periods = {str(r["kode_indikator"]): tuple(r["periode"]) for r in records(table)}
    chosen = Selection(tanggal=None if day == LATEST else day)
    options = Options(frozenset(), {}, periods)
    keys = [f"{code}|{selection.period_of(chosen, code, options)}" for code in periods]
    values = {str(code): rows for code, rows in queries.coats(warehouse, keys).groupby("kode_indikator")}
    legends: dict[str, pd.DataFrame] = {}
    found: dict[str, Any] = {}
    for row in records(table):
        code, scheme = str(row["kode_indikator"]), str(row["skema_peta"])
        if scheme not in legends:
            legends[scheme] = queries.legend(warehouse, code)
        found[field(row, "nama")] = maps.coat(
            values[code], legends[scheme], decimals=fmt.decimals(scheme, str(row["satuan"]))
        )
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
