"""Streamlit's own words: Indonesian on an Indonesian page, English on an English one, and never in the data."""

import re
import shutil

import pytest

from kkb import akses
from kkb.ui import menu
from tests.browser.conftest import Reader, serving

ENGLISH = re.compile(
    r"\b(add|apply|available|choose|clear|close|collapse|copy|decrement|drag|enter to|error|exist|expand|files?|format"
    r"|fullscreen|help for|hide|icon|increment|link to|month|navigate|next|no results|not found|open|page|password"
    r"|per file|press|previous|remove|search|select|show|sidebar|skip|sort|today|type|upload|value|year|yyyy)\b",
    re.IGNORECASE,
)
"""Words that Streamlit uses, and that no Indonesian sentence has."""
SAID = """() => {
  const found = [], of = (part) => part.closest("[data-testid]")?.dataset.testid || part.tagName;
  const never = "[data-testid=stIconMaterial], [lang=en], script, style, template";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const part = texts.currentNode.parentElement, theirs = part.closest("[data-testid=stFileUploader]");
    if (part.closest(never) || (part.closest("[data-testid=stMarkdownContainer]") && !theirs)) continue;
    found.push([of(part), texts.currentNode.data]);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const part of document.querySelectorAll(`[${name}]`))
      if (!part.closest("[lang=en]")) found.push([of(part), part.getAttribute(name)]);
  return found;
}"""
"""What the page says outside our own texts."""


def english(page):
    """The English that is on a page, outside what we wrote."""
    return sorted({(place, text.strip()) for place, text in page.evaluate(SAID) if ENGLISH.search(text)})


@pytest.mark.parametrize("path", [e.path for e in menu.entries(several=False) if e.path != "data"])
def test_no_widget_speaks_english_on_an_indonesian_page(reader, path):
    reader.open(f"/{path}")
    assert english(reader.page) == []


def test_a_calendar_a_search_and_an_address_that_is_no_page_are_indonesian(reader):
    reader.open("/rapat")
    reader.page.get_by_role("button", name="Pilih tanggal").first.click()
    reader.page.get_by_role("button", name="Bulan sebelumnya").wait_for()
    assert reader.page.get_by_role("gridcell").first.inner_text()
    assert re.search(
        "Januari.*Agustus.*Desember", reader.page.get_by_test_id("stDateInputCalendar").inner_html(), re.DOTALL
    )
    assert english(reader.page) == []
    reader.page.keyboard.press("Escape")
    reader.page.get_by_test_id("stSelectbox").first.locator("input").fill("tidak ada yang begini")
    reader.page.get_by_text("Tidak ditemukan").wait_for()
    assert english(reader.page) == []
    answer = reader.page.goto(f"{reader.address}/tidak-ada")
    reader.page.get_by_role("dialog").get_by_text("Halaman yang diminta tidak ada.").wait_for()
    assert answer.status == 404
    assert english(reader.page) == []


def test_a_change_of_language_changes_them_too_and_back(reader):
    reader.open("/peta")
    turns = (("English", "en-GB", "Help for", "Penjelasan"), ("Indonesia", "id-ID", "Penjelasan", "Help for"))
    for language, tag, words, other in turns:
        reader.page.get_by_test_id("stSidebar").get_by_text(language, exact=True).click()
        reader.page.locator(f'[aria-label^="{words}"]').first.wait_for(state="attached")
        reader.page.wait_for_function(f"!document.querySelector('[aria-label^=\"{other}\"]')")
        assert reader.page.evaluate("navigator.language") == tag


def test_a_file_is_chosen_in_indonesian_and_keeps_its_name(browser, published, tmp_path):
    var = shutil.copytree(published, tmp_path / "var")
    with serving(var, tmp_path / "log") as address:
        reader = Reader(browser.new_page(), address)
        reader.open("/data")
        reader.page.get_by_role("textbox", name="Kode sekali pakai").fill(akses.issue(var))
        reader.page.get_by_text("Tekan Enter untuk mengirim").wait_for()
        reader.page.get_by_role("button", name="Masuk").click()
        reader.page.get_by_role("button", name="Pilih berkas").wait_for()
        assert english(reader.page) == []
        for name in ("Remove me.csv", "Upload.exe"):
            (tmp_path / name).write_text("a")
            reader.page.locator("input[type=file]").set_input_files(tmp_path / name)
            reader.page.get_by_title(name, exact=True).wait_for()
        reader.page.get_by_text("Jenis berkas ini tidak diterima.").wait_for()
        names = {(place, text) for place, text in english(reader.page) if "me.csv" not in text and ".exe" not in text}
        assert names == set()
        reader.page.close()
