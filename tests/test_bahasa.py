"""Every word on screen has an English twin, and none is left over."""

import re
from functools import cache
from io import BytesIO

import pandas as pd
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from kkb import bahasa
from kkb.config import ROOT

CATALOGUE = read_po(BytesIO(bahasa.CATALOGUE.read_bytes()), locale="en")


@cache
def written() -> set[str]:
    found = set()
    for folder in ("kkb", "pages"):
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, keywords={"_": None}):
            found.add(message)
    return found


@cache
def from_data() -> set[str]:
    rules = pd.read_csv(ROOT / "data" / "aturan_item.csv", dtype="str")
    topics = set(pd.read_csv(ROOT / "data" / "fakta.csv", dtype="str")["topik"])
    return topics | {i.capitalize() for i in rules["indeks"]}


def test_no_text_is_missing():
    assert sorted(m for m in written() | from_data() if not (CATALOGUE.get(m) and CATALOGUE.get(m).string)) == []


def test_no_text_is_left_over():
    assert sorted(str(m.id) for m in CATALOGUE if m.id and m.id not in written() | from_data()) == []


def test_placeholders_survive():
    def placeholders(text):
        return set(re.findall(r"{\w*}", text))

    changed = [m.id for m in CATALOGUE if m.id and (m.fuzzy or placeholders(m.id) != placeholders(m.string))]
    assert changed == []


def test_no_call_hides_in_an_f_string_where_the_catalogue_cannot_see_it():
    files = [*ROOT.glob("kkb/**/*.py"), *ROOT.glob("pages/*.py")]
    assert [str(f) for f in files if re.search(r"""f["'][^"'\n]*\{_\(""", f.read_text(encoding="utf-8"))] == []


def test_an_unknown_language_is_indonesian():
    bahasa.use("xx")
    assert bahasa.language() == "id"


def test_every_text_given_to_the_catalogue_at_all_is_in_it():
    """Also one inside a call inside an f-string, which the extraction does not see."""
    lost = []
    for path in [*ROOT.glob("kkb/**/*.py"), *ROOT.glob("pages/*.py")]:
        for _quote, text in re.findall(r"""\b_\((["'])(.+?)\1\)""", path.read_text(encoding="utf-8")):
            if not CATALOGUE.get(text):
                lost.append(f"{path.name}: {text}")
    assert lost == []
