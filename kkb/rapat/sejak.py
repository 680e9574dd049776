"""The sheet on what changed since the last meeting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from kkb import format as fmt
from kkb import queries, selection
from kkb.bahasa import _
from kkb.compute.sejak import Since, changes
from kkb.journal import Entry
from kkb.naskah import sejak as words
from kkb.rapat.dasar import CLASSES_FILE, RECAP_FILE, Basis
from kkb.rapat.lembar import Figure, Grid, Sheet
from kkb.rows import Row, records
from kkb.selection import CLASS, STATUS, Options, Selection


def since(basis: Basis, day: str, options: Options) -> Since:
    """The changes in the area from the data that were known of `day` (ISO 8601) to those of the pack."""
    chosen = Selection(tanggal=day)
    status_from = min(selection.period_of(chosen, STATUS, options), basis.period)
    scored_from = min(selection.period_of(chosen, CLASS, options), basis.scored)
    before = basis.ask(queries.village_values, indikator=STATUS, periode=status_from)
    reports = partial(basis.ask, queries.reporting, kecamatan=basis.area)
    return changes(
        (status_from, basis.period, scored_from, basis.scored),
        (basis.inside(before), basis.inside(basis.status)),
        basis.ask(queries.class_moves, dari=scored_from, sampai=basis.scored, kecamatan=basis.area),
        (reports(periode=scored_from), reports(periode=basis.scored)),
    )


def sheet(basis: Basis, day: str, options: Options, entries: Sequence[Entry]) -> Sheet:
    """What changed since a day; `entries` are all imports in force."""
    found = since(basis, day, options)
    corrected = [e for e in entries if e.koreksi and e.saat[:10] >= day]
    told = [words.days(found), *words.sentences(found)]
    if corrected:
        told.append(words.corrections(corrected))
    rows = records(found.rows)
    return Sheet(
        "kabupaten/sejak",
        words.title(found, day),
        basis.source("; ".join(dict.fromkeys(basis.publishers[f] for f in (CLASSES_FILE, RECAP_FILE))), basis.period),
        points=tuple(told),
        figures=(
            Figure(_("Kampung KB baru"), fmt.number(found.count("baru")), _("desa/kelurahan")),
            Figure(_("Naik kelas"), fmt.number(found.count("naik")), _("Kampung KB")),
            Figure(_("Turun kelas"), fmt.number(found.count("turun")), _("Kampung KB")),
            Figure(_("Mulai melapor"), fmt.number(found.count("mulai_lapor")), _("laporan")),
            Figure(_("Berhenti melapor"), fmt.number(found.count("berhenti_lapor")), _("laporan")),
        ),
        grid=basis.drawn(lambda: _grid(rows)) if rows else None,
        page="klasifikasi",
        choice=dict(basis.choice) | {"banding": found.scored_from},
    )


def _grid(rows: Sequence[Row]) -> Grid:
    return Grid(
        _("Perubahan menurut desa/kelurahan"),
        pd.DataFrame(
            {
                _("Perubahan"): [words.kind_name(r["jenis"]) for r in rows],
                _("Kode"): [fmt.village_code(r["kode_desa"]) for r in rows],
                _("Desa/kelurahan"): [r["nama_desa"] for r in rows],
                _("Kecamatan"): [r["nama_kecamatan"] for r in rows],
                _("Semula"): [words.value(r, "lama") for r in rows],
                _("Menjadi"): [words.value(r, "baru") for r in rows],
            }
        ),
    )
