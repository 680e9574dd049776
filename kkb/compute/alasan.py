"""Why an item has its score: what the recap measured, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kkb.compute import klasifikasi as rule_of
from kkb.compute.klasifikasi import REPORTED_IN, ItemRule, Rule
from kkb.rows import first


@dataclass(frozen=True)
class Reason:
    """One item of one village: its published score and what the recap says of it.

    `measure` is in the unit of the rule, None where unknown; `counted` the score it gives. `state` is one of

    - terukur: the recap holds the item, and gives the published score
    - berbeda: it gives another score, as recap and score are of different days
    - menurut_skor: the recap does not hold the item, so only the score tells where it stands
    - belum_melapor: the report behind the item is empty, so the score 1 says nothing of the village
    - tanpa_rekap: the item rests on a recap, and there is none up to the date
    """

    item: ItemRule
    score: int
    state: str
    measure: float | None = None
    counted: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether the score says something of the village."""
        return self.state not in ("belum_melapor", "tanpa_rekap")


def reasons(recap: pd.DataFrame, scores: Mapping[str, int], rule: Rule) -> list[Reason]:
    """The twelve items in the official order. `recap` has the one row of the village, or none."""
    row = None if recap.empty else first(recap)
    known = rule_of.measures_of(row) if row else {}
    found = []
    for code, item in rule.items.items():
        score = scores[code]
        if row is None:
            found.append(Reason(item, score, "tanpa_rekap" if code in REPORTED_IN else "menurut_skor"))
        elif not rule_of.has_report(row, code):
            found.append(Reason(item, score, "belum_melapor"))
        elif (measure := known[code]) is None:
            found.append(Reason(item, score, "menurut_skor"))
        else:
            counted = int(item.score(measure))
            found.append(Reason(item, score, "terukur" if counted == score else "berbeda", measure, counted))
    return found
