"""Maps and charts as pictures: true colours where the villages are, fitted to their area, and no file written."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date

import numpy as np
import pytest
import shapely
from PIL import Image

from kkb import bahasa, store
from kkb.config import ROOT
from kkb.rapat import susun
from kkb.rapat.lembar import Bars, Key, MapView, Series
from kkb.report import gambar, kanvas, peta_cetak
from kkb.report.kanvas import MM, POINT

WIDE, HIGH, DPI = 160, 160, 100


@pytest.fixture(scope="module")
def pack(published):
    bahasa.use("id")
    return susun.pack(store.current(published), "630903", None, date(2026, 11, 28))


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def rgb(colour):
    return tuple(bytes.fromhex(colour[1:]))


def inside(pack, view, code):
    """Pixels of the middle of a village on a map without legend, as far as its inner circle reaches."""
    drawn = peta_cetak.shapes(pack.layer)
    west, south, east, north = peta_cetak.window(drawn, view, WIDE / HIGH)
    side, village = round(WIDE / MM * DPI), drawn.villages[code]
    x = (village.spot[0] - west) / (east - west) * side
    y = (north - village.spot[1]) / (north - south) * side
    reach = max(int(village.radius / (east - west) * side * 0.6), 2)
    return slice(round(y) - reach, round(y) + reach), slice(round(x) - reach, round(x) + reach)


def view_of(pack, pattern=None, **fit):
    """A map with a colour of its own for every class, so that a wrong one is seen."""
    colours = ["#d01c8b", "#4dac26", "#2c7bb6", "#fdae61", "#ffffff"]
    real = pack.sheet("kecamatan/630903").map
    keys = tuple(
        Key(k.code, k.label, c, pattern if k.is_state else None, k.count, k.is_state)
        for k, c in zip(real.legend, colours, strict=False)
    )
    return MapView("Judul", "alt", keys, real.classes, **fit)


def test_every_village_has_the_colour_of_its_class(pack):
    view = view_of(pack)
    picture = pixels(gambar.map_png(pack.layer, view, WIDE, HIGH, DPI, legend=False))
    keys = {k.code: rgb(k.colour) for k in view.legend}
    drawn = peta_cetak.shapes(pack.layer)
    checked = set()
    for code, state in view.classes.items():
        if drawn.villages[code].radius > 0.008:
            rows, columns = inside(pack, view, code)
            assert (picture[rows, columns] == keys[state]).all(axis=-1).any(), code
            checked.add(state)
    assert {"dasar", "berkembang", "mandiri", "berkelanjutan", "tidak_dinilai"} <= checked


def test_villages_outside_the_counted_kecamatan_have_no_class_colour(pack):
    view = view_of(pack, district="630903")
    picture = pixels(gambar.map_png(pack.layer, view, WIDE, HIGH, DPI, legend=False))
    used = {view.classes[c] for c in view.classes if c.startswith("630903")}
    for key in view.legend:
        if not key.is_state:
            assert (picture == rgb(key.colour)).all(axis=-1).any() == (key.code in used), key.code


@pytest.mark.parametrize("pattern", ["arsir", "titik", "silang"])
def test_a_state_shows_its_pattern(pack, pattern):
    plain, hatched = (view_of(pack, p, district="630903") for p in (None, pattern))
    village = next(c for c, k in plain.classes.items() if c.startswith("630903") and k == "tidak_dinilai")
    rows, columns = inside(pack, plain, village)
    covered = []
    for view in (plain, hatched):
        png = gambar.map_png(pack.layer, view, WIDE, HIGH, DPI, legend=False, size=0.1)
        covered.append((pixels(png)[rows, columns] != rgb("#ffffff")).any(axis=-1).mean())
    assert covered[0] < 0.05 < covered[1] < 0.8


def test_a_map_is_centred_on_what_it_shows_and_shows_all_of_it(pack):
    drawn = peta_cetak.shapes(pack.layer)
    for fit, area in (
        ({}, None),
        ({"district": "630903"}, drawn.districts["630903"].area),
        ({"district": "630903", "village": "6309032012"}, drawn.villages["6309032012"].area),
    ):
        box = area.box if area else drawn.layer.box
        for aspect in (0.5, 1.0, 2.2):
            west, south, east, north = peta_cetak.window(drawn, view_of(pack, **fit), aspect)
            assert (west + east) / 2 == pytest.approx((box[0] + box[2]) / 2)
            assert (south + north) / 2 == pytest.approx((box[1] + box[3]) / 2)
            assert west < box[0] < box[2] < east and south < box[1] < box[3] < north
            assert (east - west) / (north - south) == pytest.approx(aspect, rel=2e-3)


def test_names_do_not_overlap_and_the_scale_is_round(pack):
    for fit in ({}, {"district": "630903"}, {"district": "630901"}, {"district": "630904", "village": "6309042009"}):
        made = kanvas.Canvas(WIDE, HIGH, DPI)
        drawn = peta_cetak.Map(
            made,
            peta_cetak.shapes(pack.layer),
            view_of(pack, **fit),
            (0, 0, WIDE / MM * POINT, HIGH / MM * POINT),
            8,
            None,
        )
        drawn.draw()
        boxes = [(w.text, shapely.box(*w.box)) for w in made.words]
        names = {t for t, _box in boxes}
        for n, (name, box) in enumerate(boxes):
            assert not [o for o, other in boxes[n + 1 :] if box.intersects(other) and {name, o} & {"U"} == set()], name
        km = next(t for t in names if t.endswith(" km"))
        assert km.split()[0].lstrip("0,").rstrip("0") in {"1", "2", "5"}
        if fit.get("village"):
            assert set(drawn.drawn.villages[fit["village"]].area.name.split()) <= set(" ".join(names).split())


@pytest.mark.parametrize(("width", "height", "size"), [(250, 150, 9), (176, 112, 8), (185, 110, 11), (120, 120, 11)])
def test_every_kecamatan_is_named_on_the_map_of_the_kabupaten(pack, width, height, size):
    made = kanvas.Canvas(width, height, DPI)
    drawn = peta_cetak.shapes(pack.layer)
    peta_cetak.draw(made, pack.layer, view_of(pack), (0, 0, made.wide, made.high), size, None)
    shown = [w.text for w in made.words]
    assert all(part in shown for d in drawn.districts.values() for part in _lines(d.area.name, shown))
    assert len(drawn.districts) == 12


def _lines(name, shown):
    return [name] if name in shown else peta_cetak._halves(name).split("\n")


def test_a_rare_flat_colour_is_kept_among_many():
    noise = np.random.default_rng(1).integers(0, 30, (120, 120, 3), dtype=np.uint8)
    noise[60, 60], noise[61, 61] = rgb(kanvas.RED), (255, 255, 255)
    kept = np.asarray(kanvas.reduced(Image.fromarray(noise)).convert("RGB"))
    assert tuple(kept[60, 60]) == rgb(kanvas.RED)
    assert tuple(kept[61, 61]) == (255, 255, 255)


def test_the_ring_goes_around_the_village_in_the_inset(pack):
    for code in list(peta_cetak.shapes(pack.layer).villages)[::9]:
        view = view_of(pack, district=code[:6], village=code)
        picture = pixels(gambar.map_png(pack.layer, view, 176, 100, 150))
        ys, xs = np.nonzero((picture == rgb(kanvas.RED)).all(axis=-1))
        inner = picture[ys.min() + 4 : ys.max() - 3, xs.min() + 4 : xs.max() - 3]
        assert 0.02 < (inner == rgb(peta_cetak.MARK)).all(axis=-1).mean() < 0.75, code


def test_a_picture_says_what_it_is_and_is_the_same_each_time(pack):
    sheet = pack.sheet("kecamatan/630903")
    first, again = (gambar.map_png(pack.layer, sheet.map, 150, 100, DPI, stamp=pack.stamp) for _n in range(2))
    assert first == again
    picture = Image.open(io.BytesIO(first))
    assert picture.size == (590, 393)
    assert (picture.text["Title"], picture.text["Comment"]) == (sheet.map.title, pack.stamp)


def test_every_legend_colour_and_the_missing_are_in_the_legend(pack):
    for width, height in ((160, 100), (100, 160)):
        view = view_of(pack, "arsir", district="630903")
        picture = pixels(gambar.map_png(pack.layer, view, width, height, DPI))
        for key in view.legend:
            assert (picture == rgb(key.colour)).all(axis=-1).any(), key.code


def test_a_chart_keeps_its_colours_and_leaves_out_what_is_missing():
    bars = Bars("Judul", "alt", ("A", "B"), (Series("x", "#d01c8b", (1.0, None)), Series("y", "#4dac26", (2.0, 3.0))))
    for is_lying in (True, False):
        for is_stacked in (True, False):
            shown = Bars(bars.title, "", bars.categories, bars.series, is_lying=is_lying, is_stacked=is_stacked)
            picture = pixels(gambar.chart_png(shown, 100, 60, DPI))
            count = [(picture == rgb(s.colour)).all(axis=-1).sum() for s in bars.series]
            assert count[1] == pytest.approx(5 * count[0], rel=0.25)


def test_the_zip_holds_each_map_and_chart_once(pack):
    told = []
    with zipfile.ZipFile(io.BytesIO(gambar.write(pack, told.append))) as archive:
        names = archive.namelist()
        assert len(names) == sum(bool(s.map) + bool(s.chart) for s in pack.sheets) == len(set(names))
        assert all(Image.open(archive.open(n)).text["Comment"] == pack.stamp for n in names)
    assert told[-1] == 1


def test_no_file_is_written_anywhere(pack, tmp_path):
    layer = tmp_path / "peta.json"
    layer.write_text(pack.layer, encoding="utf-8")
    code = f"""
import sys
written = []
def watch(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        written.append(args[0])
    if event in ("os.mkdir", "os.rename", "subprocess.Popen", "tempfile.mkdtemp", "tempfile.mkstemp"):
        written.append((event, args))
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from kkb.report import gambar
from kkb.rapat.lembar import MapView, Bars, Series
text = open({str(layer)!r}, encoding="utf-8").read()
gambar.map_png(text, MapView("a", "b", (), {{}}, "630903"), 100, 80, 72)
gambar.chart_png(Bars("a", "b", ("x",), (Series("s", "#000000", (1.0,)),)), 100, 80, 72)
import json
print(json.dumps([str(w) for w in written]))
"""
    nowhere = str(tmp_path / "tidak" / "ada")
    clean = {"PYTHONPATH": str(ROOT), "HOME": nowhere, "TMPDIR": nowhere, "PATH": ""}
    ran = subprocess.run([sys.executable, "-c", code], cwd="/", env=clean, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.splitlines()[-1]) == []
    assert ran.stderr == ""


def test_the_pages_start_without_the_library_for_pictures():
    code = "import sys, kkb.ui.shell, kkb.rapat.susun; print('matplotlib' in sys.modules, 'pptx' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.stdout.split() == ["False", "False"], ran.stderr
