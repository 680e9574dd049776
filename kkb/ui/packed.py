"""Streamlit's scripts and styles, compressed once: it sends them as they are, three times as much on a slow line."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from kkb.ui import assets
from kkb.ui.assets import FOREVER

TYPES = {".js": "text/javascript", ".css": "text/css"}


def accepts(request: Request) -> bool:
    """Whether the browser takes compressed answers."""
    return "gzip" in request.headers.get("accept-encoding", "")


def answer(request: Request, content: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """An answer, compressed where the browser takes that."""
    if not accepts(request):
        return Response(content, media_type=media_type, headers=headers)
    more = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(gzip.compress(content, 6, mtime=0), media_type=media_type, headers=headers | more)


@lru_cache(maxsize=512)
def _bundle(name: str) -> bytes | None:
    """A file of Streamlit's bundle, compressed; None for a name that is none of them."""
    folder = Path(file_util.get_static_dir()) / "static"
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix not in TYPES or not path.is_file():
        return None
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Packed:
    """Answers for Streamlit's hashed bundle files; everything else goes on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        name = self._name(scope)
        content = await run_in_threadpool(_bundle, name) if name else None
        if name is None or content is None:
            await self.app(scope, receive, send)
            return
        headers = FOREVER | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        await Response(content, media_type=TYPES[Path(name).suffix], headers=headers)(scope, receive, send)

    @staticmethod
    def _name(scope: Scope) -> str | None:
        """The name of the bundle file that is asked for, if one is, by a browser that takes compressed answers."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        request, start = Request(scope), f"{assets.prefix()}/static/"
        path = request.url.path
        return path.removeprefix(start) if path.startswith(start) and accepts(request) else None
