"""Text of numbers, dates and codes, in both languages."""

from datetime import date

import pandas as pd
import pytest

from kkb import bahasa
from kkb import format as fmt


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        (lambda: fmt.number(1234.5, 1), "1.234,5", "1,234.5"),
        (lambda: fmt.number(0), "0", "0"),
        (lambda: fmt.number(0.83485, 4), "0,8349", "0.8349"),
        (lambda: fmt.percent(76.34), "76,3%", "76.3%"),
        (lambda: fmt.share(24, 131), "18,3%", "18.3%"),
        (lambda: fmt.share(131, 131), "100,0%", "100.0%"),
        (lambda: fmt.period("2023-08-28"), "28 Agustus 2023", "28 August 2023"),
        (lambda: fmt.period("2024-12"), "Desember 2024", "December 2024"),
        (lambda: fmt.period("2024"), "2024", "2024"),
        (lambda: fmt.short_period("2023-08-28"), "28 Agu 2023", "28 Aug 2023"),
        (lambda: fmt.day(date(2024, 8, 17)), "17 Agustus 2024", "17 August 2024"),
        (lambda: fmt.names(["A"]), "A", "A"),
        (lambda: fmt.names(["A", "B"]), "A dan B", "A and B"),
        (lambda: fmt.names(["A", "B", "C"]), "A, B, dan C", "A, B and C"),
        (lambda: fmt.of(24, 131), "24 dari 131", "24 of 131"),
        (lambda: fmt.village_code("6309032012"), "63.09.03.2012", "63.09.03.2012"),
    ],
)
def test_text(text, indonesian, english):
    assert text() == indonesian
    bahasa.use("en")
    assert text() == english


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_missing_is_never_zero(missing):
    assert fmt.number(missing) == fmt.percent(missing) == fmt.day(missing) == "–"
    assert fmt.share(missing, 131) == fmt.share(24, missing) == fmt.share(24, 0) == fmt.period(missing) == "–"
