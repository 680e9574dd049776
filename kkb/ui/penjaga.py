"""What stands before every route: which hosts are served, where requests may come from, who may read and send files,
and the headers on every answer.

Imported before any page: nothing here may lead to streamlit_folium (see `server.warm`).
"""

from __future__ import annotations

import hashlib
import re
import socket
from base64 import b64encode
from contextlib import suppress
from functools import cache
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import AUTH_COOKIE_MAX_AGE_SECONDS, USER_COOKIE_NAME

from kkb import config, log
from kkb.ui import assets, awal, masuk, operator

CLOSED = ("/lapisan/", "/tayang/", "/warna/", "/media/")
"""Where figures are fetched from besides the pages themselves."""
COMPONENTS = "/component/"
LEAVING = "/auth/logout"
ENTERING = "/oauth2callback"
UPLOADS = "/_stcore/upload_file/"
HEAD = 16_384
"""So many bytes of what is sent may pass before the name of the file stands in it."""


def origin_host(text: str) -> str:
    """Host and port of an origin; '' for none, for 'null' and for what is no address."""
    with suppress(ValueError):
        return urlsplit(text).netloc.lower()
    return ""


def is_served(host: str) -> bool:
    """Whether a Host header names this server: an address in numbers, this machine, or a name of the setting."""
    try:
        parts = urlsplit(f"//{host}")
        name, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if not name or parts.username is not None or parts.path or parts.query or parts.fragment:
        return False
    with suppress(ValueError):
        return bool(ip_address(name))
    return name in {"localhost", socket.gethostname().lower()} | config.hosts()


def _path(scope: Scope) -> str:
    return str(scope.get("path", "")).removeprefix(assets.prefix())


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str, reason: str) -> None:
    log.access("permintaan_ditolak", refused=True, sebab=reason)
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(words, status, {"Cache-Control": "no-store"})(scope, receive, send)


def _watched(scope: Scope, send: Send) -> Send:
    """Tells when the login server's answer let nobody in: it says no itself ('server_login'), or what it brings is not
    true or not asked for ('balasan'). Streamlit's own line beside it names the kind of error."""
    asked = parse_qs(scope.get("query_string", b""))

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and (b"code" in asked or b"error" in asked):
            given = f"{USER_COOKIE_NAME}=".encode()
            cookies = [v for k, v in message["headers"] if k.lower() == b"set-cookie" and v.startswith(given)]
            if not any(not v.startswith(given + b'""') for v in cookies):
                log.access("masuk_ditolak", refused=True, sebab="server_login" if b"error" in asked else "balasan")
        await send(message)

    return sending


class Guard:
    """Refuses unknown hosts, requests from pages of other hosts, files of whoever may not send them, and figures to
    whoever may not read them. What it lets through goes on unchanged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or refuse in a few words."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), _path(scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not is_served(host):
            await _refuse(scope, receive, send, 400, "Host tidak dilayani.", "host")
        elif origin is not None and self._acts(scope) and origin_host(origin) != host.lower():
            await _refuse(scope, receive, send, 403, "Permintaan dari situs lain ditolak.", "asal")
        elif path.startswith(UPLOADS) and scope.get("method") in ("PUT", "POST", "DELETE"):
            await self._file(scope, receive, send, path)
        elif path.startswith(CLOSED) and not await run_in_threadpool(self._may_read, scope):
            await _refuse(scope, receive, send, 403, "Masuk lebih dahulu.", "belum_masuk")
        elif path == ENTERING:
            await self.app(scope, receive, _watched(scope, send))
        else:
            await self.app(scope, receive, send)

    @staticmethod
    def _acts(scope: Scope) -> bool:
        return scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD", "OPTIONS")

    @staticmethod
    def _may_read(scope: Scope) -> bool:
        return not config.reading_needs_login() or masuk.may_read(masuk.person_of(HTTPConnection(scope)))

    async def _file(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        session = path.removeprefix(UPLOADS).partition("/")[0]
        if not await run_in_threadpool(operator.may_send, session, HTTPConnection(scope)):
            await _refuse(scope, receive, send, 403, "Hanya operator yang dapat mengirim berkas.", "bukan_operator")
            return
        if scope["method"] == "DELETE":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        begun = b""
        while b"\r\n\r\n" not in begun and len(begun) < HEAD:
            held.append(await receive())
            begun += held[-1].get("body", b"")
            if not held[-1].get("more_body"):
                break
        found = re.search(rb'filename="([^"\r\n]*)"', begun[:HEAD])
        if not found or found[1].decode("utf-8", "replace").rpartition(".")[2].lower() not in operator.TYPES:
            await _refuse(scope, receive, send, 415, "Jenis berkas ini tidak diterima.", "jenis_berkas")
            return

        async def again() -> Message:
            return held.pop(0) if held else await receive()

        await self.app(scope, again, send)


@cache
def _inline() -> str:
    """What the policy calls the scripts that stand in the page itself, by the hash of each."""
    scripts = re.findall(r"<script>(.*?)</script>", awal.bare({}), re.DOTALL)
    return " ".join(f"'sha256-{b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)


def policy(*, component: bool = False) -> str:
    """The content security policy of pages, or of the frame a map is drawn in, which alone may fetch map tiles."""
    tiles = urlsplit(config.base_map_url().replace("{s}", "*"))
    # Pages do without eval; drivers that measure them in a browser do not. It opens nothing where no other script runs.
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'unsafe-eval' {_inline()}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    if component:
        rules["script-src"] = "'self' 'unsafe-inline' 'unsafe-eval'"
        rules["img-src"] += f" {tiles.scheme}://{tiles.netloc}"
    return "; ".join(f"{name} {told}" for name, told in rules.items())


FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class SafeHeaders:
    """Adds the headers to every HTTP answer, that of a route that fails included, and shortens the life of cookies.

    A header that a route sets itself stays: shows have a stricter policy.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = _path(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy(component=path.startswith(COMPONENTS)))
                for name, value in FIXED.items():
                    headers.setdefault(name, value)
                if path == LEAVING:
                    headers["Clear-Site-Data"] = '"cache"'
                if path.startswith(CLOSED) and config.reading_needs_login():
                    headers["Cache-Control"] = headers.get("Cache-Control", "").replace("public", "private")
                message["headers"] = [_cookie(name, value) for name, value in message["headers"]]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _cookie(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header; the cookie of a login lives as long as the login, and all travel by TLS only where readers do."""
    if name.lower() != b"set-cookie":
        return name, value
    if value.startswith(USER_COOKIE_NAME.encode()):
        mine = f"Max-Age={int(3600 * config.session_hours())}"
        value = value.replace(f"Max-Age={AUTH_COOKIE_MAX_AGE_SECONDS}".encode(), mine.encode())
    if masuk.secure() and b"secure" not in value.lower().split(b"; "):
        value += b"; Secure"
    return name, value
