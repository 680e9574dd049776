"""The kecamatan compared: within their groups, on little maps, and by all measures side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries, selection
from kkb.bahasa import _
from kkb.charts import kecamatan as charts
from kkb.charts import peta_kecil
from kkb.charts.kecamatan import Cell, Line
from kkb.compute import kecamatan as hitung
from kkb.naskah import kecamatan as naskah
from kkb.rows import Row, by, first, records
from kkb.ui import kecamatan, parts, run, widgets
from kkb.ui.kecamatan import Ranking


def groups(known: Ranking) -> None:
    """The kecamatan within their like groups, and how the groups were made."""
    districts = run.ask(queries.districts)
    mean = hitung.mean_size(districts)
    st.header(naskah.groups_title(known.table))
    blocks = []
    for code, words in naskah.group_names(mean).items():
        rows = sorted((r for r in known.rows.values() if r["kelompok"] == code), key=_place)
        lines = [
            Line(
                fmt.number(r["peringkat_kelompok"]),
                str(r["nama_kecamatan"]),
                kecamatan.link(kecamatan=r["kode_kecamatan"], desa=None),
                known.value(r),
                naskah.count(r, known.measure),
                [],
                [naskah.together(r["bersama_kelompok"])] if r["bersama_kelompok"] else [],
            )
            for r in rows
        ]
        if lines:
            blocks.append((_("{group}: {n} kecamatan").format(group=words, n=fmt.number(len(lines))), lines))
    st.html(charts.groups(blocks))
    kecamatan.source(known, naskah.group_rule(mean, len(districts)))


def _place(row: Row) -> tuple[bool, int, str]:
    """Sorts the kecamatan of a group by their place, those without one last, then by name."""
    has_none = bool(pd.isna(row["peringkat_kelompok"]))
    return has_none, 0 if has_none else int(row["peringkat_kelompok"]), str(row["nama_kecamatan"])


def view_box() -> None:
    """The select box of the shape of the little maps."""
    words = {"peta": _("Peta wilayah"), "petak": _("Petak sama besar")}
    with st.container(width=240):
        widgets.choose(
            _("Tampilan"),
            "tampilan",
            list(selection.VIEWS),
            run.chosen().tampilan,
            words=lambda v: words[v or "peta"],
            help=_("Setiap desa digambar sebagai petak yang sama besar, sehingga desa kecil tetap terlihat."),
        )


def little_maps(known: Ranking) -> None:
    """One little map per kecamatan, in the order of the ranking."""
    legend = by(run.rows(queries.legend, indikator=known.indicator["kode_indikator"]), "kode_kelas")
    st.header(naskah.maps_title(known.table, known.measure))
    view_box()
    mine: dict[str, list[Row]] = {}
    for village in records(known.states):
        mine.setdefault(village["kode_kecamatan"], []).append(village)
    rows = list(known.rows.values())
    codes = tuple(tuple(str(v["kode_desa"]) for v in mine[row["kode_kecamatan"]]) for row in rows)
    shown = []
    for row, shape in zip(rows, _shapes(run.chosen().tampilan, codes), strict=True):
        fills = {
            str(v["kode_desa"]): (
                str(legend[v["kode_kelas"]]["warna"]),
                "arsir" if v["is_silent"] else kecamatan.motif(legend[v["kode_kelas"]]),
            )
            for v in mine[row["kode_kecamatan"]]
        }
        note = f"{known.value(row)} · {naskah.count(row, known.measure)}"
        name = str(row["nama_kecamatan"])
        shown.append(
            peta_kecil.Little(
                name,
                note,
                kecamatan.link(kecamatan=row["kode_kecamatan"], desa=None),
                _("Peta kecil Kec. {name}: {note}").format(name=name, note=note),
                peta_kecil.picture(shape, fills),
            )
        )
    st.html(maps.legend_html(pd.DataFrame(list(legend.values())), kecamatan.counts(known.states)))
    st.html(peta_kecil.gallery(shown))
    kecamatan.source(
        known,
        _("Skala tiap peta berbeda. Batas: {source}, indikatif.").format(source=parts.source_of("batas/desa.geojson")),
    )


@run.remembered
def _shapes(view: str, groups: tuple[tuple[str, ...], ...]) -> list[peta_kecil.Fitted]:
    """Groups of villages, each made to fill one little map."""
    shapes = peta_kecil.outlines(str(first(run.rows(queries.map_layer, nama=view))["isi"]))
    return [peta_kecil.fitted(shapes, codes) for codes in groups]


def all_measures(known: Ranking) -> None:
    """All headline measures side by side, each with its rank; a head ranks the page by it."""
    others = [c for c in kecamatan.HEADLINE if run.now().options.periode.get(c)]
    code = str(known.indicator["kode_indikator"])
    boards = {c: known if c == code else kecamatan.ranking(c) for c in dict.fromkeys([*others, code])}
    rows = sorted(known.rows.values(), key=lambda r: str(r["nama_kecamatan"]))
    found = {c: b.rows for c, b in boards.items()}
    best = {str(r["nama_kecamatan"]): sum(_is_best(found[c][r["kode_kecamatan"]]) for c in boards) for r in rows}
    st.header(naskah.matrix_title(best, len(boards)))
    st.html(
        charts.matrix(
            [(b.name, kecamatan.link(indikator=c), c == code) for c, b in boards.items()],
            [
                (
                    str(r["nama_kecamatan"]),
                    kecamatan.link(kecamatan=r["kode_kecamatan"], desa=None),
                    [_cell(b, found[c][r["kode_kecamatan"]]) for c, b in boards.items()],
                )
                for r in rows
            ],
        )
    )
    days = dict.fromkeys(fmt.period(b.period) for b in boards.values())
    sources = dict.fromkeys(parts.source_of_indicator(c, b.period) for c, b in boards.items())
    parts.source_line(
        "; ".join(sources),
        fmt.names(list(days)),
        _(
            "Di bawah angka: peringkatnya. Bergaris: ada yang belum melapor. Klik judul kolom untuk memeringkat "
            "menurut kolom itu."
        ),
    )


def _cell(known: Ranking, row: Row) -> Cell:
    rank: str = fmt.of(row["peringkat"], known.ranked) if pd.notna(row["peringkat"]) else naskah.no_rank()
    return Cell(known.value(row), rank, _is_best(row), bool(row["belum_melapor"]))


def _is_best(row: Row) -> bool:
    return bool(pd.notna(row["peringkat"]) and row["peringkat"] == 1)
