"""The map itself within a picture: fitted to its area, coloured, named, with north arrow, scale and inset."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from kkb import format as fmt
from kkb import lapis
from kkb.bahasa import _
from kkb.lapis import Area, Box, Layer
from kkb.rapat.lembar import MapView
from kkb.report.kanvas import (
    INK,
    PALE,
    RED,
    Canvas,
    Circle,
    Line2D,
    LineCollection,
    Outline,
    Pane,
    PathCollection,
    Polygon,
    Rect,
    text_width,
)

LINE, OUTSIDE, ABROAD, MARK = "#595959", "#f4f4f2", "#fbfbfa", "#111111"
PATTERNS = {"arsir": ("////", "#4d4d4d", 1.0), "titik": ("...", "#8a8a8a", 0.4), "silang": ("xxx", "#a5a5a5", 0.8)}
"""matplotlib's hatch, colour and line width for the patterns of the screen."""
KM_DEGREE = 111.32
"""Kilometres in a degree of latitude, and of longitude at the equator."""
SURROUNDINGS, LEAST_KM = 2.6, 5.0
"""A village is shown with so many times its own extent around it, and never less than so many km."""
MARGIN = 1.08
"""A kecamatan or the kabupaten is shown with so many times its own extent."""
_SHIFTS = ((0, 0), (0, 1), (0, -1), (0.5, 0), (-0.5, 0), (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1))
"""Where a name may stand beside its spot: halves of its width to the right, heights of it up."""
_AWAY = tuple(n / 2 for n in range(-12, 13))
"""The same, for a name that finds no place there."""
SMALLEST = 0.85
"""How small a name may get, over its size."""
RIM = 0.6
"""Points a frame stays within its place, so that its line is whole at the edge of the picture."""
RING, RING_GAP = 5.0, 2.5
"""The least radius of the ring around a village in the inset, and its distance from the village, in points."""


@dataclass(frozen=True)
class Drawn:
    """An area ready to draw: its path, its main polygon, and the middle and radius of the largest circle in that."""

    area: Area
    path: Outline
    polygon: Any
    spot: tuple[float, float]
    radius: float


@dataclass(frozen=True)
class Shapes:
    """A layer set ready to draw.

    `borders` are all lines around the kabupaten, `outer` is its own polygon; `abroad` are the borders of its neighbours
    and `reach` the boxes of these.
    """

    layer: Layer
    villages: dict[str, Drawn]
    districts: dict[str, Drawn]
    borders: Any
    outer: Any
    abroad: list[lapis.Points]
    reach: list[Box]


@lru_cache(maxsize=4)
def shapes(layer: str) -> Shapes:
    """Made once for each layer set."""
    read = lapis.read(layer)
    districts = _drawn(read.districts)
    outer = shapely.union_all([shapely.buffer(d.polygon, 0.0002) for d in districts.values()])
    abroad = [line for n in read.neighbours for line in n.lines if len(line) > 1]
    lines = [shapely.LineString(line) for line in abroad]
    reach = [(float(w), float(s), float(e), float(n)) for w, s, e, n in shapely.bounds(lines)]
    borders = shapely.multilinestrings([*lines, *shapely.get_parts(shapely.boundary(outer))])
    shapely.prepare(borders)
    shapely.prepare(outer)
    return Shapes(read, _drawn(read.villages), districts, borders, outer, abroad, reach)


def _drawn(areas: Mapping[str, Area]) -> dict[str, Drawn]:
    outer = [_largest(shapely.multipolygons([shapely.Polygon(r) for r in a.rings])) for a in areas.values()]
    spots, radii = _middles(outer)
    return {
        a.code: Drawn(a, _path(a.rings), p, spot, radius)
        for a, p, spot, radius in zip(areas.values(), outer, spots, radii, strict=True)
    }


def _largest(shape: Any) -> Any:
    """Its largest polygon; rounding of the points may have made a ring touch itself."""
    valid = shapely.make_valid(shape)
    return max(
        (g for g in shapely.get_parts(shapely.get_parts(valid)) if g.geom_type == "Polygon"), key=lambda p: p.area
    )


def _middles(polygons: list[Any]) -> tuple[list[tuple[float, float]], list[float]]:
    """Middle and radius, in degrees, of the largest circle in each."""
    ends = shapely.get_coordinates(shapely.maximum_inscribed_circle(np.array(polygons), tolerance=0.001))
    ends = ends.reshape(-1, 2, 2)
    return [(float(a[0]), float(a[1])) for a, _b in ends], [float(r) for r in np.hypot(*(ends[:, 1] - ends[:, 0]).T)]


