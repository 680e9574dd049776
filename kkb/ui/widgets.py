"""Widgets that mirror the address: each is set from the choice before it is drawn, and answers with `run.change`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from kkb.ui import run


def keep(key: str, value: object) -> None:
    """Set a widget that is about to be drawn to the value of the address."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _changed(parameter: str, key: str, also: dict[str, object]) -> None:
    value = st.session_state[key]
    run.change(**{parameter: value or None}, **also)


def choose(
    label: str,
    parameter: str,
    options: Sequence[str | None],
    value: str | None,
    *,
    words: Callable[[str | None], str],
    help: str | None = None,
    **also: object,
) -> None:
    """A select box for one parameter of the address. `also` are parameters that change with it."""
    key = f"pilih-{parameter}"
    keep(key, value)
    st.selectbox(label, options, key=key, format_func=words, on_change=_changed, args=(parameter, key, also), help=help)


def day(label: str, parameter: str, value: str | None, *, help: str | None = None) -> None:
    """A box for a day of this century or the next, empty when none is chosen."""
    key = f"hari-{parameter}"
    keep(key, date.fromisoformat(value) if value else None)
    st.date_input(
        label,
        None,
        key=key,
        min_value=date(2000, 1, 1),
        max_value=date(2199, 12, 31),
        format="DD/MM/YYYY",
        on_change=_day_chosen,
        args=(parameter, key),
        help=help,
        width=185,
    )


def _day_chosen(parameter: str, key: str) -> None:
    chosen: date | None = st.session_state[key]
    run.change(**{parameter: chosen.isoformat() if chosen else None})


def slide(label: str, parameter: str, options: Sequence[str], value: str, *, words: Callable[[str], str]) -> None:
    """A slider over the real dates; a single date is shown as a box that cannot change."""
    key = f"geser-{parameter}"
    if len(options) == 1:
        st.selectbox(label, options, format_func=words, disabled=True, key=f"{key}-satu-{value}")
        return
    keep(key, value)
    st.select_slider(label, options, key=key, format_func=words, on_change=_changed, args=(parameter, key, {}))


def switch(label: str, parameter: str, value: bool, *, help: str | None = None) -> None:
    """A toggle for one parameter of the address."""
    key = f"nyala-{parameter}"
    keep(key, value)
    st.toggle(label, key=key, on_change=_changed, args=(parameter, key, {}), help=help)
