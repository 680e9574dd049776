"""What a person does with the single HTML file: opened from disk in a real browser whose network is off."""

import json
from datetime import date
from io import BytesIO
from urllib.parse import quote

import pypdf
import pytest

from kkb import bahasa, store
from kkb.rapat import susun
from kkb.report import satu
from tests.test_satu import HOSTILE, hostile

TODAY = date(2026, 11, 28)
SIZES = {"laptop": (1366, 768), "projector": (1024, 768), "phone": (390, 844)}


class Show:
    """A person at the file."""

    def __init__(self, page):
        self.page, self.requests, self.errors = page, [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def open(self, path, hash_=""):
        """Open the file by double click, or by a link into it."""
        self.page.goto(path.as_uri() + hash_)
        self.title()
        return self

    def title(self):
        """The title on screen."""
        return self.page.locator("#lembar h1").inner_text()

    def expect(self, title):
        """Wait until a sheet is shown."""
        self.page.locator("#lembar h1").filter(has_text=title).wait_for()

    def key(self):
        """The sheet that the address names."""
        return self.page.url.partition("#")[2]

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def sideways(self):
        """How far the page can be scrolled to the side, in pixels."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def spot(self, code):
        """A point of the screen where a village is to be hit."""
        found = self.page.evaluate(
            """(code) => {
                const path = document.querySelector(`#lembar [data-desa="${code}"]`);
                const box = path.getBoundingClientRect();
                for (let i = 1; i < 30; i++) for (let j = 1; j < 30; j++) {
                    const x = box.left + box.width * i / 30, y = box.top + box.height * j / 30;
                    if (document.elementFromPoint(x, y) === path) return [x, y];
                }
                return null;
            }""",
            code,
        )
        assert found, f"{code} cannot be hit"
        return found


@pytest.fixture(scope="module")
def packs(published):
    made = {}
    for language in bahasa.LANGUAGES:
        with bahasa.speaking(language):
            made[language] = susun.pack(store.current(published), None, None, TODAY)
    return made


@pytest.fixture(scope="module")
def files(packs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("satu")
    for language, pack in packs.items():
        (folder / f"{language}.html").write_bytes(satu.write(pack))
    return {language: folder / f"{language}.html" for language in packs}


@pytest.fixture
def visit(browser):
    """Opens a show on a screen; at the end nothing may have been asked of a network, and no error told."""
    made = []

    def start(size="laptop", **options):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        show = Show(context.new_page())
        show.page.set_default_timeout(20_000)
        made.append((context, show))
        return show

    yield start
    for context, show in made:
        assert [u for u in show.requests if not u.startswith("file:")] == []
        assert len(show.requests) == len({u.partition("#")[0] for u in show.requests}), show.requests
        assert show.errors == []
        context.close()


def test_it_opens_from_disk_without_a_request_and_drills_to_a_village(visit, files, packs):
    show = visit().open(files["id"])
    assert show.title() == packs["id"].sheets[0].title
    assert show.page.locator("#lembar path[data-desa]").count() == 131
    show.page.mouse.click(*show.spot("6309122006"))
    show.expect(packs["id"].sheet("desa/6309122006").title)
    assert show.key() == "desa/6309122006"
    assert len(show.requests) == 1


def test_a_question_is_a_detour_and_one_key_returns_to_the_step(visit, files, packs):
    show = visit().open(files["id"], "#kabupaten/target")
    target = packs["id"].sheet("kabupaten/target").title
    show.press("d")
    show.page.keyboard.type("bangkiling")
    show.press("Enter")
    show.expect("Bangkiling")
    assert show.page.get_by_role("button", name=f"Kembali ke lembar 4: {target}").is_visible()
    show.press("Backspace")
    show.expect(target)
    assert show.key() == "kabupaten/target"
    show.press("/")
    show.page.keyboard.type("garagata")
    show.press("Enter")
    show.expect("Garagata")
    assert "(Lembar 4 dari" in show.page.locator("#tempat").inner_text()
    show.press("PageDown")
    show.expect(packs["id"].sheets[4].title)


@pytest.mark.parametrize("keys", [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp"), (" ", "Shift+ ")])
def test_the_whole_agenda_by_keyboard_at_the_projector(visit, files, packs, keys):
    show = visit("projector").open(files["id"])
    show.press("f")
    for sheet in packs["id"].sheets:
        assert show.title() == sheet.title
        assert show.sideways() <= 0, sheet.key
        show.press(keys[0])
    assert show.title() == packs["id"].sheets[-1].title
    show.press(keys[1])
    assert show.title() == packs["id"].sheets[-2].title
    show.press("Home")
    assert show.title() == packs["id"].sheets[0].title
    show.press("End")
    assert show.title() == packs["id"].sheets[-1].title


def test_every_village_can_be_opened_by_its_link(visit, files, packs):
    show = visit().open(files["id"])
    for sheet in packs["id"].villages:
        show.page.evaluate("(key) => { location.hash = key; }", sheet.key)
        show.expect(sheet.title)
    assert show.page.locator("#lembar .tanda").count() > 0


def test_a_link_opens_a_village_or_a_kecamatan_at_once(visit, files, packs):
    office = next(s.key for s in packs["id"].sheets if s.part == "opd")
    for key in ("desa/6309012002", "kecamatan/630903", office):
        show = visit().open(files["id"], f"#{quote(key)}")
        assert show.title() == packs["id"].sheet(key).title
    assert visit().open(files["id"], "#constructor/%E0").title() == packs["id"].sheets[0].title


def test_the_map_zooms_and_the_page_scrolls_no_village_away(visit, files):
    show = visit().open(files["id"])

    def scale():
        return float(show.page.locator(".wilayah").get_attribute("transform").split("scale(")[1].rstrip(")"))

    first = scale()
    show.page.get_by_role("button", name="Perbesar").click()
    show.page.wait_for_timeout(100)
    assert scale() == pytest.approx(first * 1.5)
    show.press("0")
    assert scale() == pytest.approx(first)
    box = show.page.locator(".peta").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    show.page.mouse.move(x, y)
    show.page.mouse.wheel(0, -400)
    show.page.wait_for_timeout(100)
    assert scale() == pytest.approx(first * 2)
    before = show.page.url
    show.page.mouse.down()
    show.page.mouse.move(x + 80, y + 10, steps=4)
    show.page.mouse.up()
    assert show.page.url == before


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("theme", ["terang", "proyektor", "gelap"])
def test_no_text_is_cut_or_pale_in_any_theme_on_any_screen(visit, files, packs, language, theme):
    show = visit("phone").open(files[language])
    show.press(*["t"] * ["terang", "proyektor", "gelap"].index(theme))
    assert show.page.locator("html").get_attribute("data-tema") == theme
    for sheet in packs[language].sheets[::3]:
        show.page.evaluate("(key) => { location.hash = encodeURI(key); }", sheet.key)
        show.expect(sheet.title)
        assert show.sideways() <= 0, sheet.key
    pale = show.page.evaluate(PALE)
    assert pale == []


PALE = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const c = rgb(getComputedStyle(node).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  document.querySelectorAll("h1, h2, h3, p, li, dt, dd, td, th, button, a, summary").forEach((node) => {
      if (!node.closest("#app") || !node.offsetParent || node.disabled) return;
      const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) found.push([node.tagName, node.textContent.slice(0, 40), ratio]);
    });
  return found;
}"""
"""Texts whose contrast is below 4.5 : 1."""


def test_on_a_telephone_the_agenda_is_a_menu_and_a_swipe_turns_the_sheet(visit, files, packs):
    show = visit("phone", has_touch=True, is_mobile=True).open(files["id"])
    assert not show.page.locator("#sisi").is_visible()
    show.page.get_by_role("button", name="Agenda", exact=True).tap()
    show.page.get_by_role("link", name=packs["id"].sheets[2].title).tap()
    show.expect(packs["id"].sheets[2].title)
    assert not show.page.locator("#sisi").is_visible()
    swipe = show.page.context.new_cdp_session(show.page)
    for kind, x in (("touchStart", 330), ("touchMove", 200), ("touchMove", 80)):
        swipe.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 100}]})
    swipe.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    show.expect(packs["id"].sheets[3].title)
    assert packs["id"].stamp in show.page.locator("#lembar").inner_text()


