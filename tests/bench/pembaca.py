"""Readers without a browser: a websocket each to the server, that speaks Streamlit's protocol as its frontend does."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from kkb import config, queries, store
from kkb.ui import menu

FIRST = "ringkasan"
"""The page at the bare address."""
PAGES = tuple(sorted(e.path or FIRST for e in menu.entries(several=False)))
SECONDS = 60
"""How long a reader waits for the next message."""
KEPT_RUNS = 2
"""A big message that was not sent again for as many answers is forgotten, as in the browser."""


def choices() -> dict[str, list[str]]:
    """What may be chosen, by parameter of the address. KkbError without a warehouse."""
    warehouse = store.current(config.var_dir())
    villages, indicators = queries.villages(warehouse), queries.map_indicators(warehouse)
    return {
        "kecamatan": sorted(set(map(str, villages["kode_kecamatan"]))),
        "desa": sorted(map(str, villages["kode_desa"])),
        "indikator": sorted(map(str, indicators["kode_indikator"])),
        "tanggal": sorted({str(period) for periods in indicators["periode"] for period in periods}),
        "tampilan": ["peta", "petak"],
        "bahasa": ["id", "en"],
    }


@dataclass(frozen=True)
class Drawn:
    """An element on the reader's screen and the live part of the page it belongs to, if any."""

    element: Element
    part: str


class Line:
    """One tab: its websocket, the widgets on screen by label, their states, the address, and messages it has kept.

    Of the widgets only select boxes, sliders and components are known: they are all that these readers use.
    """

    def __init__(self, address: str) -> None:
        self.address, self.query, self.page = address, "", ""
        self.widgets: dict[str, Drawn] = {}
        self.states: dict[str, WidgetState] = {}
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._answers = 0
        self._end = ExitStack()
        self._socket: ClientConnection | None = None

    @property
    def open(self) -> bool:
        """Whether there is a connection."""
        return self._socket is not None

    def visit(self, page: str, query: str, *, read: bool = True) -> None:
        """Go to a page. The first visit fetches its HTML and connects. With `read`, see the page end."""
        path = "" if page == FIRST else page
        if self._socket is None:
            with urllib.request.urlopen(f"{self.address}/{path}?{query}", timeout=SECONDS) as answer:
                answer.read()
            place = f"ws://{urlsplit(self.address).netloc}/_stcore/stream"
            self._socket = self._end.enter_context(connect(place, subprotocols=["streamlit"], max_size=None))
        self.query = query
        self.widgets.clear()
        self.states.clear()
        self._send(ClientState(query_string=query, page_name=path))
        if read:
            self._read()

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a select box or a slider by its words, and see the answer end."""
        drawn = self.widgets[label]
        kind = drawn.element.WhichOneof("type")
        widget = getattr(drawn.element, kind)
        chosen = {"string_value": option} if kind == "selectbox" else {"string_array_value": {"data": [option]}}
        self._answer(WidgetState(id=widget.id, **chosen), drawn.part)

    def tell(self, component: str, value: object) -> None:
        """Let a component give a value, and see the answer end."""
        drawn = self.widgets[component]
        state = WidgetState(id=drawn.element.component_instance.id, json_value=json.dumps(value))
        self._answer(state, drawn.part)

    def options(self, label: str) -> list[str]:
        """What may be chosen in a box or on a slider that is on screen; empty when it is not."""
        drawn = self.widgets.get(label)
        return list(getattr(drawn.element, drawn.element.WhichOneof("type")).options) if drawn else []

    def glance(self) -> None:
        """Read one message at most, as a reader who leaves in the middle of an answer."""
        assert self._socket is not None
        try:
            self._socket.recv(timeout=1)
        except TimeoutError:
            return

    def leave(self) -> None:
        """Hang up, and forget what was kept."""
        self._socket = None
        self._kept.clear()
        self._end.close()

    def _answer(self, state: WidgetState, part: str) -> None:
        self.states[state.id] = state
        asked = ClientState(query_string=self.query, fragment_id=part, page_script_hash=self.page)
        if not part:
            self.widgets.clear()
        asked.widget_states.widgets.extend(self.states.values())
        self._send(asked)
        self._read()

    def _send(self, asked: ClientState) -> None:
        assert self._socket is not None
        self._kept = {h: (n, m) for h, (n, m) in self._kept.items() if self._answers - n < KEPT_RUNS}
        self._answers += 1
        asked.cached_message_hashes.extend(self._kept)
        self._socket.send(BackMsg(rerun_script=asked).SerializeToString())

    def _read(self) -> None:
        """Follow the answer to its end; RuntimeError when it is an exception."""
        assert self._socket is not None
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(self._socket.recv(timeout=SECONDS)))
            kind = told.WhichOneof("type")
            if kind == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
                self.widgets.clear()  # a live part asked for the whole page
            elif kind == "navigation":
                self.page = told.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = told.page_info_changed.query_string
            elif kind == "ref_hash":
                self._keep(told.ref_hash, self._kept[told.ref_hash][1])
            elif kind == "delta":
                self._keep(told.hash, told)

    def _keep(self, key: str, told: ForwardMsg) -> None:
        if told.metadata.cacheable:
            self._kept[key] = self._answers, told
        self._see(told)

    def _see(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR):
            raise RuntimeError(f"the page at ?{self.query} shows an error")
        if kind == "component_instance":
            self.widgets[element.component_instance.component_name] = Drawn(element, told.delta.fragment_id)
        elif kind in ("selectbox", "slider"):
            widget = getattr(element, kind)
            self.widgets[widget.label] = Drawn(element, told.delta.fragment_id)
            if widget.set_value:
                set_to = {"string_value": widget.raw_value} if kind == "selectbox" else None
                set_to = set_to or {"string_array_value": {"data": list(widget.raw_value)}}
                self.states[widget.id] = WidgetState(id=widget.id, **set_to)


class Walker(Protocol):
    """Someone who does one thing after another."""

    random: random.Random
    wrong: list[str]

    def act(self) -> None:
        """Do one thing; any exception is an error that this reader saw."""

    def leave(self) -> None:
        """Hang up."""


def walk(walkers: Sequence[Walker], seconds: float, every: float) -> None:
    """Let all act for some time, each about once in `every` seconds; what goes wrong is noted and they go on."""
    ends = time.monotonic() + seconds

    def one(walker: Walker) -> None:
        time.sleep(walker.random.uniform(0, every))
        while time.monotonic() < ends:
            before = time.monotonic()
            try:
                walker.act()
            except Exception as error:
                walker.wrong.append(f"{type(error).__name__}: {error}")
                walker.leave()
            time.sleep(max(0.0, before + every * walker.random.uniform(0.5, 1.5) - time.monotonic()))

    threads = [threading.Thread(target=one, args=(w,)) for w in walkers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
