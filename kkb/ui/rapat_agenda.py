"""The agenda on screen: every step with its place, to move and to leave out; the choice is in the link."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _
from kkb.rapat import agenda as steps
from kkb.rapat import susun
from kkb.rapat.lembar import Sheet
from kkb.rupa import strong
from kkb.ui import run, widgets
from kkb.ui.rapat import Meeting


def agenda(meeting: Meeting) -> None:
    """The parts, the step to move far, and one line per step."""
    chosen = run.chosen()
    sheets = meeting.outline.sheets
    _parts(sheets)
    lost = steps.unknown(sheets, chosen.agenda, chosen.lewati)
    if lost:
        st.caption(_("Tidak ada dalam agenda ini, sehingga tidak digunakan: {codes}.").format(codes=", ".join(lost)))
    part, number = "", 0
    with st.container(gap="xxsmall"):
        for sheet in steps.ordered(sheets, chosen.agenda):
            if sheet.part != part:
                part = sheet.part
                st.markdown(f"**{susun.part_name(part)}**")
            skipped = steps.is_skipped(sheet, chosen.lewati)
            number += not skipped
            _line(sheets, sheet, None if skipped else number)


def _parts(sheets: Sequence[Sheet]) -> None:
    """Whole parts to take up or leave out, and a way back to the default."""
    chosen = run.chosen()
    kinds = list(dict.fromkeys(s.part for s in sheets))
    counts = {p: sum(s.part == p for s in sheets) for p in kinds}
    taken = [p for p in kinds if not all(steps.is_skipped(s, chosen.lewati) for s in sheets if s.part == p)]
    widgets.keep("rapat-bagian", taken)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            _("Bagian yang dibahas"),
            kinds,
            selection_mode="multi",
            format_func=lambda p: f"{susun.part_name(p)} ({fmt.number(counts[p])})",
            key="rapat-bagian",
            wrap=True,
            on_change=_take_parts,
            args=(sheets, taken),
        )
        _far(sheets)
        st.button(
            _("Susunan semula"),
            on_click=run.change,
            kwargs={"agenda": (), "lewati": ()},
            disabled=not (chosen.agenda or chosen.lewati),
            icon=":material/restart_alt:",
        )


def _take_parts(sheets: Sequence[Sheet], before: Sequence[str]) -> None:
    now = st.session_state["rapat-bagian"]
    for part in dict.fromkeys(s.part for s in sheets):
        if (part in now) != (part in before):
            _skip(sheets, [steps.code(s) for s in sheets if s.part == part], part not in now)


def _skip(sheets: Sequence[Sheet], codes: Sequence[str], skip: bool) -> None:
    run.change(lewati=steps.skipping(sheets, run.chosen_in_callback().lewati, codes, skip))


def _far(sheets: Sequence[Sheet]) -> None:
    """Move a step, or a whole part, to any place."""
    order = steps.ordered(sheets, run.chosen().agenda)
    names = {steps.code(s): s.title for s in order}
    parts = {s.part: susun.part_name(s.part) for s in order}
    with st.popover(_("Pindahkan"), icon=":material/swap_vert:"), st.container(width=440):
        what = st.selectbox(
            _("Langkah atau bagian"),
            [*parts, *names],
            format_func=lambda c: _("Seluruh bagian {part}").format(part=parts[c]) if c in parts else names[c],
            key="rapat-pindah",
        )
        where = st.selectbox(
            _("Letakkan setelah"),
            ["", *names],
            format_func=lambda c: names[c] if c else _("(paling awal)"),
            key="rapat-setelah",
        )
        going = [steps.code(s) for s in order if what in (s.part, steps.code(s))]
        st.button(strong(_("Pindahkan ke sana")), on_click=_move, args=(sheets, going, where))


def _move(sheets: Sequence[Sheet], codes: Sequence[str], before: str) -> None:
    run.change(agenda=steps.moved(sheets, run.chosen_in_callback().agenda, codes, before))


def _line(sheets: Sequence[Sheet], sheet: Sheet, number: int | None) -> None:
    """One step: whether it is shown, its number and title, and the buttons that move it."""
    code = steps.code(sheet)
    box = f"langkah-{code}"
    widgets.keep(box, number is not None)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        title = _plain(sheet.title)
        st.checkbox(
            f"{number}\\. {title}" if number else _(":gray[dilewati: {title}]").format(title=title),
            key=box,
            on_change=_toggle,
            args=(sheets, code),
            width="stretch",
            wrap=True,
        )
        for by, sign, words in ((-1, "↑", _("Naikkan satu tempat")), (1, "↓", _("Turunkan satu tempat"))):
            st.button(
                sign, key=f"geser{by}-{code}", help=words, on_click=_shift, args=(sheets, code, by), type="tertiary"
            )


def _plain(text: str) -> str:
    """A title as it stands, with no sign read as formatting."""
    return "".join(f"\\{c}" if c in "\\`*_[]()<>#$:~|!" else c for c in text)


def _toggle(sheets: Sequence[Sheet], code: str) -> None:
    _skip(sheets, [code], not st.session_state[f"langkah-{code}"])


def _shift(sheets: Sequence[Sheet], code: str, by: int) -> None:
    run.change(agenda=steps.shifted(sheets, run.chosen_in_callback().agenda, code, by))
