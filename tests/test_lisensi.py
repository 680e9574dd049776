"""Each pinned package is listed with its licence, and is the one installed."""

from importlib.metadata import version

from tests import lisensi


def test_the_list_of_licences_is_what_is_pinned_and_installed():
    assert lisensi.PATH.read_text(encoding="utf-8") == lisensi.made()
    packages = list(lisensi.pinned())
    assert len(packages) > 60
    assert [n for n, pin, _why in packages if version(n) != pin] == []
    assert [n for n, _pin, _why in packages if lisensi.licence(n) == "?"] == []


def test_no_licence_asks_for_more_than_naming_it_but_those_known():
    """fpdf2 is LGPL: used unchanged as a library. certifi is MPL: its file of certificates is unchanged."""
    strict = {
        n
        for n, _pin, _why in lisensi.pinned()
        if any(w in lisensi.licence(n).upper() for w in ("GPL", "MPL", "MOZILLA"))
    }
    assert strict == {"fpdf2", "certifi"}
