"""One sheet per kecamatan of the area: its Kampung KB, what each lacks, and the villages that are left."""

from __future__ import annotations

from dataclasses import replace

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field
from kkb.compute import camat
from kkb.naskah import camat as words
from kkb.rapat.dasar import CLASSES_FILE, Basis, plain
from kkb.rapat.lembar import Figure, Grid, Sheet
from kkb.report import kecamatan as tables
from kkb.report import naik_kelas as recaps
from kkb.rows import records
from kkb.selection import CLASS, IDM


def sheets(basis: Basis) -> list[Sheet]:
    """By name of the kecamatan."""
    periods = {r["kode_indikator"]: list(r["periode"]) for r in records(queries.map_indicators(basis.warehouse))}
    year = periods[IDM][-1] if IDM in periods else None
    idm = queries.village_values(basis.warehouse, IDM, year) if year else None
    labels = {r["kode_kelas"]: field(r, "label") for r in records(queries.legend(basis.warehouse, IDM))} if year else {}
    classes = queries.village_classes(basis.warehouse, basis.scored)
    found = []
    for code, row in basis.districts.items():
        own = basis.status[basis.status["kode_kecamatan"] == code]
        villages = camat.villages(
            own,
            classes[classes["kode_kecamatan"] == code],
            idm[idm["kode_kecamatan"] == code] if idm is not None else None,
        )
        left = villages[~villages["is_kampung_kb"]]
        board = replace(basis.board, villages=tuple(v for v in basis.board.villages if v.district == code))
        reached = int(villages["is_kampung_kb"].sum())
        silent = [v for v in board.villages if v.waits]
        table = tables.villages(villages, board, labels, year)
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
                map=basis.map_of(CLASS, basis.scored, basis.classes, code),
                grid=Grid(
                    _("Desa/kelurahan di Kecamatan {name}").format(name=row["nama_kecamatan"]),
                    table,
                    {str(c): 4 if str(c).startswith("IDM") else 2 for c in table.select_dtypes("float").columns},
                ),
                notes=(words.left_note(left),),
                page="kecamatan",
                choice={"kecamatan": code},
            )
        )
    return found