def _path(rings: Iterable[lapis.Points]) -> Outline:
    parts = [np.vstack([r, r[:1]]) for r in rings]
    codes = [[Outline.MOVETO, *[Outline.LINETO] * (len(p) - 2), Outline.CLOSEPOLY] for p in parts]
    return Outline(np.concatenate(parts), np.concatenate(codes))


def window(drawn: Shapes, view: MapView, aspect: float) -> Box:
    """What part of the earth to show, in degrees: the area with its surroundings, `aspect` times as wide as high."""
    village = drawn.villages[view.village] if view.village else None
    if village:
        west, south, east, north = village.area.box
    else:
        west, south, east, north = drawn.districts[view.district].area.box if view.district else drawn.layer.box
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * squeeze * KM_DEGREE, (north - south) * KM_DEGREE
    factor = SURROUNDINGS if village else MARGIN
    wide, high = (max(n * factor, LEAST_KM if village else 0) for n in (wide, high))
    wide, high = max(wide, high * aspect), max(high, wide / aspect)
    x, y = (west + east) / 2, (south + north) / 2
    dx, dy = wide / KM_DEGREE / squeeze / 2, high / KM_DEGREE / 2
    return x - dx, y - dy, x + dx, y + dy


def draw(made: Canvas, layer: str, view: MapView, frame: Rect, size: float, inset: Rect | None) -> None:
    """The map in `frame` and, if asked for, the place of its area within the kabupaten in `inset`."""
    drawn = shapes(layer)
    Map(made, drawn, view, frame, size, inset).draw()
    if inset:
        _inset(made, drawn, view, inset)


def _pane(made: Canvas, frame: Rect, box: Box, ground: str) -> Pane:
    return Pane(made, (frame[0] + RIM, frame[1] + RIM, frame[2] - RIM, frame[3] - RIM), box, ground)


def _inset(made: Canvas, drawn: Shapes, view: MapView, frame: Rect) -> None:
    west, south, east, north = drawn.layer.box
    aspect = (frame[2] - frame[0]) / (frame[3] - frame[1])
    x, y, d = (west + east) / 2, (south + north) / 2, 0.53 * max((east - west) / aspect, north - south)
    pane = _pane(made, frame, (x - d * aspect, y - d, x + d * aspect, y + d), "white")
    colours = ["#8a9aa8" if code == view.district else "#e6e9ec" for code in drawn.districts]
    paths = [d.path for d in drawn.districts.values()]
    pane.add(PathCollection(paths, facecolors=colours, edgecolors="white", linewidths=0.5))
    if view.village:
        marked = drawn.villages[view.village]
        pane.add(PathCollection([marked.path], facecolors=MARK, linewidths=0))
        west, south, east, north = marked.area.box
        (left, bottom), (right, top) = pane.spot((west, south)), pane.spot((east, north))
        radius = max(math.hypot(right - left, top - bottom) / 2 + RING_GAP, RING)
        middle = (left + right) / 2, (bottom + top) / 2
        for colour, thick in (("white", 2.6), (RED, 1.3)):
            made.add(Circle(middle, radius, facecolor="none", edgecolor=colour, linewidth=thick))
    pane.close()


