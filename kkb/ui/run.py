"""The run in progress: one warehouse version, what may be chosen, and what the reader has chosen.

The address of the page is the only state. A widget's callback puts the new choice aside with `change`; the run that
follows shows it, and writes it to the address at its end, after the picture, because the browser redraws its whole
frame when the address changes. Back and forward therefore just bring an older address.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from kkb import bahasa, config, queries, selection, store, wilayah
from kkb.errors import EmptyError
from kkb.rows import Row, records
from kkb.selection import STATUS, Options, Selection
from kkb.store import Warehouse
from kkb.ui import antre, errors, masuk, ukur
from kkb.ui.options import options

T = TypeVar("T")
_PENDING = "kkb-pending"
_LINKS = "kkb-links"
_DESTINATION = "kkb-destination"
_DRAWN = "kkb-drawn"
ELSEWHERE: dict[str, Any] = {"kecamatan": None, "desa": None, "rencana": ()}
"""What a reader chose within one kabupaten becomes this in another."""


@dataclass(frozen=True)
class Run:
    """What one run of a page reads: never more than one version."""

    warehouse: Warehouse
    options: Options
    selection: Selection


_run: ContextVar[Run] = ContextVar("run")
_links_drawn: ContextVar[bool] = ContextVar("links_drawn", default=True)


@contextmanager
def reading(warehouse: Warehouse) -> Iterator[None]:
    """Put questions to a version that need not be the one on display, also where no page runs: a meeting keeps its
    own. There is no selection within: reading it fails."""
    before = _run.set(Run(warehouse, options(warehouse), cast("Selection", None)))
    try:
        yield
    finally:
        _run.reset(before)


def now() -> Run:
    """The run in progress."""
    return _run.get()


def chosen() -> Selection:
    """What the reader has chosen."""
    return now().selection


def several() -> bool:
    """Whether the version has several kabupaten, so that there is something above the one that is read."""
    return now().warehouse.area is not None


def chosen_in_callback() -> Selection:
    """What the reader had chosen before the widget whose callback is running."""
    pending: Selection | None = st.session_state.get(_PENDING)
    return pending or _read().selection


def period(indicator: str = STATUS) -> str:
    """The period in which an indicator is shown. EmptyError when it has none."""
    if not now().options.periode.get(indicator):
        raise EmptyError
    return selection.period_of(chosen(), indicator, now().options)


def change(**changes: object) -> None:
    """Choose something else; for callbacks of widgets."""
    st.session_state[_PENDING] = chosen_in_callback().with_(**changes)


def visit(page: str, **changes: object) -> None:
    """Choose something else and go to another page, named by its file; for callbacks of widgets."""
    change(**changes)
    st.session_state[_DESTINATION] = page


def visit_regency(page: str, code: str, **changes: object) -> None:
    """The same, in another kabupaten."""
    visit(page, **{**ELSEWHERE, "kabupaten": code, **changes})


def is_leaving() -> bool:
    """Whether `visit` was called and its page is not there yet; a part that redraws alone must let the whole run."""
    return _DESTINATION in st.session_state


def destination() -> str | None:
    """The page asked for by `visit`, once."""
    page: str | None = st.session_state.pop(_DESTINATION, None)
    return page


def begin() -> Run:
    """Start a run: open the current version and read the address. Raises KkbError when there is nothing to read, or
    this session may not read."""
    bahasa.use(st.query_params.get("bahasa", "id"))
    masuk.must_read()
    return _read()


def _read() -> Run:
    """The run that the address asks for. A callback, which shows nothing, may ask for it too."""
    bahasa.use(st.query_params.get("bahasa", "id"))
    query = st.query_params.to_dict()
    pending: Selection | None = st.session_state.get(_PENDING)
    if pending is not None:
        query = selection.to_query(pending)
    warehouse = wilayah.chosen(store.current(config.var_dir()), query.get("kabupaten"))
    known = options(warehouse)
    run = Run(warehouse, known, selection.parse(query, known))
    bahasa.use(run.selection.bahasa)
    _run.set(run)
    return run


def finish() -> None:
    """End a run: write a pending choice to the address."""
    pending: Selection | None = st.session_state.pop(_PENDING, None)
    if pending is not None:
        st.query_params.from_dict(selection.to_query(pending))


def links(draw: Callable[[Selection], None] | None = None) -> None:
    """Draw the links to the pages with the present choice, or say how to draw them, before the page runs.

    They are drawn once per run, by the live part of a page if it has one, else by the shell. Twice in one run, at one
    place, is more than Streamlit's queue of messages can bear: it may put the second drawing before its container.
    """
    if draw is not None:
        st.session_state[_LINKS] = draw
        _links_drawn.set(False)
    elif not _links_drawn.get():
        _links_drawn.set(True)
        st.session_state[_LINKS](chosen())


_ALONE = {"indikator": STATUS, "tampilan": "peta", "banding": None, "dasar": False, "simulasi": ()}
"""What a live part may change without the rest of its page."""


def live(part: Callable[..., None]) -> Callable[..., None]:
    """A part of a page that redraws alone when its widgets change something only it shows.

    When they change anything else, or when there is a newer version, the whole page runs again.
    """

    @st.fragment
    @wraps(part)
    def redraw(*arguments: object) -> None:
        with antre.turn(), errors.shown():
            run = begin()
            if st.session_state.get(_DRAWN, _rest(run)) != _rest(run):
                st.rerun(scope="app")
            with ukur.run(Path(part.__code__.co_filename).stem, run.warehouse.version, part=True):
                part(*arguments)
            finish()
            # Streamlit lets a fragment write outside itself only where it did so in the whole run as well.
            if _LINKS in st.session_state:
                _links_drawn.set(False)
                links()

    return redraw


def _rest(run: Run) -> tuple[str, Selection]:
    return run.warehouse.key, run.selection.with_(**_ALONE)


def whole() -> None:
    """Begin the run of a whole page; called by the shell only."""
    run = begin()
    st.session_state[_DRAWN] = _rest(run)


@lru_cache(maxsize=500)
def _answer(key: str, question: str, parameters: tuple[tuple[str, object], ...], as_rows: bool) -> bytes:
    """An answer as it is kept: packed, so that each reader gets one of its own. Of the run in progress, whose version
    (and kabupaten) the key names."""
    answer: pd.DataFrame = getattr(queries, question)(now().warehouse, **dict(parameters))
    return pickle.dumps(records(answer) if as_rows else answer, pickle.HIGHEST_PROTOCOL)


def _asked(question: Callable[..., pd.DataFrame], parameters: dict[str, object], *, as_rows: bool) -> Any:
    packed = _answer(now().warehouse.key, question.__name__, tuple(sorted(parameters.items())), as_rows)
    return pickle.loads(packed)  # noqa: S301 - our own, from this process


def ask(question: Callable[..., pd.DataFrame], **parameters: object) -> pd.DataFrame:
    """The answer of one function of `kkb.queries`, remembered per version, kabupaten, question and parameters."""
    answer: pd.DataFrame = _asked(question, parameters, as_rows=False)
    return answer


def remembered(work: Callable[..., T]) -> Callable[..., T]:
    """What a function makes of the version on display and its parameters, remembered per kabupaten and language.

    It may use nothing else of the run or the day: what a reader chose comes in as parameters, and reading the selection
    within fails. Parameters must be hashable; each caller gets a result of its own.
    """

    @wraps(work)
    def given(*parameters: Hashable) -> T:
        made: T = pickle.loads(_made(now().warehouse.key, bahasa.language(), work, parameters))  # noqa: S301 - as above
        return made

    return given


@lru_cache(maxsize=500)
def _made(key: str, language: str, work: Callable[..., object], parameters: tuple[Hashable, ...]) -> bytes:
    with reading(now().warehouse):
        return pickle.dumps(work(*parameters), pickle.HIGHEST_PROTOCOL)


def rows(question: Callable[..., pd.DataFrame], **parameters: object) -> list[Row]:
    """The same as rows, for code that reads them one by one: making rows of a table takes longer than all else."""
    answer: list[Row] = _asked(question, parameters, as_rows=True)
    return answer
