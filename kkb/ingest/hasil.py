"""What came of reading a file: the rows it adds, what is wrong with it, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kkb.errors import Problem


@dataclass(frozen=True)
class Question:
    """A name of this kabupaten that is no village: `key` as `match.written` gives it, `shown` as it stands in the file,
    and the codes whose names are near."""

    key: str
    shown: str
    near: tuple[str, ...]


def once(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Questions with each key once: names that differ in punctuation only are one question."""
    first: dict[str, Question] = {}
    for question in asked:
        first.setdefault(question.key, question)
    return tuple(first.values())


@dataclass(frozen=True)
class Contribution:
    """`tables` are rows in the columns and types of the contracts, by table name; `as_of` is the date of the data, or
    the latest period in it. Of `read` rows of the file `matched` are villages of the kabupaten, `outside` are of
    others, `aside` are totals or were set aside by choice; `blank` figures are empty. `problems` stop the import,
    `warnings` do not. `told` says how the file was understood. `stored` is what is kept instead of the file itself,
    when that holds data of persons."""

    kind: str
    as_of: str
    read: int
    matched: int
    outside: int
    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    aside: int = 0
    blank: int = 0
    questions: tuple[Question, ...] = field(default=())
    told: tuple[str, ...] = ()
    stored: bytes | None = None
