"""The book of agreements as pages show it: read once per run, as lines, and as a section on other pages.

The book is read live, beside the warehouse: a comment must not make a new version. Since it only grows, the number of
its events says exactly which state is shown, and any earlier state can be had from the first so many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from kkb import config, queries
from kkb import format as fmt
from kkb import kesepakatan as ledger
from kkb.bahasa import _, field
from kkb.charts import kesepakatan as charts
from kkb.charts.kesepakatan import Line
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement, Event
from kkb.naskah import kesepakatan as naskah
from kkb.rows import by, first, records
from kkb.teks import literal
from kkb.ui import errors, operator, run
from kkb.ui.kecamatan import address


@dataclass(frozen=True)
class Book:
    """The book as it is in this run: all events, the agreements, and the day from which lateness counts."""

    events: tuple[Event, ...]
    agreements: tuple[Agreement, ...]
    today: str


def book() -> Book:
    """Read the book, or remember it while it has not grown. StoreError when it cannot be read."""
    path = config.var_dir() / ledger.FILE
    found: tuple[Event, ...] = ()
    if path.is_file():
        told = path.stat()
        found = _events(str(path.parent), told.st_size, told.st_mtime_ns)
    return Book(found, compute.fold(found), fmt.today())


@st.cache_data(max_entries=4, show_spinner=False)
def _events(folder: str, size: int, mtime_ns: int) -> tuple[Event, ...]:
    return ledger.events(Path(folder))


def offices() -> dict[str, str]:
    """Code of an office -> its name."""
    return {code: str(row["singkatan"]) for code, row in by(run.rows(queries.offices), "kode_opd").items()}


def areas() -> dict[str, str]:
    """Code -> name of the kabupaten, of each kecamatan, and of each village with its kecamatan, in this order."""
    return naskah.area_names(
        first(run.rows(queries.regency)),
        by(run.rows(queries.districts), "kode_kecamatan"),
        by(run.rows(queries.villages), "kode_desa"),
    )


def area_address(code: str) -> str | None:
    """The page of an area."""
    if len(code) == 10:
        return address("desa", desa=code, kecamatan=None, simulasi=())
    return address("kecamatan", kecamatan=code, desa=None) if len(code) == 6 else None


def target() -> str:
    """Where links open: a page loaded anew is no operator's any more, so an operator's links open beside it."""
    return "_blank" if operator.is_operator() else "_self"


def line(agreement: Agreement, today: str, names: dict[str, str], owners: dict[str, str]) -> Line:
    """One agreement as a line; `names` are `areas`, `owners` `offices`."""
    where = [(names.get(c, c), area_address(c) if c in names else None) for c in agreement.wilayah]
    if len(where) > naskah.NAMED + 1:
        more = _("dan {n} lainnya").format(n=fmt.number(len(where) - naskah.NAMED))
        where = [*where[: naskah.NAMED], (more, None)]
    item = by(run.rows(queries.indicators), "kode_indikator").get(agreement.kode_indikator)
    said = agreement.last_comment
    facts = [
        _("penanggung jawab {office}").format(office=owners.get(agreement.kode_opd, agreement.kode_opd)),
        naskah.dates(agreement),
        naskah.meeting(agreement.rapat, agreement.tanggal_rapat),
        naskah.discussed(agreement),
        field(item, "nama") if item else agreement.kode_indikator,
    ]
    return Line(
        _("no. {n}").format(n=agreement.nomor),
        _edge(agreement, today),
        naskah.state(agreement, today),
        agreement.isi,
        where,
        [f for f in facts if f],
        naskah.comment(said) if said else "",
    )


def _edge(agreement: Agreement, today: str) -> str:
    if not agreement.is_open:
        return charts.DONE
    if compute.is_late(agreement, today):
        return charts.LATE
    return charts.SOON if compute.days_left(agreement, today) <= compute.SOON else charts.CALM


def show(agreements: Sequence[Agreement], today: str) -> None:
    """Agreements as lines to read."""
    names, owners = areas(), offices()
    rows = [line(a, today, names, owners) for a in agreements]
    st.html(charts.lines(rows, _("Kesepakatan rapat"), target=target()))


def of_office(kode_opd: str) -> None:
    """What one office has to do by agreement: for its page."""
    with errors.shown():
        known = book()
        mine = [a for a in known.agreements if a.kode_opd == kode_opd]
        st.header(naskah.office_title(mine, known.today))
        _mine(mine, known, _("Belum ada kesepakatan rapat yang menjadi tanggung jawab perangkat daerah ini."))
        st.caption(naskah.source(known.events, known.today))
        _to_page(opd=kode_opd)


def of_village(code: str) -> None:
    """The section on the page of one village."""
    _section(code, run.ask(queries.village_activities, desa=code), desa=code)


def of_district(code: str) -> None:
    """The section on the page of one kecamatan: its own and its villages' agreements, and those of the kabupaten."""
    _section(code, run.ask(queries.village_activities, kecamatan=code), kecamatan=code, desa=None)


