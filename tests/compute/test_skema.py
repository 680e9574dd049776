"""Map classes without official limits: few, round, and every value in exactly one of them."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kkb.compute import skema


@given(st.lists(st.integers(0, 10_000_000).map(lambda n: n / 1000), min_size=1, max_size=40))
def test_every_value_has_one_class_and_there_are_at_most_five(values):
    table = skema.scheme("KB01", pd.Series(values), "anak", False)
    assert 1 <= len(table) <= 5
    for value in values:
        held = (table["batas_bawah"] <= value) & (value < table["batas_atas"])
        assert held.sum() == 1, (value, table)


def test_limits_are_round_and_said_in_both_languages():
    table = skema.scheme("KB03", pd.Series([0.7, 9.4]), "%", True)
    assert list(table["label"]) == ["0 sampai < 2%", "2 sampai < 4%", "4 sampai < 6%", "6 sampai < 8%", "8 sampai 10%"]
    assert skema.limits(0.61, 0.93) == (0.6, 0.7, 0.8, 0.9, 1.0)
    assert table["label_en"].iloc[-1] == "8 to 10%"
    assert "Makin rendah makin baik" in table["catatan"].iloc[0]
