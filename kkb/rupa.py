"""The colours of the surface, light and dark: what stands around the data, and never means anything itself.

HTML and style sheets of ours take them as variables of CSS, e.g. `var(--redup)`, under the names that the show of a
meeting has too. `.streamlit/config.toml` gives Streamlit the same values (tests/test_rupa.py holds them together).
The browser picks the side by the colour scheme of the element, which Streamlit sets; the server need not know it.
Colours of data are not here: they are the same on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tone:
    """One colour of the surface as #rrggbb, on the light and on the dark side."""

    light: str
    dark: str


TONES = {
    "latar": Tone("#ffffff", "#0c1116"),
    "bidang": Tone("#f0f4f8", "#18212a"),
    "palung": Tone("#e9edf0", "#2a3641"),
    "tanda": Tone("#dbe9f4", "#1d3d57"),
    "peta": Tone("#f6f6f3", "#18212a"),
    "tinta": Tone("#1b1b1b", "#f5f7f9"),
    "redup": Tone("#5a5a5a", "#c3ccd4"),
    "taut": Tone("#0b4f7d", "#8cc8ff"),
    "awas": Tone("#b2182b", "#ff9b90"),
    "garis": Tone("#d9dee3", "#3f4c58"),
    "tegas": Tone("#858d95", "#8a97a3"),
    "batas": Tone("#595959", "#9aa6b1"),
    "tinta-peta": Tone("#1b1b1b", "#1b1b1b"),
    "halo": Tone("#ffffff", "#ffffff"),
    "batas-wilayah": Tone("#2b2b2b", "#2b2b2b"),
    "terpilih": Tone("#d7191c", "#ff5a5f"),
    "aksen": Tone("#005b96", "#3f97e0"),
    "fokus": Tone("#005b96", "#8cc8ff"),
}
"""Grounds: the page; side bar and heads of groups; the trough of a bar; what is marked; the map. Inks: text, quiet
text, links, alarm. Lines: between rows, between groups, around fills of data. Buttons, and the ring of the focus."""

BOTH, BOTH_RED = "#65707a", "#d13440"
"""Lines that read on either side, for pictures that cannot know on which they are."""
ON_PALE, ON_DEEP = "#1b1b1b", "#fff"
"""Ink on a fill of data."""
_DEEP = {"#225ea8", "#08519c", "#0072B2"}


def ink_on(fill: str) -> str:
    """The ink for a fill of data, which is the same on both sides."""
    return ON_DEEP if fill in _DEEP else ON_PALE


def strong(words: str) -> str:
    """The label of the button that does what a page is for. Not Streamlit's primary kind: it writes white on the
    accent, in which what is chosen is written on a dark page, and no colour is deep enough for one and pale enough for
    the other."""
    return f"**{words}**"


def sheet() -> str:
    """The variables as a style sheet. Paper is always light."""
    tones = "".join(f"--{name}:light-dark({tone.light},{tone.dark});" for name, tone in TONES.items())
    return f":root{{color-scheme:light dark;{tones}}}@media print{{:root{{color-scheme:light!important}}}}"
