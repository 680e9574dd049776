"""The tasks and the figures beside their targets, to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute import capaian, lintas
from kkb.compute.capaian import Figure, Target
from kkb.compute.jalur import Board
from kkb.compute.lintas import Task
from kkb.naskah import lintas as naskah
from kkb.rows import Row


def tasks(
    rows: Iterable[tuple[Task, str, str]],
    board: Board,
    indicators: Mapping[str, Row],
    periods: Mapping[str, str],
) -> pd.DataFrame:
    """One row per task and office: `rows` are the task, the office and its part. Villages without the status or without
    a report are rows as well, told apart by their kind."""
    listed = list(rows)
    work = [t for t, _office, _part in listed]
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(t.village) for t in work],
            _("Desa/kelurahan"): [t.name for t in work],
            _("Kecamatan"): [t.district_name for t in work],
            _("Perangkat daerah (usulan)"): [office for _t, office, _part in listed],
            _("Peran"): [naskah.role(part) for _t, _office, part in listed],
            _("Jenis tugas"): [naskah.kind(t.kind) for t in work],
            _("Kode indikator"): [t.code for t in work],
            _("Butir atau indikator"): [naskah.name(t.code, indicators, board.items) for t in work],
            _("Kini"): pd.array([t.value for t in work], dtype="Float64"),
            _("Perlu"): pd.array([t.goal for t in work], dtype="Float64"),
            _("Satuan"): [_unit(t, indicators) for t in work],
            _("Yang diperlukan"): [naskah.need(t, board, indicators) for t in work],
            _("Kelas kini"): [fmt.class_name(t.kelas) if t.kelas else None for t in work],
            _("Kelas bila butir ini selesai"): [fmt.class_name(t.after) if t.after else None for t in work],
            _("Langkah termurah"): [_("ya") if t.is_cheapest else None for t in work],
            _("Data per"): [fmt.period(periods.get(t.code, board.period)) for t in work],
        }
    )


def steps(work: Iterable[Task], board: Board, indicators: Mapping[str, Row]) -> pd.DataFrame:
    """The same in short, for a sheet of one office: one row per task, by kecamatan and village."""
    listed = [t for mine in lintas.by_village(work).values() for t in mine]
    scored = [t if t.kind == "butir" else None for t in listed]
    return pd.DataFrame(
        {
            _("Desa/kelurahan"): [t.name for t in listed],
            _("Kecamatan"): [t.district_name for t in listed],
            _("Butir atau indikator"): [naskah.name(t.code, indicators, board.items) for t in listed],
            _("Skor kini"): pd.array([t.value if t else None for t in scored], dtype="Int64"),
            _("Skor baru"): pd.array([t.goal if t else None for t in scored], dtype="Int64"),
            _("Yang diperlukan"): [naskah.need(t, board, indicators) for t in listed],
            _("Akibat pada kelas"): [naskah.effect(t) or None for t in listed],
        }
    )


def _unit(task: Task, indicators: Mapping[str, Row]) -> str | None:
    return _("skor") if task.kind == "butir" else field(indicators[task.code], "satuan") if task.goal else None


def figures(
    codes: Sequence[str],
    found: Mapping[str, Figure],
    targets: Mapping[str, Target | None],
    indicators: Mapping[str, Row],
    todo: Mapping[str, Sequence[Task]],
) -> pd.DataFrame:
    """One row per indicator, those without data as well: value, n of N, target with source, percent of it, colour."""
    known = [found.get(c) for c in codes]
    goals = [targets.get(c) for c in codes]
    rows = [indicators[c] for c in codes]
    percents = [f.percent if f else None for f in known]
    return pd.DataFrame(
        {
            _("Sektor"): [field(r, "sektor") for r in rows],
            _("Kode indikator"): list(codes),
            _("Indikator"): [field(r, "nama") for r in rows],
            _("Perangkat daerah (usulan)"): [r["opd"] for r in rows],
            _("Keadaan data"): [_("ada") if f else _("belum ada data") for f in known],
            _("Nilai"): pd.array([f.value if f else None for f in known], dtype="Float64"),
            _("Satuan"): [field(r, "satuan") for r in rows],
            _("Tingkat"): [
                None if f is None else _("angka kabupaten") if f.measure is None else _("dari desa/kelurahan")
                for f in known
            ],
            _("Data per"): [fmt.period(f.period) if f else None for f in known],
            _("Memiliki nilai"): pd.array([f.n if f and f.measure else None for f in known], dtype="Int64"),
            _("Seluruhnya"): pd.array([f.whole if f and f.measure else None for f in known], dtype="Int64"),
            _("Target"): pd.array([t.value if t else None for t in goals], dtype="Float64"),
            _("Tahun target"): pd.array([t.year if t else None for t in goals], dtype="Int64"),
            _("Sumber target"): [(t.source or t.url) if t else None for t in goals],
            _("% target"): pd.array([None if p is None else round(p, 6) for p in percents], dtype="Float64"),
            _("Warna"): [None if p is None else naskah.colour(capaian.band(p)) for p in percents],
            _("Desa/kelurahan dengan tugas"): pd.array(
                [len(lintas.villages(lintas.work(todo.get(c, ())))) for c in codes], dtype="Int64"
            ),
            _("Sumber nilai"): [f.source if f else None for f in known],
        }
    )
