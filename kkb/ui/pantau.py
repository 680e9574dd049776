"""What watches the server: `/sehat`, `/metrik`, the log, and the last word on an error nobody expected."""

from __future__ import annotations

import hmac
import ipaddress
import logging
from dataclasses import asdict

import streamlit.logger
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kkb import bahasa, config, kesehatan, log
from kkb.ui import ukur

HEALTH, METRICS = "/sehat", "/metrik"
_FRESH = {"Cache-Control": "no-store"}
_SILENT = ("uvicorn.access",)
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def health(request: Request) -> Response:
    """Whether the server lives and has data: 200, or 503 with words when it has none."""
    if not _may(request, "KKB_SEHAT"):
        return Response(status_code=404)
    bahasa.use("id")
    now = kesehatan.state(config.var_dir())
    told = asdict(now) | {"dibangun": now.dibangun.isoformat() if now.dibangun else None}
    told = {"hidup": True, "siap": now.versi is not None, **told}
    return JSONResponse(told, 200 if now.versi else 503, _FRESH)


def metrics(request: Request) -> Response:
    """What was counted, for Prometheus; 503 in the same form when there are no data."""
    if not _may(request, "KKB_METRIK"):
        return Response(status_code=404)
    bahasa.use("id")
    ready = kesehatan.state(config.var_dir())
    words = "" if ready.versi else f"# {ready.pesan}\n"
    status = 200 if ready.versi else 503
    return Response(words.encode() + ukur.text(), status, _FRESH, media_type=CONTENT_TYPE_LATEST)


def _may(request: Request, setting: str) -> bool:
    """Whether this request may read: the setting opens it to all, else it comes from this machine or has the token.

    A request that a proxy passed on is not from this machine, though the proxy is.
    """
    if config.value(setting) == "terbuka":
        return True
    token = config.value("KKB_PANTAU_TOKEN")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    return _is_near(request.client.host if request.client else "") and not any(
        name in request.headers for name in _FORWARDED
    )


def _is_near(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (inner or found).is_loopback


def start_log() -> None:
    """Send all lines of this process, also those of the libraries, to stderr in one form.

    Requests are not told: addresses hold what readers chose, and their own.
    """
    ours = log.handler()

    def only_ours(logger: logging.Logger) -> None:
        logger.handlers = [] if logger.name in _SILENT else [ours]
        logger.propagate = False

    # Streamlit gives a handler of its own to each of its loggers, also to those made later, and to the server's.
    streamlit.logger.setup_formatter = only_ours
    streamlit.logger.update_formatter()
    kkb = logging.getLogger("kkb")
    kkb.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for logger in (kkb, *map(logging.getLogger, ("uvicorn", "uvicorn.error"))):
        only_ours(logger)
    logging.getLogger().handlers = [ours]
    logging.captureWarnings(True)


class Guard:
    """Turns an error that no route caught into a sentence with the code of the event, when nothing was sent yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and catch."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            code = ukur.incident(error, jenis=scope["type"])
            if scope["type"] == "http" and not begun:
                words = f"Permintaan ini tidak dapat dijawab. Kode kejadian: {code}\n"
                await PlainTextResponse(words, 500, _FRESH)(scope, receive, send)
