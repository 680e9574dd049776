"""Draws the README's pictures from the running app: `python -m tests.browser.pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kkb import config
from kkb.config import ROOT
from tests.browser.conftest import CHROMIUM, OPTIONS, Reader, serving

PICTURES = {
    "ringkasan": "/",
    "peta": "/peta?indikator=KKB02",
    "klasifikasi": "/klasifikasi",
    "naik-kelas": "/naik-kelas",
    "desa": "/desa?desa=6309112008",
    "target": "/target",
}


def main() -> None:
    """One PNG a page, 1366 x 768, into docs/gambar."""
    folder = ROOT / "docs" / "gambar"
    folder.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "server.log"
    with serving(config.var_dir(), log) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        for name, path in PICTURES.items():
            reader = Reader(page, address).open(path)
            if name in ("ringkasan", "peta"):
                reader.map()
            page.wait_for_timeout(2000)
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
