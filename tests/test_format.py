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


@pytest.mark.parametrize(
    ("limits", "rising", "unit", "words"),
    [
        ((1, 2, 5), True, "sumber", ["0 sumber", "1 sumber", "2–4 sumber", "≥ 5 sumber"]),
        ((1, 2), True, "sarana", ["0 sarana", "1 sarana", "≥ 2 sarana", "–"]),
        ((30, 41, 51), True, "%", ["< 30%", "30–40%", "41–50%", "≥ 51%"]),
        ((12, 9, 6), False, "%", ["> 12%", "10–12%", "7–9%", "≤ 6%"]),
    ],
)
def test_which_measures_give_a_score(limits, rising, unit, words):
    assert [fmt.score_range(limits, rising, n, unit) for n in (1, 2, 3, 4)] == words


def test_a_moment_is_told_on_the_clock_of_the_kabupaten():
    assert fmt.moment("2026-11-24T18:05:09+00:00") == "25 November 2026 pukul 02.05 WITA"