def _section(area: str, rows: pd.DataFrame, **choice: str | None) -> None:
    with errors.shown():
        known = book()
        mine = compute.chosen(known.agreements, known.today, area=area)
        st.header(naskah.section_title(mine, len(rows), known.today))
        _mine(mine, known, _("Belum ada kesepakatan rapat yang menyangkut wilayah ini."))
        if len(rows):
            st.html(charts.activities(activity_lines(rows.head(SHOWN), with_place=len(area) < 10), target=target()))
            left = len(rows) - SHOWN
            more = _("dan {n} lainnya").format(n=fmt.number(left)) + ". " if left > 0 else ""
            st.caption(literal(f"{more}{activity_source(rows)}"))
        else:
            st.markdown(_("Belum ada data kegiatan desa/kelurahan di sini."))
        st.caption(naskah.source(known.events, known.today))
        _to_page(**choice)


SHOWN = 6
"""Lines on other pages; all are on the page of agreements."""


def _mine(mine: Sequence[Agreement], known: Book, none: str) -> None:
    open_ = compute.ordered([a for a in mine if a.is_open], known.today)
    if not mine:
        st.markdown(none)
        return
    if open_:
        show(open_[:SHOWN], known.today)
    left = len(open_) - SHOWN
    more = [_("{n} terbuka lainnya").format(n=fmt.number(left))] if left > 0 else []
    closed = naskah.rest([a for a in mine if not a.is_open])
    if told := ", ".join([*more, *([closed] if closed else [])]):
        st.markdown(_("Selain itu: {told}.").format(told=told) if open_ else f"{told[:1].upper()}{told[1:]}.")


def _to_page(**choice: str | None) -> None:
    st.button(
        _("Buka tindak lanjut"),
        icon=":material/task_alt:",
        key="hanya-layar-tindak-lanjut",
        on_click=run.visit,
        args=("tindak_lanjut",),
        kwargs={"rapat": None, "status": None, "dibahas": None, **choice},
    )


def activity_lines(rows: pd.DataFrame, *, with_place: bool) -> list[tuple[str, str, str, list[tuple[str, str | None]]]]:
    """Activities as lines: when, name, what else is known, and the village where it is not said already."""
    told = []
    for r in records(rows):
        facts = [
            str(r["opd"]) if isinstance(r["opd"], str) else "",
            _("dana: {source}").format(source=r["sumber_dana"]) if isinstance(r["sumber_dana"], str) else "",
            f"Rp {fmt.number(r['anggaran_rp'])}" if pd.notna(r["anggaran_rp"]) else "",
            _("peserta: {n}").format(n=fmt.number(r["peserta_jiwa"])) if pd.notna(r["peserta_jiwa"]) else "",
            str(r["keterangan"]) if isinstance(r["keterangan"], str) else "",
        ]
        place = _("{village} ({district})").format(village=r["nama_desa"], district=r["nama_kecamatan"])
        where = [(place, area_address(str(r["kode_desa"])))] if with_place else []
        told.append((fmt.period(r["periode"]), str(r["kegiatan"]), " · ".join(f for f in facts if f), where))
    return told


def activity_source(rows: pd.DataFrame) -> str:
    """The sources of activities and the time they span."""
    days = sorted(rows["periode"])
    span = fmt.period(days[0]) if days[0] == days[-1] else f"{fmt.period(days[0])}–{fmt.period(days[-1])}"
    return _("Sumber: {source}. Data per {period}.").format(
        source="; ".join(dict.fromkeys(str(s) for s in rows["sumber"])), period=span
    )
