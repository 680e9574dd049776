"""The guide says the same in both languages, with the names that the pages have in each."""

import re

import pytest

from kkb import bahasa
from kkb.ui import panduan
from tests import halaman

GUIDES = {language: path.read_text(encoding="utf-8") for language, path in panduan.GUIDES.items()}
TYPED = {"16 Mei": "16 May", "Lewat": "Late"}
"""What a reader types that is another word in English; names of places and classes are not."""


def of(pattern, language):
    """All that a pattern finds in the guide of a language, in order."""
    return re.findall(pattern, GUIDES[language], re.M)


def names(language):
    """The pages, boxes and buttons in bold; what opens a point of a list in bold ends with a full stop."""
    return [bold for bold in of(r"\*\*(.+?)\*\*", language) if not bold.endswith(".")]


def test_there_is_a_guide_in_every_language():
    assert GUIDES.keys() == bahasa.LANGUAGES.keys()


@pytest.mark.parametrize(
    "pattern",
    [r"^(#+ (?:\d+\.)?)", r"^(\d+\.) ", r"^!\[[^\]]+\]\((.+)\)$", r"\*\((\d) (?:klik|clicks?)\)\*"],
    ids=["headings", "lists", "pictures", "clicks"],
)
def test_both_guides_have_the_same_parts(pattern):
    assert of(pattern, "en") == of(pattern, "id") != []


def test_the_english_guide_names_pages_and_buttons_as_the_english_pages_do():
    assert len(names("id")) > 25
    with bahasa.speaking("en"):
        assert names("en") == [bahasa._(name) for name in names("id")]


def test_what_is_typed_is_what_the_boxes_offer_in_each_language():
    assert of(r"`([^`]+)`", "en") == [TYPED.get(typed, typed) for typed in of(r"`([^`]+)`", "id")]


@pytest.mark.parametrize("language", bahasa.LANGUAGES)
def test_the_page_shows_the_guide_of_its_language(monkeypatch, golden_published, language):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    app = halaman.opened("panduan", bahasa=language)
    assert app.title[0].value == of(r"\A# (.+)$", language)[0]
    last = of(r"^## (.+)$", language)[-1]
    assert any(f"## {last}" in shown.value for shown in app.markdown)
    assert not app.info
