"""A sheet of the meeting, as words, numbers and pictures that any medium can draw: screen, slide, paper, one HTML file.

Texts are plain (no Markdown, no HTML) and in the language of the pack; numbers in charts and grids are true numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kkb import bahasa
from kkb import format as fmt
from kkb.bahasa import _

Progress = Callable[[float], object]
"""Told how far a long work is, from 0 to 1."""


def silent(_share: float) -> None:
    """The Progress that tells nobody."""


@dataclass(frozen=True)
class Figure:
    """One key figure: what it is, its value as text, and n of N, a date or a change under it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Key:
    """One entry of a legend: the class or state, its colour (#rrggbb), its pattern ('arsir', 'titik', 'silang' or
    None), how many villages of the area are in it, and whether it is a state without a class, to be set apart."""

    code: str
    label: str
    colour: str
    pattern: str | None
    count: int
    is_state: bool


@dataclass(frozen=True)
class MapView:
    """One map: `classes` has the Key code of every village of the kabupaten, `legend` what they mean.

    `district` is the kecamatan to fit and outline, `village` the one to mark and fit; both None for the kabupaten.
    `title` names the indicator and the date; `alt` says in a sentence what is to be seen.
    """

    title: str
    alt: str
    legend: tuple[Key, ...]
    classes: Mapping[str, str]
    district: str | None = None
    village: str | None = None


@dataclass(frozen=True)
class Series:
    """One series of a chart: a value per category, None where there is none, never 0 instead."""

    name: str
    colour: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Bars:
    """A bar chart. `is_stacked` bars share a category; `is_lying` bars lie, first category on top.

    `labels` are the words on the bars of one series, one per category; empty for numbers as they are. `highlight` is
    the place of the category to make stand out. `alt` says in a sentence what is to be seen.
    """

    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0
    unit: str = ""
    labels: tuple[str, ...] = ()
    is_stacked: bool = False
    is_lying: bool = False
    highlight: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table: headers as they are read, true numbers, missing where nothing is known; decimals per numeric column."""

    title: str
    rows: pd.DataFrame
    decimals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One step of the agenda.

    `key` names it in links: the part, '/' and a code, as 'kecamatan/630903'. `title` states the finding, `points` are
    full sentences for the hall, `notes` sentences for the speaker only. `source` is the line on source and date. `page`
    and `choice` are the page of the dashboard that shows the same, and the selection to open it with.
    """

    key: str
    title: str
    source: str
    points: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    map: MapView | None = None
    chart: Bars | None = None
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    page: str = "ringkasan"
    choice: Mapping[str, str] = field(default_factory=dict)

    @property
    def part(self) -> str:
        """The part of the agenda: 'kabupaten', 'kecamatan', 'desa', 'opd' or 'kesepakatan'."""
        return self.key.partition("/")[0]


@dataclass(frozen=True)
class Origin:
    """One fact file: what it holds, who published it, of what date, under which licence and where; '' when unknown."""

    file: str
    holds: str
    publisher: str
    date: str
    licence: str
    url: str


@dataclass(frozen=True)
class Pack:
    """Everything of one meeting, from one version: nothing in it changes when newer data are published.

    `area` is a kecamatan code or None for the kabupaten, `area_name` its name; `period` the day of the status, `scored`
    the day of classes and reports (both ISO 8601). `seal` is a short checksum over version, area, dates and agreements:
    files of the same pack carry the same. `made` is the day it was made. `layer` is the text of the map layer set
    (see kkb.build.layers), '' in an outline (see kkb.rapat.susun). `sheets` is the full agenda in its default order,
    `villages` one sheet for each village of the area, in the order of the codes. `sources` and `origins` are the fact
    files: in short, and in full. `aside` are sheets that are not on the agenda, kept for questions. `minutes` are those
    the talk may take; None for no timer.
    """

    version: str
    seal: str
    language: str
    area: str | None
    area_name: str
    regency: str
    province: str
    period: str
    scored: str
    made: str
    title: str
    layer: str
    sheets: tuple[Sheet, ...]
    villages: tuple[Sheet, ...]
    sources: tuple[str, ...]
    origins: tuple[Origin, ...] = ()
    minutes: int | None = None
    aside: tuple[Sheet, ...] = ()

    @property
    def stamp(self) -> str:
        """The line that every file of the pack carries: data date, version and seal, in the language of the pack."""
        with bahasa.speaking(self.language):
            return _("Data per {period} · versi {version} · tanda {seal}").format(
                period=fmt.period(self.period), version=self.version, seal=self.seal
            )

    def sheet(self, key: str) -> Sheet | None:
        """A sheet of the agenda, a village or a sheet kept aside by its key; None when there is none."""
        return next((s for s in (*self.sheets, *self.villages, *self.aside) if s.key == key), None)