def test_notes_are_for_the_speaker_in_the_page_or_in_a_second_window(visit, files, packs):
    sheet = packs["id"].sheets[0]
    show = visit().open(files["id"])
    assert sheet.notes[0] not in show.page.inner_text("body")
    show.press("n")
    assert sheet.notes[0] in show.page.locator("#catatan").inner_text()
    show.press("n")
    with show.page.expect_popup() as opened:
        show.press("w")
    speaker = opened.value
    assert sheet.notes[0] in speaker.inner_text("body")
    assert packs["id"].sheets[1].title in speaker.inner_text("body")
    speaker.keyboard.press("PageDown")
    show.expect(packs["id"].sheets[1].title)
    speaker.locator("h1").filter(has_text=packs["id"].sheets[1].title).wait_for()


def test_tables_sort_as_numbers_and_leave_the_missing_last(visit, files):
    show = visit().open(files["id"], "#kabupaten/naik-kelas")
    head = show.page.get_by_role("columnheader", name="Himpunan langkah")

    def column():
        rows = show.page.locator("#lembar tbody tr").all()
        return [row.locator("th, td").last.inner_text() for row in rows]

    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    found = column()
    known = [int(n) for n in found if n != "–"]
    assert known == sorted(known, reverse=True)
    assert max(known) > 9
    assert found[len(known) :] == ["–"] * (len(found) - len(known))


