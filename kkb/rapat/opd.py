"""One sheet per office: what it has to do for which village, and which Kampung KB that lifts."""

from __future__ import annotations

from kkb import tugas
from kkb.bahasa import _
from kkb.compute import lintas
from kkb.compute.lintas import Task
from kkb.naskah import lintas as naskah
from kkb.rapat.dasar import CLASSES_FILE, RECAP_FILE, Basis, plain
from kkb.rapat.lembar import Grid, Sheet
from kkb.report import lintas as tables
from kkb.tugas import Duties


def sheets(basis: Basis) -> list[Sheet]:
    """Offices with tasks of their own, the one with most first."""
    goals = tugas.targets(basis.ask, basis.indicators, basis.area, str(basis.regency["kode_kabupaten"]))
    known = tugas.duties(basis.ask, basis.board, goals, basis.periods, basis.indicators)
    own = {code: known.own(code) for code in known.offices}
    busy = sorted((c for c in own if lintas.work(own[c])), key=lambda c: -len(lintas.work(own[c])))
    return [_sheet(basis, known, code, own[code]) for code in busy]


def _sheet(basis: Basis, known: Duties, code: str, own: list[Task]) -> Sheet:
    office = str(known.offices[code]["singkatan"])
    work, lifts = lintas.work(own), known.lifts(code)
    is_of_class = bool(lintas.of_kind(own, "butir"))
    gaps = [
        naskah.gap(c, kind, tasks, known.indicators, known.board.items) + "."
        for (c, kind), tasks in lintas.by_gap([*work, *lintas.of_kind(own, "status")]).items()
    ]
    silent = len(lintas.villages(lintas.of_kind(own, "lapor")))
    if silent:
        gaps.append(naskah.not_yet_known(silent) + ".")
    return Sheet(
        f"opd/{office}",
        naskah.office_title(known.offices[code], own, known.shared(code), 0, len(lifts)),
        basis.source(
            "; ".join(dict.fromkeys(basis.publishers[f] for f in (CLASSES_FILE, RECAP_FILE))),
            basis.scored,
            naskah.proposed(),
        ),
        points=(*([plain(naskah.lifted_line(lifts, office))] if is_of_class else []), *gaps),
        grid=basis.drawn(
            lambda: Grid(
                _("Daftar tugas: {office}").format(office=office),
                tables.steps(work, known.board, known.indicators),
            )
        ),
        page="lintas_sektor",
        choice={**basis.choice, "opd": code},
    )
