"""The page of agreements: choices, cards, the list with the history of each, and the files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import kesepakatan as charts
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement
from kkb.naskah import kesepakatan as naskah
from kkb.report import kesepakatan as report
from kkb.selection import STANDINGS
from kkb.teks import literal
from kkb.ui import cetak, kesepakatan, kesepakatan_isian, operator, parts, run, widgets
from kkb.ui.desa_pilih import village_box
from kkb.ui.filter_bar import district_box, link_notes
from kkb.ui.kesepakatan import Book

FIRST = 15
"""Agreements shown at once; the others are in a box that says how many they are."""


def listed(known: Book) -> list[Agreement]:
    """The agreements of the choice, in order; those to be spoken of again when a meeting is chosen for that."""
    chosen = run.chosen()
    found = compute.chosen(
        known.agreements,
        known.today,
        area=chosen.desa or chosen.kecamatan,
        office=chosen.opd,
        meeting=int(chosen.rapat) if chosen.rapat else None,
        status=chosen.status,
    )
    if chosen.dibahas:
        found = compute.carried_over(found, chosen.dibahas)
    return compute.ordered(found, known.today)


def filters(known: Book) -> None:
    """Which kecamatan, village, office, meeting and status; and the next meeting, to gather what is open for it.
    There are none while there is nothing to choose from."""
    if not known.agreements and run.ask(queries.village_activities).empty:
        link_notes()
        return
    chosen, owners = run.chosen(), kesepakatan.offices()
    met = {str(n): naskah.meeting(name, day) for n, (name, day, _n) in compute.meetings(known.agreements).items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        district_box()
        village_box(_("Semua"))
        widgets.choose(
            _("Perangkat daerah"),
            "opd",
            [None, *owners],
            chosen.opd,
            words=lambda code: owners[code] if code else _("Semua"),
        )
        widgets.choose(
            _("Rapat"),
            "rapat",
            [None, *met],
            _meeting(known),
            words=lambda number: met[number] if number else _("Semua"),
        )
        widgets.choose(
            _("Status"),
            "status",
            [None, *STANDINGS],
            chosen.status,
            words=lambda status: naskah.status_name(status) if status else _("Semua"),
        )
        widgets.day(
            _("Untuk rapat tanggal"),
            "dibahas",
            chosen.dibahas,
            help=_("Pilih tanggal rapat berikutnya: yang tampil hanya kesepakatan terbuka dari rapat sebelumnya."),
        )
    link_notes()
    if chosen.rapat and not _meeting(known):
        st.warning(
            _("Rapat nomor {n} pada tautan tidak ada di buku kesepakatan.").format(n=chosen.rapat),
            icon=":material/link_off:",
        )


def _meeting(known: Book) -> str | None:
    """The chosen meeting, by the number of its first agreement; None when there is none with that number."""
    asked = run.chosen().rapat
    same = compute.chosen(known.agreements, known.today, meeting=int(asked)) if asked else []
    return str(min(a.nomor for a in same)) if same else None


def cards(known: Book, shown: Sequence[Agreement]) -> None:
    """Open, late, due soon, done on time, and the activities of villages."""
    n = compute.counts(shown, known.today)
    book = naskah.source(known.events, known.today)
    rows = run.ask(queries.village_activities, desa=run.chosen().desa, kecamatan=run.chosen().kecamatan)
    off = _("di luar {n} yang batal").format(n=fmt.number(n.batal)) if n.batal else _("kesepakatan")
    parts.cards(
        [
            parts.Card(_("Masih terbuka"), fmt.of(n.terbuka, n.berlaku), off, book),
            parts.Card(_("Lewat tenggat"), fmt.of(n.lewat, n.terbuka), _("yang masih terbuka"), book),
            parts.Card(
                _("Segera jatuh tempo"),
                fmt.of(n.segera, n.terbuka),
                _("dalam {n} hari ke depan").format(n=compute.SOON),
                book,
            ),
            parts.Card(
                _("Selesai"),
                fmt.of(n.selesai, n.berlaku),
                _("{n} tepat waktu").format(n=fmt.of(n.tepat, n.selesai)) if n.selesai else _("belum ada"),
                book,
            ),
            parts.Card(
                _("Kegiatan"),
                fmt.number(len(rows)) if len(rows) else fmt.MISSING,
                _("di {n} desa/kelurahan").format(n=fmt.number(rows["kode_desa"].nunique()))
                if len(rows)
                else _("belum ada data"),
                literal(kesepakatan.activity_source(rows))
                if len(rows)
                else _("Diimpor atau diisi oleh operator data."),
            ),
        ]
    )


def how_to_begin() -> None:
    """What to do while nothing is written down."""
    st.markdown(
        _(
            "Belum ada yang dicatat. Sesudah rapat, operator data menulis setiap kesepakatan di halaman ini:\n\n"
            "1. nama dan tanggal rapat, serta isi kesepakatan;\n"
            "2. desa/kelurahan, kecamatan, atau seluruh kabupaten yang dituju;\n"
            "3. satu perangkat daerah penanggung jawab dan tenggatnya.\n\n"
            "Status, komentar, dan pergeseran tenggat dicatat kemudian; tidak ada catatan yang dihapus. Setiap "
            "kesepakatan tampil pula di halaman desa, kecamatan, dan perangkat daerahnya, dan dikumpulkan lagi untuk "
            "rapat berikutnya."
        )
    )


def agreements(known: Book, shown: Sequence[Agreement]) -> None:
    """The list, each with its history, and for operators what may be changed; then the files."""
    if not known.agreements:
        return
    names, owners = kesepakatan.areas(), kesepakatan.offices()
    if said := _choice(known, names, owners):
        st.caption(_("Hanya: {choice}.").format(choice="; ".join(said)))
    for agreement in shown[:FIRST]:
        _one(agreement, known, names, owners)
    if rest := shown[FIRST:]:
        label = _("{n} kesepakatan lainnya").format(n=fmt.number(len(rest)))
        with st.expander(label, key="kesepakatan-lainnya", on_change="rerun") as opened:
            if opened.open:
                for agreement in rest:
                    _one(agreement, known, names, owners)
    st.caption(naskah.source(known.events, known.today))
    if shown:
        _files(known, shown, names, owners)


def _choice(known: Book, names: dict[str, str], owners: dict[str, str]) -> list[str]:
    """What the list is limited to, in words, since the boxes are left out in print."""
    chosen = run.chosen()
    area, meeting = chosen.desa or chosen.kecamatan, _meeting(known)
    told = [names[area]] if area else []
    if chosen.opd:
        told.append(owners[chosen.opd])
    if meeting:
        name, day, _n = compute.meetings(known.agreements)[int(meeting)]
        told.append(literal(naskah.meeting(name, day)))
    if chosen.status:
        told.append(naskah.status_name(chosen.status))
    if chosen.dibahas:
        told.append(_("yang masih terbuka dari rapat sebelum {day}").format(day=fmt.period(chosen.dibahas)))
    return told


def _one(agreement: Agreement, known: Book, names: dict[str, str], owners: dict[str, str]) -> None:
    with st.container(gap="xxsmall"):
        row = kesepakatan.line(agreement, known.today, names, owners)
        st.html(charts.lines([row], _("Kesepakatan rapat"), target=kesepakatan.target()))
        label = _("Riwayat ({n}) dan ubah") if operator.is_operator() else _("Riwayat ({n})")
        key = f"hanya-layar-riwayat-{agreement.nomor}"
        with st.expander(label.format(n=len(agreement.lalu)), key=key, on_change="rerun") as opened:
            if not opened.open:
                return
            if operator.is_operator():
                kesepakatan_isian.changes(agreement, known)
            st.html(
                charts.history((fmt.moment(e.saat), e.oleh, naskah.event(e), naskah.typed(e)) for e in agreement.lalu)
            )


def _files(known: Book, shown: Sequence[Agreement], names: dict[str, str], owners: dict[str, str]) -> None:
    title = _("Tindak lanjut kesepakatan rapat, {day}").format(day=fmt.period(known.today))
    notes = [
        title,
        naskah.source(known.events, known.today),
        _("Versi data {version}.").format(version=run.now().warehouse.version),
    ]
    with cetak.screen_only("berkas-kesepakatan"):
        left, right = st.columns(2)
        with left:
            st.caption(_("Daftar di atas"))
            parts.downloads(
                report.table(shown, known.today, names, owners),
                key="kesepakatan",
                title=title,
                file_name=f"kesepakatan_{known.today}",
                notes=notes,
            )
        with right:
            st.caption(_("Seluruh riwayatnya"))
            parts.downloads(
                lambda: report.history(shown),
                key="kesepakatan-riwayat",
                title=title,
                file_name=f"kesepakatan-riwayat_{known.today}",
                notes=notes,
            )


def for_operators() -> None:
    """The way in for operators, closed until it is opened."""
    label = _("Untuk operator: catat kesepakatan dan perkembangannya")
    with st.expander(label, key="masuk-operator", on_change="rerun", icon=":material/lock:") as opened:
        if opened.open:
            operator.gate(_("Kesepakatan dicatat oleh operator data; semua orang dapat membacanya."))
