"""The address of a page: codes, round trips, and nothing that makes it fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkb.selection import Options, Selection, comparison_of, pair_of, parse, period_of, to_query

OPTIONS = Options(
    kecamatan=frozenset({"630903", "630908"}),
    desa={"6309032012": "630903", "6309082004": "630908", "6309082007": "630908"},
    periode={"KKB00": ("2022-06-13", "2023-08-28"), "KKB02": ("2022-06-13", "2023-08-28"), "DS01": ("2024",)},
    provinsi=frozenset({"63"}),
)

selections = st.builds(
    Selection,
    provinsi=st.sampled_from([None, "63"]),
    kecamatan=st.sampled_from([None, "630903"]),
    desa=st.sampled_from([None, "6309032012"]),
    indikator=st.sampled_from(sorted(OPTIONS.periode)),
    tanggal=st.sampled_from([None, "2022-06-13", "2024"]),
    banding=st.sampled_from([None, "2022-06-13"]),
    tampilan=st.sampled_from(["peta", "petak"]),
    dasar=st.booleans(),
    menuju=st.sampled_from([None, "2027-12"]),
    rencana=st.sets(st.sampled_from(sorted(OPTIONS.desa))).map(lambda s: tuple(sorted(s))),
    kelas=st.sampled_from(["berikut", "berkelanjutan"]),
    simulasi=st.dictionaries(st.sampled_from(["SK01", "SK12"]), st.integers(1, 4)).map(
        lambda d: tuple(sorted(d.items()))
    ),
    urut=st.sampled_from(["kelas", "kecamatan", "SK11"]),
    terhadap=st.sampled_from([None, *sorted(OPTIONS.periode)]),
    bahasa=st.sampled_from(["id", "en"]),
)


@given(selections)
def test_an_address_gives_the_choice_back(selection):
    assert parse(to_query(selection), OPTIONS) == selection


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *to_query(Selection(bahasa="en")),
                "provinsi",
                "kecamatan",
                "desa",
                "indikator",
                "tanggal",
                "banding",
                "tampilan",
                "dasar",
                "menuju",
                "rencana",
                "kelas",
                "simulasi",
                "urut",
                "terhadap",
                "lain",
            ]
        ),
        st.text(max_size=60),
    )
)
def test_no_address_makes_it_fail(query):
    selection = parse(query, OPTIONS)
    assert parse(to_query(selection), OPTIONS) == selection
    assert period_of(selection, selection.indikator, OPTIONS) in OPTIONS.periode[selection.indikator]
    assert all(len(note.value) <= 40 for note in selection.notes)


def test_the_default_has_a_bare_address():
    assert to_query(Selection()) == {}
    assert parse({}, OPTIONS) == Selection()


def test_addresses_carry_codes():
    query = to_query(Selection(kecamatan="630908", indikator="DS01", tanggal="2023-08-28", rencana=("6309082004",)))
    assert query == {"kecamatan": "630908", "indikator": "DS01", "tanggal": "2023-08-28", "rencana": "6309082004"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("kecamatan", "999999"),
        ("provinsi", "99"),
        ("desa", "Padangin"),
        ("indikator", "KKB99"),
        ("tanggal", "28-08-2023"),
        ("tanggal", "2023-02-31"),
        ("tampilan", "globe"),
        ("menuju", "2027-13"),
        ("bahasa", "xx"),
        ("rencana", "1.2"),
        ("kelas", "madya"),
        ("simulasi", "SK13-2.SK01-5"),
        ("urut", "SK00"),
        ("terhadap", "DS99"),
    ],
)
def test_what_is_unknown_is_told_and_not_used(parameter, value):
    selection = parse({parameter: value}, OPTIONS)
    assert selection == Selection()
    assert [(n.parameter, n.value) for n in selection.notes] == [(parameter, value)]


def test_what_was_tried_out_for_a_village_goes_with_it():
    tried = Selection(desa="6309082004", simulasi=(("SK07", 4),))
    assert to_query(tried)["simulasi"] == "SK07-4"
    assert tried.with_(tanggal="2022-06-13").simulasi == tried.simulasi
    assert tried.with_(desa="6309082007").simulasi == ()
    assert tried.with_(desa="6309082007", simulasi=(("SK01", 4),)).simulasi == (("SK01", 4),)


def test_a_village_decides_its_kecamatan():
    assert parse({"kecamatan": "630903", "desa": "6309082004"}, OPTIONS).kecamatan == "630908"


@pytest.mark.parametrize(
    ("asked", "indicator", "shown"),
    [
        (None, "KKB02", "2023-08-28"),
        ("2023-01-01", "KKB02", "2022-06-13"),
        ("2020-01-01", "KKB02", "2022-06-13"),
        ("2024", "KKB02", "2023-08-28"),
        ("2022-06-13", "DS01", "2024"),
    ],
)
def test_the_date_shown_is_the_latest_not_after_the_date_asked(asked, indicator, shown):
    assert period_of(Selection(tanggal=asked), indicator, OPTIONS) == shown


def test_a_date_is_not_compared_with_itself():
    assert comparison_of(Selection(indikator="KKB02", banding="2022-06-13"), OPTIONS) == "2022-06-13"
    assert comparison_of(Selection(indikator="KKB02", banding="2023-08-28"), OPTIONS) is None
    assert comparison_of(Selection(indikator="DS01", banding="2022-06-13"), OPTIONS) is None


@pytest.mark.parametrize(
    ("asked", "second", "pair"),
    [
        ("KKB00", None, ("KKB02", "DS01")),
        ("KKB00", "KKB02", ("KKB02", "DS01")),
        ("DS01", None, ("DS01", "KKB02")),
        ("DS01", "DS01", ("DS01", "KKB02")),
        ("DS01", "KKB00", ("DS01", "KKB00")),
        ("KKB02", "KKB00", ("KKB02", "KKB00")),
    ],
)
def test_two_indicators_set_beside_each_other_are_never_the_same(asked, second, pair):
    assert pair_of(Selection(indikator=asked, terhadap=second), OPTIONS) == pair


def test_without_idm_something_else_stands_beside_the_class():
    known = {code: days for code, days in OPTIONS.periode.items() if code != "DS01"}
    assert pair_of(Selection(), Options(OPTIONS.kecamatan, OPTIONS.desa, known)) == ("KKB02", "KKB00")
