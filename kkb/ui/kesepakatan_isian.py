"""What operators write into the book of agreements: a new one, and what became of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from kkb import config, queries
from kkb import format as fmt
from kkb import kesepakatan as ledger
from kkb.bahasa import _, field
from kkb.compute import kesepakatan as compute
from kkb.compute.jalur import Board, Village
from kkb.compute.kesepakatan import Agreement
from kkb.kesepakatan import LONGEST, NAME, Draft, Known
from kkb.naskah import kesepakatan as naskah
from kkb.rows import by
from kkb.rupa import strong
from kkb.ui import errors, kegiatan, kesepakatan, operator, run, unggah, widgets
from kkb.ui.kesepakatan import Book

ITEM = "SK"
"""Begins the codes of the twelve items."""
_ROUND = "kkb-isian"
"""Counts what was written in this session: the boxes of a form are emptied by giving them new keys."""


def _round() -> int:
    return int(st.session_state.get(_ROUND, 0))


def _write(write: Callable[[], Agreement], words: str) -> None:
    """Write, say so, and start over with empty boxes; an error leaves them as they are."""
    with errors.shown():
        operator.require()
        done = write()
        st.session_state[_ROUND] = _round() + 1
        unggah.say(words.format(n=done.nomor))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def new(known: Book) -> None:
    """The operator's name, and the form for a new agreement, filled in from the address as far as it tells."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        unggah.who_box()
    with right:
        st.button(_("Keluar"), icon=":material/logout:", on_click=operator.leave)
    chosen = run.chosen()
    asked = bool(chosen.desa or chosen.opd)
    with st.expander(_("Catat kesepakatan baru"), icon=":material/add_task:", expanded=asked or not known.agreements):
        draft = _form(known)
    if draft:
        _write(
            lambda: ledger.open_new(config.var_dir(), unggah.who(), draft, _codes(), known.today),
            _("Kesepakatan nomor {n} tercatat."),
        )


def _codes() -> Known:
    return Known(
        frozenset(kesepakatan.areas()),
        run.now().options.opd,
        frozenset(run.ask(queries.indicators)["kode_indikator"]),
    )


def _form(known: Book) -> Draft | None:
    """The form of a new agreement; what was typed once it is sent. The meeting stays for the next one."""
    chosen, areas, owners = run.chosen(), kesepakatan.areas(), kesepakatan.offices()
    items = by(run.rows(queries.indicators), "kode_indikator")
    last = next(iter(compute.meetings(known.agreements).values()), ("", known.today, 0))
    same_day = last if last[1] == known.today else ("", known.today, 0)
    key = f"{_round()}-{chosen.desa}-{chosen.kecamatan}-{chosen.opd}-{chosen.indikator}"
    with st.form("kesepakatan-baru", border=False):
        with st.container(horizontal=True):
            name = st.text_input(_("Nama rapat"), same_day[0], max_chars=NAME, key="isian-rapat", width=420)
            met = st.date_input(
                _("Tanggal rapat"),
                date.fromisoformat(known.today),
                max_value=date.fromisoformat(known.today),
                min_value=date(2000, 1, 1),
                format="DD/MM/YYYY",
                key="isian-tanggal",
                width=170,
            )
        words = st.text_area(_("Isi kesepakatan"), max_chars=LONGEST, height=90, key=f"isian-isi-{key}")
        here = [c for c in (chosen.desa or chosen.kecamatan,) if c]
        places = st.multiselect(
            _("Wilayah: desa/kelurahan, kecamatan, atau seluruh kabupaten"),
            list(areas),
            here,
            format_func=areas.__getitem__,
            key=f"isian-wilayah-{key}",
            placeholder=_("pilih satu atau lebih"),
        )
        with st.container(horizontal=True):
            office = st.selectbox(
                _("Perangkat daerah penanggung jawab"),
                list(owners),
                list(owners).index(chosen.opd) if chosen.opd else None,
                format_func=owners.__getitem__,
                key=f"isian-opd-{key}",
                placeholder=_("pilih satu"),
                width=260,
            )
            due = st.date_input(
                _("Tenggat"),
                None,
                min_value=date(2000, 1, 1),
                max_value=date(2199, 12, 31),
                format="DD/MM/YYYY",
                key=f"isian-tenggat-{key}",
                width=170,
            )
            codes = [None, *items]
            item = st.selectbox(
                _("Indikator atau butir, bila ada"),
                codes,
                codes.index(chosen.indikator) if chosen.indikator.startswith(ITEM) else 0,
                format_func=lambda code: field(items[code], "nama") if code else _("Tidak ada"),
                key=f"isian-indikator-{key}",
                width=330,
            )
        sent = _send(_("Catat kesepakatan"))
    return Draft(name, _iso(met), words, places, office or "", _iso(due), item or "") if sent else None


def _send(words: str) -> bool:
    blocked = not unggah.who()
    return st.form_submit_button(strong(words), icon=":material/save:", disabled=blocked, help=unggah.need())


ACTIONS = (compute.STATUS, compute.COMMENT, compute.MOVED, compute.CORRECTED, compute.LINKED)


