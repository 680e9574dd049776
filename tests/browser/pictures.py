"""Draws the pictures of README and guide from the running app: `python -m tests.browser.pictures`."""

import tempfile
from pathlib import Path

from PIL import Image
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
    "lintas-sektor": "/lintas-sektor?opd=DINKES",
    "rapat": "/rapat",
    "kecamatan": "/kecamatan",
    "analisis": "/analisis?indikator=DS01&terhadap=KKB02",
    "kelengkapan": "/kelengkapan",
    "tindak-lanjut": "/tindak-lanjut",
}
GUIDE = {
    "panduan-mulai": "/",
    "panduan-cari": "/naik-kelas",
    "panduan-kelengkapan": "/kelengkapan?kecamatan=630911",
    "panduan-naik-kelas": "/naik-kelas?kelas=berkelanjutan",
    "panduan-rapat": "/rapat?kecamatan=630903",
    "panduan-lintas-sektor": "/lintas-sektor?opd=DINKES",
    "panduan-desa": "/desa?desa=6309112008",
    "panduan-data": "/data",
}
COLOURS = 48
"""Of a picture of the guide: few, so that it stays small."""


def main() -> None:
    """One PNG a page, 1366 x 768 for the README and 1200 x 675 for the guide, into docs/gambar."""
    folder = ROOT / "docs" / "gambar"
    folder.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "server.log"
    with serving(config.var_dir(), log) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script("localStorage.setItem('kkb-mulai', '1')")
        for name, path in PICTURES.items():
            _picture(Reader(page, address), path, folder / f"{name}.png")
            _shrink(folder / f"{name}.png", 128)
        for name, path in GUIDE.items():
            page = browser.new_page(viewport={"width": 1200, "height": 675})
            file = folder / f"{name}.png"
            _picture(Reader(page, address), path, file, typed="padangin" if name == "panduan-cari" else "")
            _shrink(file, COLOURS)
            page.close()
        browser.close()


def _picture(reader: Reader, path: str, file: Path, typed: str = "") -> None:
    reader.open(path)
    if path.startswith(("/peta", "/desa")) or path == "/":
        reader.map()
    if typed:
        reader.page.get_by_role("combobox", name="Cari di seluruh dasbor").click()
        reader.page.keyboard.type(typed)
    reader.page.wait_for_timeout(3000)
    reader.page.screenshot(path=file)


def _shrink(file: Path, colours: int) -> None:
    with Image.open(file) as whole:
        small = whole.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


if __name__ == "__main__":
    main()
