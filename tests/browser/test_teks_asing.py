"""Text that means harm, brought in as staff would, is text and nothing else on every page, in both languages."""

import shutil

import pytest

from kkb import akses, queries, store, teks
from kkb.ingest import match
from tests import asing
from tests.browser.conftest import Reader, serving

PAGES = (
    "/",
    f"/peta?indikator=LG01&desa={asing.WITH_STATUS}",
    "/klasifikasi?kecamatan=630903",
    f"/naik-kelas?desa={asing.WITH_STATUS}",
    "/kecamatan?indikator=LG01",
    "/kecamatan?kecamatan=630903&indikator=LG01",
    f"/desa?desa={asing.WITH_STATUS}",
    f"/desa?desa={asing.WITHOUT_STATUS}",
    "/analisis?indikator=LG01&terhadap=LG02",
    "/target",
    "/kelengkapan",
    "/metodologi",
)
FORMATTED = "a, strong, em, code, del, img, svg, pre, ul, ol, h1, h2, .katex, [style*=color], [style*=material]"


@pytest.fixture(scope="module")
def site(published, tmp_path_factory):
    """A server of a data folder into which all of it was brought: its address and that folder."""
    folder = tmp_path_factory.mktemp("asing")
    var = shutil.copytree(published, folder / "var")
    villages = list(queries.villages(store.current(published)).query("jenis == 'desa'")["kode_desa"])
    asing.bring(folder, var, villages)
    with serving(var, folder / "log") as address:
        yield address, var


@pytest.fixture
def watched(browser, site):
    """A reader whose page must stay unharmed: no script run, no dialog, no complaint, no request to another host."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    harm = []
    page.on("dialog", lambda d: (harm.append(f"dialog {d.message}"), d.dismiss()))
    page.on("console", lambda m: harm.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: harm.append(str(e)))
    page.on("request", lambda r: harm.append(r.url) if not r.url.startswith((site[0], "data:", "blob:")) else None)
    yield Reader(page, site[0])
    for frame in page.frames:
        assert frame.evaluate("window.dirusak") is None
        assert frame.locator("img[src=x], svg[onload], a[href^=javascript]").count() == 0
    assert harm == []
    context.close()


def lines(reader):
    """What stands in the captions of the page that name a source, as a reader sees it, and what formats them."""
    found = reader.page.locator("[data-testid=stCaptionContainer]").filter(has_text="dirusak")
    return [text.replace("\u2060", "") for text in found.all_inner_texts()], found.locator(FORMATTED).count()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_it_and_stays_unharmed(watched, path, language):
    watched.open(f"{path}{'&' if '?' in path else '?'}bahasa={language}")
    if path.startswith(("/peta", "/desa")):
        watched.map()
    watched.page.wait_for_timeout(1500)
    assert watched.page.get_by_text("dapat ditampilkan").count() == 0
    told, formatted = lines(watched)
    assert formatted == 0
    if "LG01" in path and "kecamatan=" not in path:
        assert told
        assert [t for t in asing.SHOWN if not any(t in line for line in told)] == []
    if path == "/target":
        assert any(asing.SHOWN[0] in line for line in told)
    if path.startswith("/desa"):
        number = asing.SHOWN[7 if asing.WITHOUT_STATUS in path else 10]
        place = watched.page.get_by_test_id("stMarkdown").filter(has_text=number[:6])
        assert number in place.first.inner_text().replace("\u2060", "")
        assert place.first.locator(FORMATTED).count() == 0


def enter(reader, var):
    reader.open("/data")
    reader.page.get_by_role("textbox", name="Kode sekali pakai").fill(akses.issue(var))
    reader.page.get_by_role("button", name="Masuk").click()
    reader.page.get_by_role("textbox", name="Nama operator").fill(asing.WHO)


def test_the_history_of_the_data_can_be_taken_away_without_a_formula(watched, site, tmp_path):
    enter(watched, site[1])
    with watched.page.expect_download() as download:
        watched.page.get_by_role("button", name="Unduh CSV").click()
    download.value.save_as(tmp_path / "jurnal.csv")
    text = (tmp_path / "jurnal.csv").read_text(encoding="utf-8-sig")
    assert f"'{teks.one_line(asing.WHO)}" in text
    assert ";=" not in text
    watched.page.get_by_test_id("stDataFrame").hover()
    assert watched.page.get_by_test_id("stElementToolbar").get_by_role("button", name="Download as CSV").count() == 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 768)])
def test_problems_of_a_file_are_told_as_text_and_fit_the_screen(watched, site, tmp_path, width, height):
    watched.page.set_viewport_size({"width": width, "height": height})
    enter(watched, site[1])
    rows = [["kecamatan", "nama_desa", "kode_indikator", "tahun", "nilai"]]
    rows += [["Tanta", text, "LG01", 2024, text] for text in asing.TEXTS]
    rows.append(["Tanta", "Padangin", "LG01", 2024, "<b>lima</b> :red[5]"])
    content = asing.text_file(tmp_path / "isi.csv", rows).read_bytes()
    watched.page.locator("input[type=file]").set_input_files(
        {"name": asing.FILE_NAME, "mimeType": "text/csv", "buffer": content}
    )
    watched.page.get_by_role("button", name="Periksa berkas").click()
    watched.page.get_by_role("heading", name="Berkas belum dapat diterbitkan").wait_for()
    named = watched.page.get_by_test_id("stMarkdown").filter(has_text="Nilai indikator")
    assert teks.one_line(asing.FILE_NAME) in named.first.inner_text().replace("\u2060", "")
    listed = watched.page.get_by_role("listitem")
    listed.filter(has_text=":red[5]").first.wait_for()  # the list is drawn after its heading
    for block in listed.all():
        box = block.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    told = " ".join(listed.all_inner_texts())
    assert "“<b>lima</b> :red[5]”" in told
    assert "yang diperbolehkan: angka 0 sampai 100, atau kosong" in told
    assert [t for t in asing.SHOWN if teks.short(t, 60).rstrip("…") not in told] == []
    labels = watched.page.get_by_test_id("stWidgetLabel").all_inner_texts()
    asked = " ".join(labels).replace("\u2060", "")
    first = {match.plain(t): t for t in reversed(asing.SHOWN)}.values()
    assert [t for t in first if teks.short(t, 60).rstrip("…") not in asked] == []
    assert watched.page.get_by_test_id("stSelectbox").locator(f"label :is({FORMATTED})").count() == 0
