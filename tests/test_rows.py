"""Rows as plain dictionaries keep the marks of what is missing."""

import pandas as pd

from kkb.rows import by, first, records


def test_values_are_those_of_the_table_and_missing_stays_missing():
    table = pd.DataFrame(
        {"a": [1, 2], "b": pd.array([None, 3], dtype="Int64"), "c": ["x", None], "d": [0.5, float("nan")]}
    )
    one, two = records(table)
    assert (one["a"], two["b"], one["c"], one["d"]) == (1, 3, "x", 0.5)
    assert one["b"] is pd.NA and pd.isna(two["c"]) and pd.isna(two["d"])
    assert [type(v) for v in (one["a"], two["b"], one["d"])] == [int, int, float]


def test_no_rows_make_no_records_and_a_key_finds_its_row():
    assert records(pd.DataFrame(columns=["a"])) == []
    assert by(pd.DataFrame({"k": ["p", "q"], "v": [1, 2]}), "k")["q"] == {"k": "q", "v": 2}
    assert first(pd.DataFrame({"v": [7, 8]})) == {"v": 7}
