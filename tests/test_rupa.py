"""One set of colours for the surface: named once, the same in Streamlit's settings, readable on both sides."""

import re
import tomllib

import pytest
from streamlit.elements.lib import streamlit_plotly_theme as theirs

from kkb import charts, rupa
from kkb.config import ROOT
from kkb.ui import awal
from tests.test_warna import linear

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
SIDES = ("light", "dark")
OURS = (
    *sorted((ROOT / "kkb" / "charts").glob("*.py")),
    *sorted((ROOT / "kkb" / "ui").glob("*.py")),
    *sorted((ROOT / "kkb" / "ui" / "aset").glob("*.css")),
    *sorted((ROOT / "kkb" / "ui" / "aset").glob("*.js")),
    ROOT / "kkb" / "maps.py",
)
SURFACE = {t.light for t in rupa.TONES.values()} | {t.dark for t in rupa.TONES.values()} | {"#fff", "#000", "#000000"}
DATA = {
    ("peta.js", "#ffffff"),
    ("cari.py", "#ffffff"),
}
"""Where white is a colour of data, or must be white: a village without a class, and the ground of a QR code."""


def tone(name, side):
    return getattr(rupa.TONES[name], side)


def contrast(one, other):
    """The ratio of WCAG 2.2 of two colours #rrggbb."""
    high, low = sorted(
        (sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)),
        reverse=True,
    )
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("side", SIDES)
def test_streamlit_has_the_same_colours(side):
    told = SETTINGS[side]
    assert "base" not in SETTINGS, "the browser's own preference decides"
    assert told == {
        "primaryColor": tone("aksen", side),
        "backgroundColor": tone("latar", side),
        "secondaryBackgroundColor": tone("bidang", side),
        "textColor": tone("tinta", side),
        "linkColor": tone("taut", side),
        "grayTextColor": tone("redup", side),
        "dataframeHeaderBackgroundColor": tone("bidang", side),
        "sidebar": {"backgroundColor": tone("bidang", side)},
    }


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ground", ["latar", "bidang", "tanda"])
def test_every_ink_is_read_on_every_ground(side, ground):
    for ink in ("tinta", "redup", "taut", "awas"):
        assert contrast(tone(ink, side), tone(ground, side)) >= 4.5, ink


@pytest.mark.parametrize("side", SIDES)
def test_controls_edges_and_the_focus_are_seen(side):
    for ground in ("latar", "bidang", "peta"):
        for line in ("batas", "tegas", "fokus", "aksen"):
            assert contrast(tone(line, side), tone(ground, side)) >= 3, (line, ground)
    assert contrast(tone("aksen", side), tone("bidang", side)) >= 4.5, "Streamlit writes what is chosen in it"


@pytest.mark.parametrize("side", SIDES)
def test_what_is_drawn_for_both_sides_is_seen_on_both(side):
    for colour in (rupa.BOTH, rupa.BOTH_RED, charts.LINE, charts.HIGHLIGHT, charts.DONE):
        for ground in ("latar", "bidang"):
            assert contrast(colour, tone(ground, side)) >= 3, colour


def test_ink_on_a_fill_of_data_is_read():
    for fill in (*charts.CLASS_COLOURS.values(), charts.MUTED, charts.SILENT, charts.HIGHLIGHT, charts.TO_GO):
        ink = rupa.ink_on(fill)
        assert contrast("#ffffff" if ink == "#fff" else ink, fill) >= 4.5, fill


def test_every_variable_that_is_used_has_a_tone_and_every_tone_is_used():
    used = set()
    for path in OURS:
        used |= set(re.findall(r"var\(--([a-z-]+)\)", path.read_text(encoding="utf-8")))
    assert used == set(rupa.TONES) - {"aksen"}, "the accent is Streamlit's own"


def test_no_colour_of_the_surface_is_written_where_it_is_used():
    written = {
        (path.name, colour)
        for path in OURS
        for colour in re.findall(r"#[0-9a-fA-F]{3,6}\b", path.read_text(encoding="utf-8"))
        if colour in SURFACE
    }
    assert written - DATA == set()


def test_the_stand_ins_for_colours_in_figures_are_those_streamlit_replaces():
    assert (charts.INK, charts.PAPER, charts.TINT) == (theirs.GRAY_90, theirs.BG_COLOR, theirs.BG_MIX)


def test_the_first_answer_has_both_sides_and_paper_is_light():
    head = awal.bare({}).split("</head>")[0]
    assert '<style id="kkb-rupa">:root{color-scheme:light dark;' in head
    assert "--latar:light-dark(#ffffff,#0c1116)" in head
    assert "@media print{:root{color-scheme:light!important}}" in head
    assert "prefers" not in head, "Streamlit's choice counts, not only the browser's"


def test_the_measure_knows_the_ends():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
