"""What a page run remembers for the next one: made once, of one version and language, and of nobody's choice."""

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1.element_tree import Block

from kkb import bahasa, charts, queries, store
from kkb.selection import Selection
from kkb.ui import lintas, parts, run
from kkb.ui.options import options
from tests import halaman

made = []


@run.remembered
def tally(district):
    made.append(district)
    villages = queries.villages(run.now().warehouse)
    return [bahasa.language(), int((villages["kode_kecamatan"] == district).sum())]


@run.remembered
def of_the_chosen():
    return run.chosen().kecamatan


@pytest.fixture
def reading(monkeypatch):
    """Begin the run of a reader of a version; what was remembered for others is forgotten."""
    run._made.cache_clear()
    made.clear()
    before = run._run.set(None)

    def begin(warehouse, language="id"):
        bahasa.use(language)
        run._run.set(run.Run(warehouse, options(warehouse), Selection(kecamatan="630903")))

    yield begin
    bahasa.use("id")
    run._run.reset(before)


def test_made_once_for_each_version_language_and_parameter(reading, warehouse):
    reading(warehouse)
    assert [tally("630903"), tally("630903"), tally("630901")] == [["id", 14], ["id", 14], ["id", 15]]
    reading(warehouse, "en")
    assert tally("630903") == ["en", 14]
    assert made == ["630903", "630901", "630903"]


def test_each_reader_gets_a_result_of_its_own(reading, warehouse):
    reading(warehouse)
    tally("630903").clear()
    assert tally("630903") == ["id", 14]


def test_another_version_is_made_anew(reading, warehouse, divided):
    reading(warehouse)
    tally("630903")
    reading(store.current(divided))
    tally("630903")
    assert made == ["630903", "630903"]


def test_what_a_reader_chose_cannot_slip_in(reading, warehouse):
    reading(warehouse)
    with pytest.raises(AttributeError):
        of_the_chosen()
    assert run.chosen().kecamatan == "630903", "the run goes on as before"


def coverage(villages, title):
    made.append(title)
    return charts.layout(go.Figure(go.Bar(x=[bahasa.language()], y=[len(villages)])).update_layout(title=title), 200)


def test_a_figure_is_drawn_once_of_the_same_tables_and_choices(reading, warehouse):
    reading(warehouse)
    villages = queries.villages(warehouse)
    first = parts.drawn(coverage, villages, title="a").to_dict()
    assert parts.drawn(coverage, villages.copy(), title="a").to_dict() == first
    assert made == ["a"]
    assert first == coverage(villages, "a").to_dict()
    others = [parts.drawn(coverage, villages.head(9), title="a"), parts.drawn(coverage, villages, title="b")]
    reading(warehouse, "en")
    others.append(parts.drawn(coverage, villages, title="a"))
    assert all(other.to_dict() != first for other in others)


@pytest.mark.parametrize("day", [None, "2022-11-22"])
def test_values_of_all_indicators_at_once_are_those_of_each(reading, warehouse, day):
    reading(warehouse)
    values = lintas._values(day)
    assert set(values) == set(run.now().options.periode)
    for code, rows in values.items():
        alone = queries.village_values(warehouse, code, lintas._shown(code, day))
        assert pd.DataFrame(rows)[list(alone)].equals(alone)


CHOICES = {
    "kelengkapan": ({}, {"kecamatan": "630902"}, {"kecamatan": "630902", "tanggal": "2022-11-22"}, {"bahasa": "en"}),
    "lintas_sektor": (
        {"opd": "DINKES"},
        {"opd": "DINKES", "kecamatan": "630903"},
        {"opd": "DINKES", "tanggal": "2022-11-22"},
        {"opd": "DINKES", "kelas": "berkelanjutan"},
        {"opd": "DINKES", "bahasa": "en"},
    ),
    "klasifikasi": ({}, {"kecamatan": "630903"}, {"banding": "2023-05-31"}, {"urut": "SK03"}, {"bahasa": "en"}),
    "kecamatan": ({}, {"tanggal": "2022-11-22"}, {"indikator": "KKB05"}, {"tampilan": "petak"}),
}


def seen(page, choice):
    """All that stands on a page, but for the buttons of files, whose addresses differ each time."""
    elements = [e for e in halaman.opened(page, **choice).main if not isinstance(e, Block)]
    return [str(e.proto) for e in elements if e.type != "download_button"]


@pytest.mark.parametrize("page", CHOICES)
def test_what_others_chose_before_does_not_show(reading, monkeypatch, published, page):
    monkeypatch.setenv("KKB_DATA", str(published))
    alone = []
    for choice in CHOICES[page]:
        run._made.cache_clear()
        alone.append(seen(page, choice))
    assert all(one != other for n, one in enumerate(alone) for other in alone[:n]), "each choice is a page of its own"
    run._made.cache_clear()
    assert [seen(page, choice) for choice in CHOICES[page]] == alone
