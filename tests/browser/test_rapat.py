"""A whole meeting in a real browser by keyboard alone, with newer data published and the server gone."""

import shutil
from datetime import date

import pytest
from playwright.sync_api import expect

from kkb import store
from kkb.build import build
from kkb.build.facts import refresh_fingerprints
from kkb.rapat import agenda, susun
from tests import golden
from tests.browser.conftest import Reader, serving
from tests.conftest import FACTS

SKIPPED = "kecamatan.provinsi"
SLOW = 120_000


@pytest.fixture
def hall(browser):
    """A browser at a projector of 1024 x 768."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="id-ID")
    context.set_default_timeout(SLOW)
    yield context
    context.close()


def title(show):
    """The finding of the sheet on screen."""
    return show.locator("#lembar h1").inner_text()


def press(show, key):
    """Press a key and wait until the sheet is another."""
    before = title(show)
    show.keyboard.press(key)
    expect(show.locator("#lembar h1")).not_to_have_text(before, timeout=SLOW)
    return title(show)


def fits(show):
    """Whether nothing reaches over the right edge."""
    return show.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def tab_to(page, text):
    """Go to a link or button by the Tab key, as one without a mouse does."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip().endswith(text):
            return
    pytest.fail(f"{text} is not reached by Tab")


def newer(var, tmp_path):
    """Publish other data, as an import does; gives the version."""
    data = shutil.copytree(FACTS, tmp_path / "data")
    golden.edit(data, "kampung_kb_klasifikasi.csv", 0, "nama_kampung_kb", "NAMA BARU")
    refresh_fingerprints(data)
    return build(data, var)


def test_the_whole_run_by_keyboard_with_the_server_stopped(hall, published, tmp_path, monkeypatch):
    temporary = tmp_path / "sementara"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    var = shutil.copytree(published, tmp_path / "var")
    warehouse = store.current(var)
    wanted = agenda.arranged(susun.pack(warehouse, None, None, date.today()), (("kelas", ""),), SKIPPED.split("."))
    titles = [s.title for s in wanted.sheets]
    page = hall.new_page()
    with serving(var, tmp_path / "log") as address:
        Reader(page, address).open(f"/rapat?lewati={SKIPPED}&agenda=kelas_&menit=45")
        page.get_by_role("checkbox").nth(30).wait_for()
        tab_to(page, "Mulai rapat")
        with hall.expect_page() as opened:
            page.keyboard.press("Enter")
        show = opened.value
        show.locator("#lembar h1").wait_for()
        assert newer(var, tmp_path) != warehouse.version
        assert list(temporary.glob("kkb-rapat-*"))
    assert not list(temporary.glob("kkb-rapat-*"))

    hall.set_offline(True)
    asked, broken = [], []
    show.on("request", lambda request: asked.append(request.url))
    show.on("pageerror", lambda error: broken.append(str(error)))
    seen = [title(show)]
    for n in range(len(titles) - 1):
        seen.append(press(show, ("ArrowRight", "PageDown")[n % 2]))
        assert fits(show), seen[-1]
    assert seen == titles
    assert warehouse.version in show.locator("footer").inner_text()
    assert press(show, "Home") == titles[0]
    assert press(show, "End") == titles[-1]
    assert press(show, "PageUp") == titles[-2]

    village = next(s for s in wanted.villages if s.key not in {k.key for k in wanted.sheets})
    show.keyboard.press("/")
    show.keyboard.type(village.choice["desa"])
    assert press(show, "Enter") == village.title
    assert press(show, "Backspace") == titles[-2]

    show.keyboard.press("/")
    show.keyboard.type("tanta")
    assert press(show, "Enter") == next(s.title for s in wanted.aside if s.key == "kecamatan/630903")
    assert show.locator("#lembar svg path").count() > 131
    assert press(show, "Escape") == titles[-2]

    with hall.expect_page() as opened:
        show.keyboard.press("w")
    speaker = opened.value
    heading = speaker.locator("h1")
    assert heading.inner_text() == titles[-2]
    press(show, "ArrowLeft")
    assert heading.inner_text() == titles[-3] == title(show)
    speaker.keyboard.press("PageUp")
    expect(show.locator("#lembar h1")).to_have_text(titles[-4], timeout=SLOW)
    assert heading.inner_text() == titles[-4]
    speaker.close()

    clock = show.locator("#waktu")
    assert clock.inner_text() == "sisa 45:00"
    show.keyboard.press("f")
    expect(clock).not_to_have_text("sisa 45:00", timeout=SLOW)
    show.keyboard.press("p")
    told = clock.inner_text()
    show.wait_for_timeout(1200)
    assert clock.inner_text() == told
    show.keyboard.press("Escape")
    assert (asked, broken) == ([], [])
