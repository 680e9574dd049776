"""Choosing a village: a box to search in, and the villages on offer while none is chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.rows import by
from kkb.selection import STATUS
from kkb.ui import run, widgets


def village_box(none: str | None = None) -> None:
    """The box to search a village by name; those of the chosen kecamatan come first, none is left out. `none` says what
    no village means; without it the box asks for one."""
    names = {
        code: _("{village} ({district})").format(village=row["nama_desa"], district=row["nama_kecamatan"])
        for code, row in by(run.rows(queries.villages), "kode_desa").items()
    }
    here = run.chosen().kecamatan
    order = sorted(names, key=lambda code: (code[:6] != here, names[code]))
    widgets.choose(
        _("Cari desa/kelurahan"),
        "desa",
        [None, *order],
        run.chosen().desa,
        words=lambda code: names[code] if code else none or _("Ketik atau pilih nama"),
    )


def offer(period: str) -> None:
    """The villages to choose from: those of the kecamatan, or the Kampung KB first and the others by kecamatan."""
    values = run.ask(queries.village_values, indikator=STATUS, periode=period).sort_values("nama_desa")
    if run.chosen().kecamatan:
        values = values[values["kode_kecamatan"] == run.chosen().kecamatan]
    done = values["kelas"] == "sudah"
    if done.any():
        _pills(_("{n} Kampung KB").format(n=fmt.number(done.sum())), "sudah", values[done], with_district=True)
    columns = st.columns(2, gap="medium")
    for n, (district, rows) in enumerate(values[~done].groupby("kode_kecamatan")):
        with columns[n % 2]:
            _pills(
                _("{name}: {n} belum").format(name=rows["nama_kecamatan"].iloc[0], n=fmt.number(len(rows))),
                str(district),
                rows,
                with_district=False,
            )


def _pills(words: str, key: str, rows: pd.DataFrame, *, with_district: bool) -> None:
    names = {
        k: _("{village} ({district})").format(village=v, district=d) if with_district else v
        for k, v, d in zip(rows["kode_desa"], rows["nama_desa"], rows["nama_kecamatan"], strict=True)
    }
    key = f"tawar-{key}"
    widgets.keep(key, None)
    st.pills(words, list(names), format_func=names.__getitem__, key=key, wrap=True, on_change=_picked, args=(key,))


def _picked(key: str) -> None:
    run.change(desa=st.session_state[key], simulasi=())
