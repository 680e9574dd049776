"""What one brought file adds to the fact tables: its rows by village code, and what was set aside and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from kkb import aturan
from kkb.bahasa import _
from kkb.compute.klasifikasi import CLASSES
from kkb.contracts import BY_NAME
from kkb.errors import Problem
from kkb.ingest import match, portal
from kkb.ingest.match import Places
from kkb.schema import check

TABLE_OF = {"rekap-klasifikasi": "klasifikasi", "rekap-kampung": "rekap"}
NATION = "00"
MOST_PROVINCES = 30
"""A file with rows of so many provinces is taken as national."""


@dataclass(frozen=True)
class Contribution:
    """`tables` are rows in the columns and types of the contracts, by table name. Of `read` rows of the file `matched`
    are villages of the kabupaten and `outside` are of others; `problems` stop the import, `warnings` do not."""

    kind: str
    as_of: str
    read: int
    matched: int
    outside: int
    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())


def of(export: portal.Export, name: str, as_of: str, facts: Mapping[str, pd.DataFrame]) -> Contribution:
    """What a portal export adds. `name` is what its file was called when it came."""
    known = match.places(facts)
    found = match.match(export.table, known)
    problems = [_unknown(export, name, row, near, known) for row, near in found.unknown.items()]
    twice = found.codes[found.codes.duplicated(keep=False)]
    problems += [
        Problem(name, export.lines[row], "Desa", known.names[code], _("satu baris saja untuk tiap desa/kelurahan"))
        for row, code in zip(twice.index, twice, strict=True)
    ]
    rows = export.table.loc[found.codes.index].assign(kode_desa=found.codes, tanggal=as_of)
    table, wrong = _typed(TABLE_OF[export.kind], rows)
    if export.kind == "rekap-klasifikasi":
        wrong += aturan.check_scores(table, facts["aturan_item"])
    headers = {ours: header for header, ours in portal.KINDS[export.kind].items()}
    for p in wrong:
        line = export.lines[int(rows.index[(p.row or 2) - 2])]
        problems.append(Problem(name, line, headers.get(p.column or "", p.column), p.value, p.allowed))
    tables = {TABLE_OF[export.kind]: table}
    if export.kind == "rekap-klasifikasi":
        tables["pembanding_klasifikasi"] = _comparison(export.table, as_of, facts, known)
    inside = {export.lines[row] for row in found.codes.index} - {p.row for p in problems}
    return Contribution(
        export.kind,
        as_of,
        len(export.table),
        len(found.codes),
        int(found.outside.sum()),
        tables,
        tuple(problems),
        tuple(Problem(name, p.row, p.column, p.value, p.allowed) for p in export.odd if p.row in inside),
    )


def _unknown(export: portal.Export, name: str, row: int, near: tuple[str, ...], known: Places) -> Problem:
    desa, kecamatan = str(export.table.at[row, "desa"]), str(export.table.at[row, "kecamatan"])
    words = _("desa/kelurahan di kabupaten ini")
    if near:
        names = ", ".join(known.names[k] for k in near)
        words = _("desa/kelurahan di kabupaten ini, mungkin {names}").format(names=names)
    return Problem(name, export.lines[row], "Desa", f"{desa} ({kecamatan})", words)


def _typed(table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows as the contract has them; flags become 'true' or blank, as in the fact files."""
    contract = BY_NAME[table]
    columns = list(contract.schema.columns)
    raw = rows[columns].astype("str").where(rows[columns].notna())
    for flag in [c for c in columns if c.startswith("is_")]:
        raw[flag] = pd.Series("true", index=rows.index, dtype="str").where(rows[flag])
    return check(contract, raw.reset_index(drop=True))


def _comparison(rows: pd.DataFrame, as_of: str, facts: Mapping[str, pd.DataFrame], known: Places) -> pd.DataFrame:
    """Class counts of the kabupaten/kota of the province that are in the file, and of the nation if all of it is."""
    regencies = facts["pembanding_wilayah"].set_index("kode_wilayah")["nama_wilayah"]
    codes = {match.area(name): code for code, name in regencies.items() if code != NATION}
    province = rows[rows["provinsi"].map(match.area) == known.province]
    code = province["kabupaten"].map(match.area).map(codes)
    counted = [(str(k), g) for k, g in province.groupby(code)]
    if len(counted) < len(codes):
        counted = []
    if rows["provinsi"].map(match.area).nunique() >= MOST_PROVINCES:
        counted.append((NATION, rows))
    columns = list(BY_NAME["pembanding_klasifikasi"].schema.columns)
    table = [
        {"tanggal": as_of, "kode_wilayah": k, **{c: int((g["klasifikasi"] == c).sum()) for c in CLASSES}}
        for k, g in counted
    ]
    return pd.DataFrame(table, columns=columns).astype(dict.fromkeys(CLASSES, "Int64"))


def merged(facts: Mapping[str, pd.DataFrame], added: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The fact tables with rows added or replaced by key; a village has the status since its first row."""
    tables = dict(facts)
    for name, rows in added.items():
        if len(rows):
            both = pd.concat([tables[name], rows], ignore_index=True)
            tables[name] = both.drop_duplicates(list(BY_NAME[name].key), keep="last", ignore_index=True)
    tables["status"] = _status(tables)
    return tables


def _status(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    seen = pd.concat([tables["klasifikasi"], tables["rekap"]])[["kode_desa", "tanggal"]]
    first = seen.groupby("kode_desa", as_index=False)["tanggal"].min()
    known = tables["status"]
    both = known.merge(first, on="kode_desa", how="outer")
    both["tercatat_sejak"] = both[["tercatat_sejak", "tanggal"]].min(axis=1)
    both["status"] = "sudah"
    return both[known.columns].astype(known.dtypes.to_dict())
