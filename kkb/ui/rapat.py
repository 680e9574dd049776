"""The page that prepares a meeting: from which version, the start of the show, and the files to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kkb import bahasa, config
from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat import agenda, samping
from kkb.rapat.lembar import Pack, Sheet
from kkb.report import paket
from kkb.rupa import strong
from kkb.selection import MINUTES
from kkb.store import Warehouse
from kkb.ui import errors, rapat_berkas, run, widgets
from kkb.ui.rapat_berkas import Recipe

_VERSION = "kkb-rapat-versi"
_PACKED = "kkb-rapat-paket"
PER_STEP = 2
"""Minutes a step takes, to estimate how long a meeting will be."""


@dataclass(frozen=True)
class Meeting:
    """What the reader prepares: `outline` has every step in its default order, `steps` those that will be shown."""

    recipe: Recipe
    outline: Pack
    steps: tuple[Sheet, ...]


def meeting() -> Meeting:
    """The meeting of the area and day on display. It stays with the version it was first made from."""
    run.period()
    chosen = run.chosen()
    kept: Warehouse = st.session_state.setdefault(_VERSION, run.now().warehouse)
    recipe = Recipe(
        kept,
        chosen.kecamatan,
        chosen.tanggal,
        bahasa.language(),
        date.today(),
        chosen.agenda,
        chosen.lewati,
        chosen.menit,
        chosen.sejak or samping.last_meeting(config.var_dir(), fmt.today()),
        samping.lines(config.var_dir()),
    )
    with st.spinner(_("Menyusun agenda dari data…")):
        outline = recipe.outline()
    return Meeting(recipe, outline, agenda.arranged(outline, chosen.agenda, chosen.lewati).sheets)


def title(meeting: Meeting) -> str:
    """The finding of the area, and how long the meeting is."""
    return _("Rapat {n} langkah: {finding}").format(
        n=fmt.number(len(meeting.steps)), finding=meeting.outline.sheets[0].title
    )


def choices() -> None:
    """The boxes of the meeting beside those of area and day."""
    minutes_box()
    since_box()


def since_box() -> None:
    """The day of the last meeting, from which changes are told; by default the last one in the book of agreements."""
    last = run.chosen().sejak or samping.last_meeting(config.var_dir(), fmt.today())
    widgets.keep("rapat-sejak", date.fromisoformat(last) if last else None)
    st.date_input(
        _("Rapat terakhir"),
        value=None,
        max_value=date.fromisoformat(fmt.today()),
        format="DD/MM/YYYY",
        key="rapat-sejak",
        on_change=_since,
        help=_("Bila diisi, agenda memuat apa yang berubah sejak rapat itu; koreksi data lama dipisahkan."),
    )


def _since() -> None:
    day = st.session_state["rapat-sejak"]
    run.change(sejak=day.isoformat() if day else None)


def minutes_box() -> None:
    """How many minutes the talk may take; empty for no timer."""
    widgets.keep("rapat-menit", run.chosen().menit)
    st.number_input(
        _("Batas waktu (menit)"),
        min_value=1,
        max_value=MINUTES,
        value=None,
        step=5,
        key="rapat-menit",
        placeholder=_("tanpa batas"),
        on_change=_limit,
        help=_("Bila diisi, tayangan menampilkan sisa waktu; tombol P menjeda dan melanjutkan."),
    )


def _limit() -> None:
    run.change(menit=st.session_state["rapat-menit"])


def _renew() -> None:
    st.session_state.pop(_VERSION, None)


def newer(meeting: Meeting) -> None:
    """Say that there are newer data than those the meeting is made from, and offer to take them."""
    version = run.now().warehouse.version
    if version == meeting.recipe.warehouse.version:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(
            _("Data baru terbit: versi {new}. Rapat ini tetap memakai versi {old} sampai disusun ulang.").format(
                new=version, old=meeting.recipe.warehouse.version
            ),
            icon=":material/update:",
        )
        st.button(_("Susun ulang"), on_click=_renew, icon=":material/refresh:")


def start(meeting: Meeting) -> None:
    """The button that opens the show in a tab of its own, and how it is steered."""
    number = len(meeting.steps)
    st.link_button(
        strong(_("Mulai rapat")),
        rapat_berkas.offer(meeting.recipe),
        icon=":material/play_arrow:",
        width="stretch",
        disabled=not number,
        help=_("Membuka tab baru. Setelah terbuka, tayangan tidak memerlukan server maupun internet."),
    )
    st.markdown(
        _("**{n}** langkah, sekitar **{minutes}** menit dengan {each} menit tiap langkah").format(
            n=fmt.of(number, len(meeting.outline.sheets)),
            minutes=fmt.number(number * PER_STEP),
            each=fmt.number(PER_STEP),
        )
    )
    st.caption(
        _(
            "Tombol: ← → atau PageUp PageDown berpindah langkah; / mencari desa, Esc kembali ke langkah semula; F "
            "layar penuh; W jendela pembicara; T tema; P waktu."
        )
    )


def files(meeting: Meeting) -> None:
    """One button that makes every file, then a button for each file and for all of them in one ZIP."""
    st.header(_("Paket rapat"))
    recipe = meeting.recipe
    if st.session_state.get(_PACKED) != recipe.key:
        st.caption(
            _("{n} berkas dengan angka, tanggal, versi, dan tanda yang sama: {kinds}.").format(
                n=fmt.number(len(paket.KINDS)), kinds=fmt.names([k.name for k in paket.KINDS.values()])
            )
        )
        if st.button(
            _("Siapkan paket"),
            key="rapat-siapkan",
            icon=":material/inventory_2:",
            width="stretch",
            disabled=not meeting.steps,
        ):
            with errors.shown():
                run.links()
                _make(recipe)
                st.session_state[_PACKED] = recipe.key
                st.rerun()
        return
    st.caption(
        _("Tanda {seal}. Nama berkas memuat wilayah, tanggal data, dan tanda.").format(seal=meeting.outline.seal)
    )
    st.download_button(
        strong(_("Semua dalam satu ZIP")),
        lambda: rapat_berkas.bundle(recipe).read_bytes(),
        f"{paket.stem(meeting.outline)}.zip",
        "application/zip",
        key="rapat-zip",
        on_click="ignore",
        icon=":material/folder_zip:",
        width="stretch",
    )
    with st.container(gap="xsmall"):
        for kind in paket.KINDS:
            _download(meeting, kind)


def _make(recipe: Recipe) -> None:
    bar = st.progress(
        0.0, _("Menghitung seluruh lembar dari versi {version}…").format(version=recipe.warehouse.version)
    )
    recipe.pack()
    for n, kind in enumerate(paket.KINDS):
        words = _("{kind} ({n})…").format(kind=paket.label(kind), n=fmt.of(n + 1, len(paket.KINDS)))
        rapat_berkas.file(recipe, kind, partial(_tell, bar, n, words))
    rapat_berkas.bundle(recipe)
    bar.empty()


def _tell(bar: DeltaGenerator, done: int, words: str, part: float) -> None:
    bar.progress(min((done + part) / len(paket.KINDS), 1.0), words)


def _download(meeting: Meeting, kind: str) -> None:
    st.download_button(
        paket.label(kind),
        lambda: rapat_berkas.file(meeting.recipe, kind).read_bytes(),
        paket.file_name(meeting.outline, kind),
        paket.KINDS[kind].mime,
        key=f"rapat-{kind}",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