def test_a_picture_can_be_read_as_a_table(visit, files, packs):
    show = visit().open(files["id"], "#kabupaten/provinsi")
    show.page.get_by_text("Grafik sebagai tabel").click()
    assert "18,3% (24 dari 131)" in show.page.locator("#lembar details table").inner_text()
    show = visit().open(files["id"], "#kecamatan/630903")
    show.page.get_by_text("Peta sebagai tabel").click()
    rows = show.page.locator("#lembar details tbody tr")
    rows.nth(13).wait_for()
    assert rows.count() == 14
    rows.filter(has_text="Walangkir").get_by_role("link").click()
    show.expect("Walangkir")


def test_paper_has_one_sheet_a_page_and_the_seal_on_each(visit, files, packs):
    pack = packs["id"]
    show = visit().open(files["id"])
    document = pypdf.PdfReader(BytesIO(show.page.pdf(prefer_css_page_size=True)))
    texts = [" ".join(page.extract_text().split()) for page in document.pages]
    assert len(texts) >= len(pack.sheets)
    begins = [n for n, text in enumerate(texts) for sheet in pack.sheets if sheet.title in text]
    assert len(set(begins)) == len(pack.sheets)
    assert "".join(texts).count(f"tanda {pack.seal}") == len(pack.sheets)
    width, height = document.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 842)
    assert show.page.locator("#cetak").inner_text() == ""


def test_hostile_text_stays_text(visit, packs, tmp_path):
    path = tmp_path / "jahat.html"
    path.write_bytes(satu.write(hostile(packs["id"])))
    show = visit().open(path)
    assert show.title().split() == HOSTILE.split()
    show.press("n", "d")
    assert show.page.evaluate("window.kena") is None
    assert show.page.locator("#app img").count() == 0
    assert HOSTILE.split()[0] in show.page.locator("#daftar-desa").inner_text()


def test_the_policy_stops_what_is_not_in_the_file(browser, files, tmp_path):
    path = tmp_path / "disusupi.html"
    text = files["id"].read_text(encoding="utf-8")
    inserted = '<script>window.kena=1</script><img src="https://contoh.invalid/x.png"></body>'
    path.write_text(text.replace("</body>", inserted), encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    told = []
    page.on("console", lambda said: told.append(said.text))
    page.goto(path.as_uri())
    assert page.evaluate("window.kena") is None
    assert sum("Content Security Policy" in t for t in told) == 2
    page.context.close()


def test_without_scripts_the_agenda_is_still_there(visit, files, packs):
    show = visit("phone", java_script_enabled=False)
    show.page.goto(files["id"].as_uri())
    text = show.page.inner_text("body")
    assert "tidak menjalankan skrip" in text
    assert packs["id"].sheets[-1].title in text
    assert not show.page.locator("#app").is_visible()


def test_a_talk_with_a_limit_shows_what_is_left(visit, files, tmp_path):
    text = files["id"].read_text(encoding="utf-8")
    path = tmp_path / "waktu.html"
    path.write_text(text.replace('"minutes":null', '"minutes":20'), encoding="utf-8")
    show = visit().open(path)
    assert show.page.locator("#waktu").inner_text() == "sisa 20:00"
    show.press("f")
    show.page.locator("#waktu").filter(has_text="sisa 19:5").wait_for()


def test_the_content_is_json_to_any_other_program(files):
    text = files["en"].read_text(encoding="utf-8")
    begin = text.index('id="isi">') + len('id="isi">')
    assert json.loads(text[begin : text.index("</script>", begin)])["language"] == "en"
