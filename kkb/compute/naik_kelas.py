"""The shortest way up: which items must rise by how many points for a village to reach a class.

A step is one point of one item. A set of steps is minimal when it reaches the class and no part of it does; the
cheapest sets are the minimal ones with the fewest points. Since an index only needs its sum to reach the pass mark, the
cheapest sets are all the ways to spread the missing points over the items of each index, so they are kept per index.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from kkb.compute.klasifikasi import CLASSES, INDICES, ItemRule, Rule, class_if, class_of, index_of

Steps = dict[str, int]
"""Item code -> its new score, for the items that rise."""


@dataclass(frozen=True)
class Route:
    """One choice of indices to lift. `missing` is index -> points; `ways` index -> every spread of those points.

    `reaches` is the class it leads to, which may be above the one asked for.
    """

    missing: Mapping[str, int]
    ways: Mapping[str, tuple[Steps, ...]]
    reaches: str

    @property
    def count(self) -> int:
        """How many sets of steps this route holds."""
        return math.prod(len(w) for w in self.ways.values())

    def sets(self) -> Iterator[Steps]:
        """Every set of steps of the route, those that lift the lowest items first."""
        for choice in product(*self.ways.values()):
            yield {code: score for steps in choice for code, score in steps.items()}


@dataclass(frozen=True)
class Plan:
    """The cheapest ways of one village to a class: `points` in all, the same in each route; `points` 0 when there."""

    target: str
    points: int
    routes: tuple[Route, ...]

    @property
    def items(self) -> frozenset[str]:
        """The items that occur in any cheapest set."""
        return frozenset(c for r in self.routes for ways in r.ways.values() for steps in ways for c in steps)

    @property
    def needed(self) -> frozenset[str]:
        """The items that occur in every cheapest set."""
        each = [
            frozenset(c for ways in r.ways.values() for c in frozenset.intersection(*(frozenset(s) for s in ways)))
            for r in self.routes
        ]
        return frozenset.intersection(*each) if each else frozenset()


def missing_points(scores: Mapping[str, int], rule: Rule) -> dict[str, int]:
    """Index -> points until its pass mark, 0 when it passes."""
    found = {}
    for index in INDICES:
        items = rule.of(index)
        total = sum(scores[i.code] for i in items)
        found[index] = max(0, math.ceil(rule.pass_marks[index] * len(items) - total - 1e-9))
    return found


def next_class(scores: Mapping[str, int], rule: Rule) -> str | None:
    """The class above the present one; None at the top."""
    place = CLASSES.index(class_of(scores, rule)) + 1
    return CLASSES[place] if place < len(CLASSES) else None


def plan(scores: Mapping[str, int], rule: Rule, target: str) -> Plan | None:
    """The cheapest ways to `target` or above; None when no set of steps within the ceilings leads there."""
    missing = missing_points(scores, rule)
    room = {i: sum(max(0, item.ceiling - scores[item.code]) for item in rule.of(i)) for i in INDICES}
    passing = frozenset(i for i in INDICES if missing[i] == 0)
    if CLASSES.index(class_if(passing)) >= CLASSES.index(target):
        return Plan(target, 0, ())
    lifts = [
        lift
        for n in (1, 2, 3)
        for lift in combinations([i for i in INDICES if i not in passing], n)
        if CLASSES.index(class_if(passing.union(lift))) >= CLASSES.index(target)
        and all(room[i] >= missing[i] for i in lift)
    ]
    if not lifts:
        return None
    points = min(sum(missing[i] for i in lift) for lift in lifts)
    routes = [
        Route(
            {i: missing[i] for i in lift},
            {i: tuple(_spread(scores, rule.of(i), missing[i])) for i in lift},
            class_if(passing.union(lift)),
        )
        for lift in lifts
        if sum(missing[i] for i in lift) == points
    ]
    return Plan(target, points, tuple(sorted(routes, key=lambda r: -CLASSES.index(r.reaches))))


def _spread(scores: Mapping[str, int], items: tuple[ItemRule, ...], points: int) -> list[Steps]:
    """Every way to spread points over items below their ceiling, those that lift the lowest items first."""

    def ways(left: tuple[ItemRule, ...], points: int) -> Iterator[Steps]:
        if points == 0:
            yield {}
            return
        if not left:
            return
        item, *others = left
        for rise in range(min(points, max(0, item.ceiling - scores[item.code])), -1, -1):
            for rest in ways(tuple(others), points - rise):
                yield {item.code: scores[item.code] + rise, **rest} if rise else rest

    return sorted(ways(items, points), key=lambda s: (sum(t**2 - scores[c] ** 2 for c, t in s.items()), len(s)))


def after(scores: Mapping[str, int], steps: Mapping[str, int]) -> dict[str, int]:
    """The scores once the steps are made."""
    return {**scores, **steps}


def means(scores: Mapping[str, int], rule: Rule) -> dict[str, float]:
    """Index -> its mean."""
    return {i: index_of(scores, rule, i) for i in INDICES}
