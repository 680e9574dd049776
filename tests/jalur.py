"""The board of the way up without the pages: what several tests look at."""

from kkb import queries
from kkb.compute import jalur, klasifikasi
from kkb.compute.jalur import Board
from kkb.rows import by


def board(warehouse, goal="berikut", day="2023-08-28"):
    rule = klasifikasi.rules(queries.item_rules(warehouse))[-1]
    catalogue = by(queries.indicators(warehouse), "kode_indikator")
    return Board(
        day,
        rule,
        jalur.villages(queries.item_scores(warehouse, day), rule, goal),
        by(queries.item_rules(warehouse), "kode_indikator"),
        {code: tuple(catalogue[code]["opd"].split("; ")) for code in rule.items},
        by(queries.recap(warehouse, day), "kode_desa"),
    )
