"""The what-if of the target page: tick villages, set the month, both kept in the address."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.selection import STATUS
from kkb.ui import run, widgets

MONTHS_AHEAD = 60


def _without_status(period: str) -> pd.DataFrame:
    values = run.ask(queries.village_values, indikator=STATUS, periode=period)
    return values[values["kelas"] == "belum"]


def planned_villages(period: str) -> pd.DataFrame:
    """The ticked villages that do not have the status at that date, one row each."""
    left = _without_status(period)
    return left[left["kode_desa"].isin(run.chosen().rencana)]


def goal_month(today: date) -> str:
    """The month by which the target is to be met; the end of next year unless the reader says otherwise."""
    asked = run.chosen().menuju
    return asked if asked in _months(today) else f"{today.year + 1}-12"


def month_box(today: date) -> None:
    """The select box of that month."""
    widgets.choose(
        _("Tenggat baru"),
        "menuju",
        _months(today),
        goal_month(today),
        words=lambda m: fmt.period(m),
        help=_("Bulan ini hanya dipakai untuk menghitung laju; tenggat resmi tidak berubah."),
    )


def _months(today: date) -> list[str]:
    first = today.year * 12 + today.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, first + MONTHS_AHEAD)]


def _ticked(district: str) -> None:
    others = [k for k in run.chosen_in_callback().rencana if not k.startswith(district)]
    run.change(rencana=tuple(sorted([*others, *st.session_state[f"rencana-{district}"]])))


def _all(codes: list[str]) -> None:
    run.change(rencana=tuple(sorted({*run.chosen_in_callback().rencana, *codes})))


def plan_boxes(period: str) -> None:
    """The villages without the status, by kecamatan, or of the one chosen; those ticked are the plan."""
    left = _without_status(period)
    if run.chosen().kecamatan:
        left = left[left["kode_kecamatan"] == run.chosen().kecamatan]
    if left.empty:
        st.success(_("Semua desa/kelurahan di sini sudah berstatus Kampung KB."))
        return
    with st.container(horizontal=True):
        st.button(_("Pilih semua"), on_click=_all, args=(list(left["kode_desa"]),), icon=":material/select_all:")
        st.button(
            _("Hapus pilihan"),
            on_click=run.change,
            kwargs={"rencana": ()},
            disabled=not run.chosen().rencana,
            icon=":material/deselect:",
        )
    columns = st.columns(2, gap="medium")
    for n, (district, rows) in enumerate(left.sort_values("nama_desa").groupby("kode_kecamatan")):
        names = dict(zip(rows["kode_desa"], rows["nama_desa"], strict=True))
        code = str(district)
        widgets.keep(f"rencana-{code}", [k for k in names if k in run.chosen().rencana])
        with columns[n % 2]:
            st.pills(
                _("{name}: {n} belum").format(name=rows["nama_kecamatan"].iloc[0], n=fmt.number(len(rows))),
                list(names),
                selection_mode="multi",
                format_func=names.__getitem__,
                key=f"rencana-{code}",
                width="stretch",
                wrap=True,
                on_change=_ticked,
                args=(code,),
            )
