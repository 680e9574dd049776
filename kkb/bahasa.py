"""The language of the words on screen: Indonesian is written in the code, English comes from `locale/en/…/kkb.po`.

The language belongs to the running script thread; `use` is called at the start of every page run and fragment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

LANGUAGES = {"id": "Indonesia", "en": "English"}
CATALOGUE = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES" / "kkb.po"

_language: ContextVar[str] = ContextVar("language", default="id")


def use(language: str) -> None:
    """Speak `language` ('id' or 'en') from here on in this thread."""
    _language.set(language if language in LANGUAGES else "id")


def language() -> str:
    """The language in use: 'id' or 'en'."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` within a block, for texts whose language is not the reader's, and then go on as before."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _english() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}


def _(text: str) -> str:
    """The text in the language in use; the Indonesian itself when there is no translation."""
    return text if language() == "id" else _english().get(text, text)


def field(row: Mapping[Any, Any], name: str) -> str:
    """A text column that has an `_en` twin, in the language in use; '' when missing."""
    value = row[name] if language() == "id" else row[f"{name}_en"]
    return value if isinstance(value, str) else ""
