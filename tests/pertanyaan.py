"""Every question that a page may ask, each tried in every way."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pandas.testing import assert_frame_equal

from kkb import queries
from kkb.config import ROOT
from kkb.store import Warehouse

QUESTIONS = sorted(p.stem for p in (ROOT / "kkb/sql").glob("*.sql"))
OF_NATION = {"area_coverage", "coverage_dates", "area_legend", "area_layer", "place_search"}
"""Those about all kabupaten of a version, whichever is read."""

Answers = Mapping[str, list[Any]]
"""What each parameter of a question is tried with."""


def answers(periods: list[str], district: str, village: str) -> Answers:
    """Values for all parameters: two or more periods, the earliest first; a kecamatan and a village."""
    return {
        "indikator": ["KKB01", "KKB02", "DS01", "SK11"],
        "periode": periods,
        "sampai": [periods[1]],
        "dari": [periods[0]],
        "kecamatan": [None, district],
        "desa": [None, village],
        "kunci": [[f"KKB02|{periods[-1]}", f"KKB02|{periods[0]}", "DS01|2024"]],
        "nama": ["peta", "petak"],
        "induk": ["00", village[:2]],
        "kata": ["Contoh", "Padangin"],
    }


def ways(question: str, tried: Answers) -> Iterator[dict[str, Any]]:
    """The parameters of a question in all their values, one at a time."""
    names = list(inspect.signature(getattr(queries, question)).parameters)[1:]
    first = {n: tried[n][0] for n in names}
    yield first
    yield from ({**first, n: other} for n in names for other in tried[n][1:])


def same(one: Warehouse, other: Warehouse, questions: Iterable[str], tried: Answers) -> set[str]:
    """Holds that both answer the same, whatever is asked; gives the questions that had a row in some answer."""
    filled = set()
    for question in questions:
        ask = getattr(queries, question)
        for said in ways(question, tried):
            answer = ask(one, **said)
            assert_frame_equal(answer, ask(other, **said), obj=f"{question} {said}")
            if len(answer):
                filled.add(question)
    return filled
