"""What a reader sees when something fails: a sentence and what to do, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kkb.bahasa import _
from kkb.errors import FactError, KkbError
from kkb.teks import literal
from kkb.ui import ukur


@contextmanager
def shown() -> Iterator[None]:
    """Turn an error inside the block into a message on the page; the traceback goes to the log."""
    try:
        yield
    except KkbError as error:
        ukur.refused(error)
        lines = [f"**{literal(error.message)}**", literal(error.hint)]
        if isinstance(error, FactError):
            lines[1:1] = [f"- {literal(str(problem))}" for problem in error.problems]
        st.error("\n\n".join(lines), icon=":material/error:")
    except Exception as error:
        unexpected(error)


def unexpected(error: Exception) -> bool:
    """Show the code of an error nobody expected, in a page or in the callback before it. True: nobody else need."""
    code = ukur.incident(error)
    st.error(
        _(
            "**Halaman ini tidak dapat ditampilkan.** Muat ulang halaman; apabila masih terjadi, laporkan kepada "
            "pengelola aplikasi. Kode kejadian: **{code}**"
        ).format(code=code),
        icon=":material/error:",
    )
    return True
