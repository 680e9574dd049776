"""What a page run remembers for the next one: made once, of one version and language, and of nobody's choice."""

import pytest

from kkb import bahasa, queries, store
from kkb.selection import Selection
from kkb.ui import run
from kkb.ui.options import options

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
