"""Text that others wrote: what cannot be seen in it is dropped, and it is shown as it stands, never as formatting.

HTML gets it through `html.escape`, Markdown through `literal`, scripts of the map through `maps.script_safe`, CSV and
XLSX through `report.tables`.
"""

from __future__ import annotations

import re

HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U0010ffff]"
)
"""Control characters that are no white space, signs that turn the direction of writing or have no width, and codes
without a meaning of their own. They are never needed in Indonesian, and let a text look like another."""
_LONGEST_NAME = 200
"""Bytes of a file name that is kept; file systems allow 255."""
_MARKUP = re.compile(r"(^\d{1,9}(?=[.)]))|(?=[\\`*_\[\]<&$~]|^[#>+=-])")
"""What Markdown, as Streamlit reads it, takes for formatting on one line."""
_MADE_LATER = re.compile(r"(?:https?(?=://)|www(?=\.)|:(?=[\w+-])|(?<!\S)[<~>-](?=[->=])|(?=@[\w-]))", re.IGNORECASE)
"""Where Streamlit makes a link, icon or arrow out of text once Markdown has been read, so that a backslash is no help:
a word joiner, which is not seen, is put there."""
_JOINER = "\u2060"


def seen(text: str) -> str:
    """The text without what cannot be seen; white space stays."""
    return HIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text without what cannot be seen, on one line, with single spaces."""
    return " ".join(seen(text).split())


def short(text: str, most: int = 120) -> str:
    """The text, cut to so many characters with '…' at its end when it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def file_name(text: str) -> str:
    """A name under which a file that came as `text` can be written: its last part on one line, not too long."""
    name = one_line(re.split(r"[/\\]", text)[-1])
    while len(name.encode()) > _LONGEST_NAME:
        name = name[1:]
    return name if name.strip(". ") else "berkas"


def literal(text: str) -> str:
    """The text on one line so that Streamlit's Markdown shows it as it is: no bold, link, formula, colour or icon."""
    joined = _MADE_LATER.sub(lambda found: f"{found[0]}{_JOINER}", one_line(text))
    return _MARKUP.sub(r"\1\\", joined)
