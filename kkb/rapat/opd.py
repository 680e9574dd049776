"""One sheet per office: which villages it can lift, and by which items."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat.dasar import CLASSES_FILE, Basis
from kkb.rapat.lembar import Grid, Sheet
from kkb.report import naik_kelas as tables
from kkb.rows import records


def sheets(basis: Basis) -> list[Sheet]:
    """The office with most villages first; none when no village is on its way with a known distance."""
    offices, steps = tables.offices(basis.board), tables.sets(basis.board)
    if offices.empty:
        return []
    name = _("Perangkat daerah (usulan)")
    found = []
    for row in records(offices):
        office = str(row[name])
        own = steps[[office in str(o).split("; ") for o in steps[name]]]
        columns = [_("Kampung KB"), _("Kecamatan"), _("Butir"), _("Skor kini"), _("Skor baru"), _("Yang diperlukan")]
        tasks = own[columns].drop_duplicates(ignore_index=True)
        found.append(
            Sheet(
                f"opd/{office}",
                _title(office, int(row[_("Dapat")]), int(row[_("Wajib")])),
                basis.source(
                    basis.publishers[CLASSES_FILE],
                    basis.scored,
                    _("Perangkat daerah adalah usulan dari katalog indikator."),
                ),
                points=(
                    _("Butir: {items}.").format(items=row[_("Butir")]),
                    *([_("Wajib di: {places}.").format(places=row[_("Wajib di")])] if row[_("Wajib")] else []),
                ),
                grid=Grid(_("Langkah {office}").format(office=office), pd.DataFrame(tasks)),
                page="naik_kelas",
                choice=basis.choice,
            )
        )
    return found


def _title(office: str, can: int, must: int) -> str:
    words = {"office": office, "n": fmt.number(can), "needed": fmt.number(must)}
    if must:
        return _("{office} dapat membantu {n} Kampung KB naik kelas; wajib di {needed}").format(**words)
    return _("{office} dapat membantu {n} Kampung KB naik kelas").format(**words)
