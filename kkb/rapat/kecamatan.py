"""One sheet per kecamatan of the area: its Kampung KB, what each lacks, and the villages that are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field
from kkb.compute import camat
from kkb.compute.jalur import Board
from kkb.naskah import camat as words
from kkb.rapat.dasar import CLASSES_FILE, Basis, plain
from kkb.rapat.lembar import Figure, Grid, Sheet
from kkb.report import kecamatan as tables
from kkb.report import naik_kelas as recaps
from kkb.rows import records
from kkb.selection import CLASS, IDM, Options


def sheets(basis: Basis, options: Options) -> list[Sheet]:
    """By name of the kecamatan."""
    year = options.periode[IDM][-1] if IDM in options.periode else None
    idm = basis.ask(queries.village_values, indikator=IDM, periode=year) if year else None
    legend = records(basis.ask(queries.legend, indikator=IDM)) if year else []
    labels = {r["kode_kelas"]: field(r, "label") for r in legend}
    classes = basis.ask(queries.village_classes, periode=basis.scored)
    all_villages = camat.villages(basis.inside(basis.status), classes, idm)
    district_of = all_villages["kode_desa"].map(basis.status.set_index("kode_desa")["kode_kecamatan"])
    found = []
    for code, row in basis.districts.items():
        villages = all_villages[district_of == code].reset_index(drop=True)
        left = villages[~villages["is_kampung_kb"]]
        board = replace(basis.board, villages=tuple(v for v in basis.board.villages if v.district == code))
        reached = int(villages["is_kampung_kb"].sum())
        silent = [v for v in board.villages if v.waits]
        found.append(
            Sheet(
                f"kecamatan/{code}",
                words.title(str(row["nama_kecamatan"]), reached, len(villages), board.villages),
                basis.source(
                    basis.publishers[CLASSES_FILE],
                    basis.scored,
                    _("Rekap per {days}.").format(days=recaps.recap_days(board)),
                ),
                points=(
                    f"{words.kampung_title(board.villages)}.",
                    *(f"{v.name}: {plain(words.need(v))}" for v in board.villages),
                    f"{words.left_title(left, year, labels)}.",
                ),
                figures=(
                    Figure(_("Cakupan"), fmt.share(reached, len(villages)), fmt.of(reached, len(villages))),
                    Figure(_("Kesenjangan"), fmt.number(len(left)), _("belum Kampung KB")),
                    Figure(_("Lapor dahulu"), fmt.number(len(silent)), _("Kampung KB")),
                ),
                map=basis.drawn(partial(basis.map_of, CLASS, basis.scored, basis.classes, code)),
                grid=basis.drawn(partial(_grid, str(row["nama_kecamatan"]), villages, board, labels, year)),
                notes=(words.left_note(left),),
                page="kecamatan",
                choice={"kecamatan": code},
            )
        )
    return found


def _grid(name: str, villages: pd.DataFrame, board: Board, labels: Mapping[str, str], year: str | None) -> Grid:
    """The villages of a kecamatan."""
    table = tables.villages(villages, board, labels, year)
    return Grid(
        _("Desa/kelurahan di Kecamatan {name}").format(name=name),
        table,
        {str(c): 4 if str(c).startswith("IDM") else 2 for c in table.select_dtypes("float").columns},
    )
