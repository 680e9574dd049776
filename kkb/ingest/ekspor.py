"""What an export of the portal adds: scores and classes, or the recap; and the class counts of other areas in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from kkb import aturan
from kkb.bahasa import _
from kkb.compute.klasifikasi import CLASSES
from kkb.contracts import BY_NAME
from kkb.errors import Problem
from kkb.ingest import match, portal
from kkb.ingest.hasil import Contribution, Question, once
from kkb.ingest.match import Places
from kkb.ingest.pilihan import Choices
from kkb.schema import check

TABLE_OF = {"rekap-klasifikasi": "klasifikasi", "rekap-kampung": "rekap"}
NATION = "00"
MOST_PROVINCES = 30
"""A file with rows of so many provinces is taken as national."""


def of(
    export: portal.Export, name: str, choices: Choices, facts: Mapping[str, pd.DataFrame], known: Places
) -> Contribution:
    """What a portal export adds; `choices.as_of` is its day."""
    as_of = choices.as_of or ""
    places = export.table[["desa", "kecamatan", "kabupaten", "provinsi"]].itertuples(index=False, name=None)
    found = match.match([match.Row(None, *place) for place in places], known)
    codes = pd.Series(found.codes, dtype="str")
    problems = [_unknown(export, name, row, near, known) for row, near in found.unknown.items()]
    problems += [
        Problem(name, export.lines[row], "Desa", str(export.table.at[row, "desa"]), words, export.sheet)
        for row, words in found.wrong.items()
    ]
    twice = codes[codes.duplicated(keep=False)]
    problems += [
        Problem(
            name,
            export.lines[row],
            "Desa",
            known.names[code],
            _("satu baris saja untuk tiap desa/kelurahan"),
            export.sheet,
        )
        for row, code in zip(twice.index, twice, strict=True)
    ]
    rows = export.table.loc[codes.index].assign(kode_desa=codes, tanggal=as_of)
    table, wrong = _typed(TABLE_OF[export.kind], rows)
    if export.kind == "rekap-klasifikasi":
        wrong += aturan.check_scores(table, facts["aturan_item"])
    headers = {ours: header for header, ours in portal.KINDS[export.kind].items()}
    for p in wrong:
        line = export.lines[int(rows.index[(p.row or 2) - 2])]
        problems.append(Problem(name, line, headers.get(p.column or "", p.column), p.value, p.allowed, export.sheet))
    tables = {TABLE_OF[export.kind]: table}
    if export.kind == "rekap-klasifikasi":
        tables["pembanding_klasifikasi"] = _comparison(export.table, as_of, facts, known)
    inside = {export.lines[row] for row in codes.index} - {p.row for p in problems}
    questions = [
        Question(
            match.written(str(export.table.at[row, "kecamatan"]), str(export.table.at[row, "desa"])),
            f"{export.table.at[row, 'desa']!s} ({export.table.at[row, 'kecamatan']!s})",
            near,
        )
        for row, near in found.unknown.items()
    ]
    return Contribution(
        export.kind,
        as_of,
        len(export.table),
        len(codes),
        len(found.outside),
        tables,
        tuple(problems),
        tuple(replace(p, file=name) for p in export.odd if p.row in inside),
        len(found.totals) + len(found.aside),
        0,
        once(questions),
    )


def _unknown(export: portal.Export, name: str, row: int, near: tuple[str, ...], known: Places) -> Problem:
    desa, kecamatan = str(export.table.at[row, "desa"]), str(export.table.at[row, "kecamatan"])
    words = _("desa/kelurahan di kabupaten ini")
    if near:
        names = ", ".join(known.names[k] for k in near)
        words = _("desa/kelurahan di kabupaten ini, mungkin {names}").format(names=names)
    return Problem(name, export.lines[row], "Desa", f"{desa} ({kecamatan})", words, export.sheet)


def _typed(table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows as the contract has them; flags become 'true' or blank, as in the fact files."""
    contract = BY_NAME[table]
    columns = list(contract.columns)
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
    columns = list(BY_NAME["pembanding_klasifikasi"].columns)
    table = [
        {"tanggal": as_of, "kode_wilayah": k, **{c: int((g["klasifikasi"] == c).sum()) for c in CLASSES}}
        for k, g in counted
    ]
    return pd.DataFrame(table, columns=columns).astype(dict.fromkeys(CLASSES, "Int64"))
