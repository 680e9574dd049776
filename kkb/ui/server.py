"""What the ASGI app adds to Streamlit: routes for assets, and headers on every answer."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import config as config_of_streamlit
from streamlit import net_util
from uvicorn.protocols.http.h11_impl import H11Protocol

from kkb import config, kesehatan, log, memori, store
from kkb.errors import KkbError
from kkb.ui import assets, awal, coats, masuk, menu, packed, panduan, pantau, penjaga, rapat_berkas, tayang
from kkb.ui.assets import FOREVER

SWITCH_SECONDS = 0.0005
"""How long one thread may keep the interpreter while others wait. A page run sends some forty small messages through
another thread; with Python's 5 ms each hand-over costs more than the work between."""


async def _file(request: Request) -> Response:
    path = assets.file_of(request.path_params["key"], request.path_params["name"])
    return FileResponse(path, headers=FOREVER) if path else Response(status_code=404)


async def _layer(request: Request) -> Response:
    text = assets.layer_of(request.path_params["key"])
    if text is None:
        return Response(status_code=404)
    return Response(text, media_type="application/json", headers=FOREVER)


def _coats(request: Request) -> Response:
    text = coats.text_of(**request.path_params)
    if text is None:
        return Response(status_code=404)
    return Response(text, media_type="application/json", headers=FOREVER)


def _page(request: Request) -> Response:
    path = request.url.path.removeprefix(assets.prefix()).strip("/")
    query = dict(request.query_params)
    html = awal.bare(query)
    if not config.reading_needs_login() or masuk.may_read(masuk.person_of(request)):
        html = awal.page(path, query)
    return packed.answer(request, html.encode(), "text/html", {"Cache-Control": "no-cache"})


class _Address(StringConvertor):
    """One part of an address that could be a page: without a dot, as files have, and not where a login comes back to,
    the only address of Streamlit with one part."""

    regex = f"(?!{penjaga.ENTERING.strip('/')}$)[^/.]+"


register_url_convertor("alamat", _Address())


def _no_page(request: Request) -> Response:
    """An address that is no page, in our frame: in it Streamlit says so, above the first page."""
    answer = _page(request)
    answer.status_code = 404
    return answer


# When the app is imported, whichever way it is started: before Streamlit starts a thread.
memori.bound_arenas()

# For a websocket from a strange origin Streamlit would ask a host outside for this machine's address, and hold all
# readers up until that answers.
net_util.get_external_ip = lambda: None

# Each run of a page tells the browser the theme again, and for that Streamlit looks through all settings six times.
# Ours do not change while the server lives.
_section = cache(config_of_streamlit.get_options_for_section)
config_of_streamlit.get_options_for_section = lambda section: dict(_section(section))

# asyncio sends small parts at once only on sockets that name their protocol. Streamlit's does not, so the body of each
# file would wait up to 40 ms until the browser has acknowledged its head.
_connected = H11Protocol.connection_made


def _connected_without_delay(self: H11Protocol, transport: asyncio.Transport) -> None:
    _connected(self, transport)
    line = transport.get_extra_info("socket")
    if line.family in (socket.AF_INET, socket.AF_INET6):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


H11Protocol.connection_made = _connected_without_delay  # type: ignore[method-assign]


async def _guide_picture(request: Request) -> Response:
    path = panduan.picture(request.path_params["name"])
    return FileResponse(path) if path else Response(status_code=404)


def routes() -> list[BaseRoute]:
    """Pages in their language, some with a first paint; pictures of the guide; immutable addresses of static files, map
    layers, coats and shows of meetings; what is no page."""
    return [
        *(Route(f"{assets.prefix()}/{e.path}", _page) for e in menu.entries(several=True)),
        Route(assets.prefix() + panduan.PICTURES.format(name="{name}"), _guide_picture),
        Route(assets.prefix() + pantau.HEALTH, pantau.health),
        Route(assets.prefix() + pantau.METRICS, pantau.metrics),
        Route(assets.prefix() + coats.ADDRESS, _coats),
        Route(assets.prefix() + assets.FILES.format(key="{key}", name="{name:path}"), _file),
        Route(assets.prefix() + assets.LAYERS.format(key="{key}"), _layer),
        Route(assets.prefix() + rapat_berkas.SHOWS.format(key="{key}"), tayang.show),
        Route(assets.prefix() + "/{name:alamat}", _no_page),
    ]


OF_PAGES = ("contoh", "kecamatan", "naik_kelas", "paket", "tables")
"""Modules of kkb.report that pages use. The writers of a meeting's files are imported when a file is asked for: some
bring libraries that would make the start slower."""


@asynccontextmanager
async def warm(app: object) -> AsyncIterator[None]:
    """At the start: import what the pages need and open the warehouse, so that the first reader does not wait. At the
    end: take away the files of meetings.

    What is loaded then lives as long as the server; `gc.freeze` spares every later collection from looking at it.
    """
    pantau.start_log()
    # Not streamlit_folium: it must be imported by a page, or Streamlit does not know its component.
    for package in ("kkb.charts", "kkb.naskah", "kkb.rapat"):
        for found in iter_modules(import_module(package).__path__):
            import_module(f"{package}.{found.name}")
    for name in OF_PAGES:
        import_module(f"kkb.report.{name}")
    with suppress(KkbError):
        store.current(config.var_dir())
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)
    log.event("mulai", versi=kesehatan.state(config.var_dir()).versi)
    yield
    rapat_berkas.forget()
    log.event("berhenti")


def middleware() -> list[Middleware]:
    """Headers that keep the browser on this machine, errors without a traceback, the guard of all routes, and answers
    that are small."""
    guards = (penjaga.SafeHeaders, pantau.Guard, penjaga.Guard, packed.Packed)
    return [Middleware(guard) for guard in guards]