def changes(agreement: Agreement, known: Book) -> None:
    """What may be written of one agreement, one thing at a time."""
    words = {
        compute.STATUS: _("Ubah status"),
        compute.COMMENT: _("Komentar"),
        compute.MOVED: _("Geser tenggat"),
        compute.CORRECTED: _("Perbaiki isi"),
        compute.LINKED: _("Kaitkan kegiatan"),
    }
    n = agreement.nomor
    action = st.segmented_control(
        _("Tindakan"),
        [a for a in ACTIONS if a != compute.MOVED or agreement.is_open],
        default=compute.STATUS,
        required=True,
        format_func=words.__getitem__,
        key=f"tindakan-{n}",
        label_visibility="collapsed",
    )
    asked = run.chosen().dibahas
    met = asked if asked and agreement.tanggal_rapat < asked <= known.today else ""
    with st.form(f"ubah-{n}", border=False):
        if met and action in (compute.STATUS, compute.COMMENT, compute.MOVED):
            st.caption(_("Dicatat sebagai pembahasan pada rapat {day}.").format(day=fmt.period(met)))
        {
            compute.STATUS: _status,
            compute.COMMENT: _comment,
            compute.MOVED: _moved,
            compute.CORRECTED: _corrected,
            compute.LINKED: _linked,
        }[str(action)](agreement, known, met)


def _key(agreement: Agreement, what: str) -> str:
    return f"ubah-{what}-{agreement.nomor}-{_round()}"


def _note(agreement: Agreement, label: str) -> str:
    return st.text_area(label, max_chars=LONGEST, height=80, key=_key(agreement, "catatan"))


def _status(agreement: Agreement, known: Book, met: str) -> None:
    with st.container(horizontal=True):
        status = st.selectbox(
            _("Status"),
            compute.STATUSES,
            compute.STATUSES.index(agreement.status),
            format_func=naskah.status_name,
            key=_key(agreement, "status"),
            width=180,
        )
        since = st.date_input(
            _("Sejak tanggal"),
            date.fromisoformat(known.today),
            min_value=date(2000, 1, 1),
            max_value=date.fromisoformat(known.today),
            format="DD/MM/YYYY",
            key=_key(agreement, "sejak"),
            width=170,
        )
    note = _note(agreement, _("Komentar, bila ada"))
    if _send(_("Simpan status")):
        _write(
            lambda: ledger.set_status(
                config.var_dir(), unggah.who(), agreement.nomor, status, _iso(since), known.today, note, met
            ),
            _("Status kesepakatan nomor {n} tercatat."),
        )


def _comment(agreement: Agreement, known: Book, met: str) -> None:
    note = _note(agreement, _("Komentar"))
    if _send(_("Simpan komentar")):
        _write(
            lambda: ledger.comment(config.var_dir(), unggah.who(), agreement.nomor, note, met),
            _("Komentar pada kesepakatan nomor {n} tercatat."),
        )


def _moved(agreement: Agreement, known: Book, met: str) -> None:
    due = st.date_input(
        _("Tenggat baru"),
        date.fromisoformat(agreement.tenggat),
        min_value=date(2000, 1, 1),
        max_value=date(2199, 12, 31),
        format="DD/MM/YYYY",
        key=_key(agreement, "tenggat"),
        width=170,
    )
    note = _note(agreement, _("Alasan penggeseran"))
    if _send(_("Geser tenggat")):
        _write(
            lambda: ledger.move_due(config.var_dir(), unggah.who(), agreement.nomor, _iso(due), note, met),
            _("Tenggat kesepakatan nomor {n} digeser; tenggat lama tetap di riwayat."),
        )


def _corrected(agreement: Agreement, known: Book, met: str) -> None:
    words = st.text_area(
        _("Isi kesepakatan yang benar"), agreement.isi, max_chars=LONGEST, height=90, key=_key(agreement, "isi")
    )
    if _send(_("Simpan perbaikan")):
        _write(
            lambda: ledger.correct(config.var_dir(), unggah.who(), agreement.nomor, words),
            _("Isi kesepakatan nomor {n} diperbaiki; isi lama tetap di riwayat."),
        )


def _linked(agreement: Agreement, known: Book, met: str) -> None:
    names = kegiatan.choices(agreement.wilayah, agreement.kegiatan)
    if not names:
        st.caption(_("Belum ada data kegiatan di wilayah kesepakatan ini; impor dahulu di halaman Data."))
    picked = st.multiselect(
        _("Kegiatan yang termasuk kesepakatan ini"),
        list(names),
        list(agreement.kegiatan),
        format_func=names.__getitem__,
        key=_key(agreement, "kegiatan"),
        placeholder=_("pilih kegiatan"),
    )
    if _send(_("Simpan kaitan")):
        _write(
            lambda: ledger.link(config.var_dir(), unggah.who(), agreement.nomor, picked),
            _("Kegiatan kesepakatan nomor {n} tercatat."),
        )


def offer(known: Board, village: Village) -> None:
    """For operators: a way from the items on the cheapest ways of a village, and those not reported, to an agreement
    on one of them."""
    steps = {code for route in village.routes for ways in route.ways.values() for way in ways for code in way}
    items = {c: field(known.items[c], "item") for c in known.rule.items if c in steps | village.unreported}
    if not operator.is_operator() or not items:
        return
    widgets.keep("sepakati", None)
    st.pills(
        _("Catat kesepakatan untuk butir"),
        list(items),
        format_func=items.__getitem__,
        key="sepakati",
        wrap=True,
        on_change=_agree_on,
        args=(village.code,),
    )


def _agree_on(village: str) -> None:
    run.visit("tindak_lanjut", desa=village, indikator=st.session_state["sepakati"], rapat=None, status=None)
