"""The show of a meeting: one HTML file that asks this server for nothing more once it is open."""

from __future__ import annotations

import re
from html import escape, unescape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kkb import bahasa
from kkb.bahasa import _
from kkb.errors import KkbError
from kkb.ui import assets, rapat_berkas, ukur

MAKE = "siapkan"
"""The query that asks to make the file and wait for it."""


async def show(request: Request) -> Response:
    """The file under a key. While there is none the browser shows that it is being made, and asks again."""
    recipe = rapat_berkas.offered(request.path_params["key"])
    if recipe is None:
        return _told(_("Tayangan ini tidak lagi tersimpan di server. Mulai lagi dari halaman Rapat."), 404)
    with bahasa.speaking(recipe.language):
        waiting = _told(_("Menyiapkan rapat: seluruh angka dan peta dihitung dari satu versi data…"), 200, MAKE)
        failed = _told(_("Tayangan tidak dapat dibuat. Coba lagi dari halaman Rapat."), 500)
    if MAKE in request.query_params:
        try:
            await run_in_threadpool(rapat_berkas.file, recipe, "html")
        except (KkbError, OSError) as error:
            ukur.incident(error, halaman="tayang")
            return failed
        return RedirectResponse(request.url.path, status_code=303)
    path = rapat_berkas.made(recipe, "html")
    if path is None:
        return waiting
    content = path.read_bytes()
    return HTMLResponse(content, headers=assets.FOREVER | {"Content-Security-Policy": policy(content.decode())})


def policy(page: str) -> str:
    """The policy of the file itself, which names its own script and style by hash, and that no page may frame it."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    own = unescape(found[1]) if found else "default-src 'none'"
    return f"{own}; frame-ancestors 'none'"


def _told(words: str, status: int, again: str = "") -> HTMLResponse:
    """A page of one sentence; `again` makes the browser ask with that query at once."""
    refresh = f'<meta http-equiv="refresh" content="0;url=?{again}">' if again else ""
    style = "font:1.4rem sans-serif;margin:20vh auto;max-width:34rem;padding:0 1rem;text-align:center"
    return HTMLResponse(
        f'<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'{refresh}<title>Kampung KB</title></head><body><p role="status" style="{style}">{escape(words)}</p></body>',
        status,
        {"Cache-Control": "no-store"},
    )
