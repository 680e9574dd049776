"""The tasks on the page of sectors and offices: of all offices, of one by gap and by village, and as files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.charts import lintas as charts
from kkb.charts.lintas import Link
from kkb.compute import lintas
from kkb.compute.lintas import Task
from kkb.naskah import lintas as naskah
from kkb.report import lintas as report
from kkb.selection import STATUS
from kkb.ui import parts, run
from kkb.ui.kecamatan import address
from kkb.ui.lintas import Sector

PORTAL, RECAP = "kampung_kb_klasifikasi.csv", "kampung_kb_rekap.csv"
TOP_GAPS = 4
"""So many of the largest gaps of an office stand in the list of all offices."""
SHORT = 12
"""Villages without the status or a report are counted by kecamatan once there are more than this."""


def all_offices(seen: Sector) -> None:
    """One line per office: what it has to do, most on top; those without a task last."""
    rows = sorted(seen.offices, key=lambda c: (-len(lintas.work(seen.own(c))), -len(seen.codes_of(c))))
    st.caption(_("Angka di belakang nama butir: banyaknya desa/kelurahan. Nama perangkat daerah membuka daftarnya."))
    st.html(charts.offices([_office(seen, c) for c in rows if seen.codes_of(c)], _("Tugas per perangkat daerah")))
    tasks_source(seen, _("Satu tugas dapat dipegang bersama, sehingga jumlah kolom melebihi jumlah tugas."))


def _office(seen: Sector, code: str) -> charts.Office:
    own = seen.own(code)
    gaps = list(lintas.by_gap(lintas.work(own)).items())
    largest = [naskah.short_gap(c, kind, len(t), seen.indicators, seen.board.items) for (c, kind), t in gaps]
    shared = lintas.villages(lintas.work(seen.shared(code)))
    if shared:
        largest = [*largest[:TOP_GAPS], _("bersama semua perangkat daerah: {n}").format(n=fmt.number(len(shared)))]
    codes, empty = seen.codes_of(code), seen.empty(code)
    office = seen.offices[code]
    return charts.Office(
        Link(str(office["singkatan"]), address("lintas-sektor", opd=code)),
        field(office, "nama"),
        naskah.counts(own),
        bool(gaps),
        naskah.apart(own),
        largest[: TOP_GAPS + 1],
        naskah.when_lifted(seen.lifts(code)) if gaps else naskah.waiting([seen.indicators[c] for c in empty]),
        _("{n} indikator ada data").format(n=fmt.of(len(codes) - len(empty), len(codes))),
    )


def gaps(seen: Sector, tasks: Sequence[Task], office: str) -> None:
    """How many villages lack what, with their names."""
    found = [_gap(seen, code, kind, mine, office) for (code, kind), mine in lintas.by_gap(tasks).items()]
    st.html(charts.gaps(found))


def _gap(seen: Sector, code: str, kind: str, mine: Sequence[Task], office: str) -> charts.Gap:
    words = naskah.gap(code, kind, mine, seen.indicators, seen.board.items)
    note = field(seen.board.items[code], "dasar_ukur") if kind == "butir" else ""
    to_map = address("peta", indikator=code, desa=None) if code in run.now().options.periode else None
    return charts.Gap(words, naskah.role(seen.held[office][code]), note, to_map, _villages(mine, kind))


def _villages(mine: Sequence[Task], kind: str) -> list[Link]:
    """The villages of a gap; of the status and of missing figures by kecamatan once they are many."""
    if kind in lintas.WORK or len(mine) <= SHORT or run.chosen().kecamatan:
        return [Link(_place(t), address("desa", desa=t.village, simulasi=())) for t in mine]
    groups: dict[tuple[str, str], int] = {}
    for task in mine:
        place = (task.district, task.district_name)
        groups[place] = groups.get(place, 0) + 1
    return [
        Link(f"{name} {fmt.number(n)}", address("lintas-sektor", kecamatan=code, desa=None))
        for (code, name), n in groups.items()
    ]


def _place(task: Task) -> str:
    return _("{village} ({district})").format(village=task.name, district=task.district_name)


def lifted(seen: Sector, office: str) -> None:
    """Which villages get another class by the tasks of an office."""
    if lintas.of_kind(seen.own(office), "butir"):
        st.markdown(naskah.lifted_line(seen.lifts(office), str(seen.offices[office]["singkatan"])))


def shared(seen: Sector, office: str) -> None:
    """What an office shares with all others."""
    if "bersama" not in seen.held[office].values():
        return
    together = lintas.work(seen.shared(office))
    if not together:
        st.markdown(naskah.nothing_shared(fmt.period(seen.period)))
        return
    st.header(_("Tugas bersama semua perangkat daerah"))
    gaps(seen, together, office)


def by_village(seen: Sector, office: str) -> None:
    """Every village with what the office has to do there, what it takes, and what it does to the class."""
    own = lintas.work([*seen.own(office), *seen.shared(office)])
    grouped = lintas.by_village(own)
    if not grouped:
        return
    st.header(_("Daftar tugas per desa/kelurahan: {n}").format(n=fmt.number(len(grouped))))
    blocks = []
    for code, mine in grouped.items():
        change = lintas.class_when_done(seen.board, mine)
        steps = [
            charts.Step(
                naskah.heading(t, seen.indicators, seen.board.items),
                naskah.need(t, seen.board, seen.indicators),
                naskah.effect(t),
                t.lifts,
            )
            for t in mine
        ]
        kelas = mine[0].kelas
        blocks.append(
            charts.Village(
                Link(_place(mine[0]), address("desa", desa=code, simulasi=())),
                fmt.class_name(kelas) if kelas else _("belum Kampung KB"),
                naskah.when_done(change),
                bool(change and change[0] != change[1]),
                steps,
            )
        )
    st.html(charts.villages(blocks))
    tasks_source(seen)


def tasks_source(seen: Sector, extra: str = "") -> None:
    """The source line of tasks."""
    parts.source_line(parts.source_of(PORTAL, RECAP), fmt.period(seen.period), f"{naskah.proposed()} {extra}".strip())


def silent(seen: Sector, office: str) -> None:
    """The villages that did not report what the office looks after, apart from its tasks."""
    missing = lintas.of_kind(seen.own(office), "lapor")
    if not missing:
        return
    st.header(naskah.not_yet_known(len(lintas.villages(missing))))
    alike: dict[tuple[str, ...], list[list[Task]]] = {}
    for mine in lintas.by_gap(missing).values():
        alike.setdefault(tuple(t.village for t in mine), []).append(mine)
    found = []
    for groups in alike.values():
        called = dict.fromkeys(naskah.name(g[0].code, seen.indicators, seen.board.items) for g in groups)
        words = naskah.unreported(len(groups[0]), list(called))
        role = naskah.role(seen.held[office][groups[0][0].code])
        found.append(charts.Gap(words, role, "", None, _villages(groups[0], "lapor")))
    st.html(charts.gaps(found))


def task_files(seen: Sector, office: str | None) -> None:
    """All tasks as files: of one office, or of all, one row per task and office."""
    shown = [office] if office else list(seen.offices)
    rows = [
        (t, str(seen.offices[code]["singkatan"]), seen.held[code][t.code])
        for code in shown
        for t in [*seen.own(code), *(seen.shared(code) if office else [])]
    ]
    who = str(seen.offices[office]["singkatan"]) if office else _("semua perangkat daerah")
    title = _("Daftar tugas: {office}").format(office=who)
    periods = {code: of.period for code, of in seen.figures.items()} | {STATUS: run.period()}
    st.caption(_("Daftar tugas"))
    parts.downloads(
        lambda: report.tasks(rows, seen.board, seen.indicators, periods),
        key="lintas-tugas",
        title=title,
        file_name=f"tugas_{(office or 'semua').lower()}_{seen.period}",
        notes=notes(seen, title),
    )


def notes(seen: Sector, title: str) -> list[str]:
    """What goes into a workbook beside the rows."""
    return [
        title,
        _("Sumber: {source}. Data per {period}.").format(
            source=parts.source_of(PORTAL, RECAP), period=fmt.period(seen.period)
        ),
        naskah.proposed(),
        naskah.legend(),
        _("Versi data {version}.").format(version=run.now().warehouse.version),
    ]
