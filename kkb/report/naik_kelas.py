"""The tables of the way up, to read and to take away."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute import jalur
from kkb.compute.jalur import Board, Village
from kkb.naskah import langkah, naik_kelas


def recap_day(board: Board, village: Village) -> str:
    """The day of the recap a village is counted from; a dash when there is none."""
    return fmt.day(board.recaps[village.code]["tanggal"]) if village.code in board.recaps else fmt.MISSING


def recap_days(board: Board) -> str:
    """The days of all recaps in use."""
    days = sorted({board.recaps[v.code]["tanggal"] for v in board.villages if v.code in board.recaps})
    return fmt.names([fmt.day(d) for d in days]) or fmt.MISSING


def summary(board: Board) -> pd.DataFrame:
    """One row per Kampung KB, in the order of the board. Points are an upper bound where a report comes first."""
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(v.code) for v in board.villages],
            _("Poin"): pd.array([v.points for v in board.villages], dtype="Int64"),
            _("Kampung KB"): [v.name for v in board.villages],
            _("Kecamatan"): [v.district_name for v in board.villages],
            _("Kelas kini"): [fmt.class_name(v.kelas) for v in board.villages],
            _("Dapat mencapai"): [naik_kelas.reached(v) for v in board.villages],
            _("Kurang per indeks"): [naik_kelas.missing(v) for v in board.villages],
            _("Catatan"): [naik_kelas.note(v) for v in board.villages],
            _("Himpunan langkah"): pd.array(
                [sum(r.count for r in v.routes) or pd.NA for v in board.villages], dtype="Int64"
            ),
        }
    )


def sets(board: Board) -> pd.DataFrame:
    """One row per item of each way of each index of each route of each village.

    A set of steps is one way from every index of one route, so the ways are listed and not their products.
    """
    rows = []
    for village in board.villages:
        ways = [
            (number, route, index, place, way)
            for number, route in enumerate(village.routes, 1)
            for index, listed in route.ways.items()
            for place, way in enumerate(listed, 1)
        ]
        recap = board.recaps.get(village.code)
        needs = jalur.needs_by_way(village, recap, board.rule)
        for number, route, index, place, way in ways:
            wanted = needs[frozenset(way.items())]
            for line in langkah.lines(wanted, board.items, recap_day(board, village)):
                for need in (n for n in wanted if n.code in line.codes):
                    rows.append(
                        {
                            _("Kode"): fmt.village_code(village.code),
                            _("Kampung KB"): village.name,
                            _("Kecamatan"): village.district_name,
                            _("Tujuan"): fmt.class_name(village.target),
                            _("Kelas kini"): fmt.class_name(village.kelas),
                            _("Kelas dicapai"): fmt.class_name(route.reaches),
                            _("Jalur"): number,
                            _("Indeks"): _(index.capitalize()),
                            _("Poin indeks"): route.missing[index],
                            _("Cara"): place,
                            _("Butir"): field(board.items[need.code], "item"),
                            _("Skor kini"): need.score,
                            _("Skor baru"): need.target,
                            _("Yang diperlukan"): line.words,
                            _("Perangkat daerah (usulan)"): "; ".join(board.owners[need.code]),
                            _("Rekap per"): recap_day(board, village),
                        }
                    )
    return pd.DataFrame(rows)


def offices(board: Board) -> pd.DataFrame:
    """One row per office: how many villages it can lift, in how many no cheapest way goes without it, and its items."""
    found = jalur.office_items(board.villages, board.owners)
    rows = []
    for office, mine in found.groupby("opd"):
        needed = mine.loc[mine["is_opd_wajib"], "kode_desa"].unique()
        items = mine["kode_indikator"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        rows.append(
            {
                _("Perangkat daerah (usulan)"): office,
                _("Dapat"): mine["kode_desa"].nunique(),
                _("Wajib"): len(needed),
                _("Butir"): ", ".join(f"{field(board.items[str(c)], 'item')} ({n})" for c, n in items.items()),
                _("Wajib di"): _places(board, needed),
                _("Dapat di"): _places(board, set(mine["kode_desa"]) - set(needed)),
            }
        )
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    order = [_("Dapat"), _("Wajib"), _("Perangkat daerah (usulan)")]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _places(board: Board, codes: object) -> str:
    wanted = set(codes)  # type: ignore[call-overload]
    return ", ".join(naik_kelas.place(v) for v in board.villages if v.code in wanted) or fmt.MISSING


def districts(board: Board) -> pd.DataFrame:
    """One row per kecamatan: its Kampung KB by how far they are, and the points missing where they are known."""
    names = {
        "kode_kecamatan": _("Kode"),
        "nama_kecamatan": _("Kecamatan"),
        "jumlah": _("Kampung KB"),
        "sampai": _("Sudah Berkelanjutan"),
        "satu": _("Kurang 1 poin"),
        "poin": _("Poin kurang"),
        "lapor": _("Lapor dahulu"),
    }
    return jalur.district_totals(board.villages)[list(names)].rename(columns=names)