class Map:
    """One map while it is drawn. Boxes of names already placed, in points, keep later ones away."""

    def __init__(
        self, made: Canvas, drawn: Shapes, view: MapView, frame: Rect, size: float, inset: Rect | None
    ) -> None:
        self.made, self.drawn, self.view, self.frame, self.size = made, drawn, view, frame, size
        self.wide, self.high = frame[2] - frame[0], frame[3] - frame[1]
        self.box = window(drawn, view, self.wide / self.high)
        self.pane = _pane(made, frame, self.box, ABROAD)
        self.taken: list[Rect] = []
        if inset and inset[0] < frame[2] and inset[3] > frame[1] and inset[1] < frame[3]:
            self.taken.append(tuple(n - frame[i % 2] for i, n in enumerate(inset)))  # type: ignore[arg-type]
        self.sight = shapely.box(*self.box)
        self.shown = {c: d for c, d in drawn.villages.items() if self._is_seen(d.area.box)}

    def draw(self) -> None:
        """All of it."""
        self._fill()
        self._outline()
        self.pane.close()
        self._furniture()
        self._names()

    def _is_seen(self, box: Box) -> bool:
        west, south, east, north = self.box
        return box[0] < east and box[2] > west and box[1] < north and box[3] > south

    def _is_counted(self, code: str) -> bool:
        return self.view.district is None or code[: len(self.view.district)] == self.view.district

    def _fill(self) -> None:
        keys = {k.code: k for k in self.view.legend}
        told = {c: keys.get(self.view.classes.get(c, "")) if self._is_counted(c) else None for c in self.shown}
        self.pane.add(
            PathCollection(
                [d.path for d in self.shown.values()],
                facecolors=[k.colour if (k := told[c]) else OUTSIDE for c in self.shown],
                edgecolors=[LINE if self._is_counted(c) else "#cfcfcb" for c in self.shown],
                linewidths=0.5,
            )
        )
        for pattern, (hatch, colour, thick) in PATTERNS.items():
            paths = [d.path for c, d in self.shown.items() if (k := told[c]) and k.pattern == pattern]
            if paths:
                whole = Outline.make_compound_path(*paths)
                made = PathCollection([whole], facecolors="none", hatch=hatch, hatchcolors=colour, linewidths=0)
                made.set_hatch_linewidth(thick)
                self.pane.add(made)

    def _outline(self) -> None:
        west, south, east, north = self.box
        abroad = [
            line
            for line, (left, low, right, top) in zip(self.drawn.abroad, self.drawn.reach, strict=True)
            if left < east and right > west and low < north and top > south
        ]
        self.pane.add(LineCollection(abroad, colors="#bdbdbd", linewidths=0.8))
        others = {c: d for c, d in self.drawn.districts.items() if c != self.view.district}
        thick = 1.3 if self.view.district is None else 0.8
        rest = [d.path for d in others.values() if self._is_seen(d.area.box)]
        self._line(rest, LINE if self.view.district is None else "#8a8a8a", thick)
        if self.view.district:
            self._line([self.drawn.districts[self.view.district].path], INK, 1.6)
        if self.view.village:
            path = self.drawn.villages[self.view.village].path
            self._line([path], "white", 4.2)
            self._line([path], MARK, 2.4)

    def _line(self, paths: list[Outline], colour: str, thick: float) -> None:
        self.pane.add(PathCollection(paths, facecolors="none", edgecolors=colour, linewidths=thick))

    def _furniture(self) -> None:
        """The north arrow and the scale bar, low at the left."""
        size, km = self.size, (self.box[3] - self.box[1]) * KM_DEGREE / self.high
        length = _round_km(0.22 * self.wide * km)
        bar = length / km
        x, y = 0.8 * size, 0.8 * size
        told = _("{n} km").format(n=fmt.number(length, 1 if length < 1 else 0))
        self.taken.append((0, 0, x + max(bar, text_width(told, size)) + size, y + 5.2 * size))
        left, bottom = self.frame[:2]
        xs, ys = [left + n for n in (x, x, x + bar, x + bar)], [bottom + y + n * size for n in (0.5, 0, 0, 0.5)]
        for colour, thick in (("white", 3.0), (INK, 1.2)):
            self.made.add(Line2D(xs, ys, color=colour, linewidth=thick))
        self._text(x + bar / 2, y + 0.95 * size, told, size, "", INK, 1.5)
        foot, half = y + 2.0 * size, 0.5 * size
        arrow = [(x, foot), (x + half, foot + 1.7 * size), (x + 2 * half, foot), (x + half, foot + 0.4 * size)]
        corners = [(left + a, bottom + b) for a, b in arrow]
        self.made.add(Polygon(corners, facecolor=INK, edgecolor="white", linewidth=0.6))
        self._text(x + half, foot + 2.25 * size, _("U"), size, "Semibold", INK, 1.5)

    def _text(self, x: float, y: float, text: str, size: float, weight: str, colour: str, halo: float) -> None:
        self.made.name(self.frame[0] + x, self.frame[1] + y, text, size, weight, colour, halo)

    def _names(self) -> None:
        halo = 1.1
        view, size = self.view, self.size
        if view.district is None and view.village is None:
            for d in sorted(self.drawn.districts.values(), key=lambda d: -d.radius):
                self._place(d.area.name, d.spot, size + 1, "Semibold", INK, halo, True, far=True)
        else:
            inside = [d for c, d in self.shown.items() if self._is_counted(c)]
            for d in sorted(inside, key=lambda d: (d.area.code != view.village, -d.radius)):
                own = d.area.code == view.village
                self._place(d.area.name, d.spot, size + own, "Bold" if own else "", INK, halo, True)
            for name, spot in self._districts_around():
                self._place(name, spot, size + 1, "It", PALE, 0.0, False)
        for text, spot in self._neighbours():
            self._place(text, spot, size, "It", "#8a8a8a", 0.0, False)

    def _districts_around(self) -> Iterable[tuple[str, tuple[float, float]]]:
        """Other kecamatan in sight, each with the middle of what is seen of it."""
        for code, d in self.drawn.districts.items():
            if code != self.view.district and self._is_seen(d.area.box):
                seen = shapely.intersection(d.polygon, self.sight)
                if seen.area > 0.01 * self.sight.area:
                    seen = _largest(seen)
                    yield _("Kec. {name}").format(name=d.area.name), _middles([seen])[0][0]

    def _neighbours(self) -> Iterable[tuple[str, tuple[float, float]]]:
        """Kabupaten around: a name stands where it touches no border and a straight line from its known place crosses
        none, so surely within its own kabupaten."""
        west, south, east, north = self.box
        if shapely.contains(self.drawn.outer, self.sight):
            return
        grid = np.stack(np.meshgrid(np.linspace(west, east, 15)[1:-1], np.linspace(south, north, 23)[1:-1]), -1)
        spots = grid.reshape(-1, 2)
        spots = spots[~shapely.intersects(self.drawn.outer, shapely.points(spots))]
        room = shapely.distance(self.drawn.borders, shapely.points(spots))
        dx, dy = (east - west) / self.wide, (north - south) / self.high
        for n in self.drawn.layer.neighbours:
            if not len(spots):
                return
            rays = shapely.linestrings(np.stack([spots, np.broadcast_to(n.spot, spots.shape)], axis=1))
            half_x = (text_width(n.name, self.size, "It") / 2 + 3) * dx
            half_y = 0.7 * self.size * dy
            boxes = shapely.box(spots[:, 0] - half_x, spots[:, 1] - half_y, spots[:, 0] + half_x, spots[:, 1] + half_y)
            clear = ~shapely.intersects(self.drawn.borders, rays) & ~shapely.intersects(self.drawn.borders, boxes)
            clear &= shapely.contains_properly(self.sight, boxes)
            if clear.any():
                best = int(np.argmax(np.where(clear, room, -1)))
                yield n.name, (float(spots[best][0]), float(spots[best][1]))

    def _place(
        self,
        name: str,
        spot: tuple[float, float],
        size: float,
        weight: str,
        colour: str,
        halo: float,
        may_move: bool,
        far: bool = False,
    ) -> None:
        """A name at its spot, a little beside it, on two lines or smaller; left out when nowhere free. With `far` it
        may then stand away from it, with a line to the spot."""
        x = (spot[0] - self.box[0]) / (self.box[2] - self.box[0]) * self.wide
        y = (spot[1] - self.box[1]) / (self.box[3] - self.box[1]) * self.high
        whole, halves = name, _halves(name)
        for text, scale in dict.fromkeys(((whole, 1.0), (halves, 1.0), (whole, SMALLEST), (halves, SMALLEST))):
            rows, points = text.split("\n"), size * scale
            half_x = max(text_width(r, points, weight) for r in rows) / 2 + 1
            half_y = 0.55 * points * len(rows)
            for right, up in _SHIFTS if may_move else _SHIFTS[:1]:
                a, b = x + right * half_x, y + up * points
                box = (a - half_x, b - half_y, a + half_x, b + half_y)
                if self._is_free(box):
                    self.taken.append(box)
                    self._text(a, b, text, points, weight, colour, halo)
                    return
        if far:
            self._aside(name, (x, y), SMALLEST * size, weight, colour, halo)

    def _aside(self, name: str, spot: tuple[float, float], size: float, weight: str, colour: str, halo: float) -> None:
        """A name at the nearest free place, with a line from there to its spot, in points."""
        half_x, half_y = text_width(name, size, weight) / 2 + 1, 0.55 * size
        steps = [(right * half_x, up * size) for right in _AWAY for up in _AWAY]
        for right, up in sorted(steps, key=lambda s: math.hypot(*s)):
            x, y = spot[0] + right, spot[1] + up
            box = (x - half_x, y - half_y, x + half_x, y + half_y)
            if self._is_free(box):
                self.taken.append(box)
                end = min(max(spot[0], box[0]), box[2]), min(max(spot[1], box[1]), box[3])
                left, bottom = self.frame[:2]
                xs, ys = (left + spot[0], left + end[0]), (bottom + spot[1], bottom + end[1])
                for shade, thick in (("white", 2.2), (INK, 0.8)):
                    self.made.add(Line2D(xs, ys, color=shade, linewidth=thick))
                self._text(x, y, name, size, weight, colour, halo)
                return

    def _is_free(self, box: Rect) -> bool:
        inside = box[0] > 1 and box[1] > 1 and box[2] < self.wide - 1 and box[3] < self.high - 1
        return inside and not any(
            box[0] < t[2] and box[2] > t[0] and box[1] < t[3] and box[3] > t[1] for t in self.taken
        )


def _halves(name: str) -> str:
    """'Tanjung Persada' on two lines; a single word as it is."""
    words = name.split()
    if len(words) < 2:
        return name
    cut = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def _round_km(most: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is at most `most`."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(n * power for n in (5, 2, 1) if n * power <= most)
