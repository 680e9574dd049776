"""The agenda as its presenter wants it: steps moved and left out, told in a few codes that fit in a link.

A code names a step: 'cakupan' (of the whole area), '630903' (a kecamatan), '6309032012' (a village),
'opd-dinkes' (an office). A move is (code, code of the step before it; '' for the start). What is left out is a code
or the name of a whole part. Both stay true when newer data bring other steps: whatever a link does not name keeps its
default place, and whatever it names in vain is told by `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kkb.rapat.lembar import Pack, Sheet

Moves = tuple[tuple[str, str], ...]
_BARE = ("kabupaten", "kecamatan", "desa")


def slug(text: str) -> str:
    """Small letters, digits and hyphens only: 'Kecamatan Tanta' -> 'kecamatan-tanta'."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def code(sheet: Sheet) -> str:
    """The step in a link."""
    name = slug(sheet.key.partition("/")[2])
    return name if sheet.part in _BARE else f"{sheet.part}-{name}"


def ordered(sheets: Sequence[Sheet], moves: Moves) -> list[Sheet]:
    """All steps in the order asked for. A move after a step that is not there is left undone."""
    known = {code(s): s for s in sheets}
    valid = [(c, before) for c, before in moves if c in known and c != before and (before in known or not before)]
    moved = {c for c, _before in valid}
    found = [c for c in known if c not in moved]
    for c, before in valid:
        if c not in found:
            found.insert(found.index(before) + 1 if before in found else 0, c)
    return [known[c] for c in found]


def moves_to(sheets: Sequence[Sheet], wanted: Sequence[str]) -> Moves:
    """The fewest moves that bring the default order to `wanted`, which names every step once."""
    place = {code(s): n for n, s in enumerate(sheets)}
    best: list[list[str]] = [[]]
    for n, c in enumerate(wanted):
        before = [best[0], *(b for m, b in enumerate(best[1:]) if place[wanted[m]] < place[c])]
        best.append([*_longest(before), wanted[n]])
    stays = set(_longest(best))
    return tuple((c, wanted[n - 1] if n else "") for n, c in enumerate(wanted) if c not in stays)


def _longest(lists: Sequence[list[str]]) -> list[str]:
    return max(lists, key=lambda found: len(found))


def moved(sheets: Sequence[Sheet], moves: Moves, codes: Iterable[str], before: str) -> Moves:
    """The moves when some steps go, in their present order, to the place after `before` ('' for the start)."""
    going = set(codes) - {before}
    now = [code(s) for s in ordered(sheets, moves)]
    rest = [c for c in now if c not in going]
    at = rest.index(before) + 1 if before else 0
    return moves_to(sheets, [*rest[:at], *(c for c in now if c in going), *rest[at:]])


def shifted(sheets: Sequence[Sheet], moves: Moves, step: str, by: int) -> Moves:
    """The moves when one step goes one place up (-1) or down (1); the same at the ends."""
    now = [code(s) for s in ordered(sheets, moves)]
    here = now.index(step)
    there = min(max(here + by, 0), len(now) - 1)
    now[here], now[there] = now[there], now[here]
    return moves_to(sheets, now)


def is_skipped(sheet: Sheet, skipped: Iterable[str]) -> bool:
    """Whether the step, or its whole part, is left out."""
    return not {code(sheet), sheet.part}.isdisjoint(skipped)


def skipping(sheets: Sequence[Sheet], skipped: Iterable[str], codes: Iterable[str], skip: bool) -> tuple[str, ...]:
    """What is left out when some steps are left out too, or taken up again; a whole part is told by its name.

    Codes that the agenda does not have are kept: another area may have them.
    """
    old = set(skipped)
    known = {code(s) for s in sheets} | {s.part for s in sheets}
    out = {code(s) for s in sheets if is_skipped(s, old)}
    out = out | set(codes) if skip else out - set(codes)
    parts = dict.fromkeys(s.part for s in sheets)
    whole = [p for p in parts if all(code(s) in out for s in sheets if s.part == p)]
    single = [code(s) for s in sheets if code(s) in out and s.part not in whole]
    return (*whole, *single, *sorted(old - known))


def unknown(sheets: Sequence[Sheet], moves: Moves, skipped: Iterable[str]) -> list[str]:
    """The codes of a link that this agenda does not have, each once."""
    known = {code(s) for s in sheets} | {s.part for s in sheets} | {""}
    return [c for c in dict.fromkeys([*(c for pair in moves for c in pair), *skipped]) if c not in known]


def arranged(pack: Pack, moves: Moves, skipped: Iterable[str], minutes: int | None = None) -> Pack:
    """The pack with its agenda in the order asked for; what is left out is kept aside, and words are the same.

    `minutes` are those the talk may take; None for no timer.
    """
    skip = tuple(skipped)
    steps = ordered(pack.sheets, moves)
    kept = tuple(s for s in steps if not is_skipped(s, skip))
    aside = tuple(s for s in steps if is_skipped(s, skip))
    return replace(pack, sheets=kept, aside=aside, minutes=minutes)
