"""What the sheets of one pack rest on: one version, one area, one day; each question asked once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

import pandas as pd

from kkb import format as fmt
from kkb import maps, queries, selection
from kkb.bahasa import _, field
from kkb.compute import jalur, klasifikasi
from kkb.compute.jalur import Board
from kkb.errors import EmptyError
from kkb.rapat.lembar import Key, MapView
from kkb.rows import Row, by, first, records
from kkb.selection import CLASS, STATUS, Options, Selection
from kkb.store import Warehouse

T = TypeVar("T")
Ask = Callable[..., pd.DataFrame]
"""Puts a question of `kkb.queries`, without the warehouse and with its parameters by name."""
CLASSES_FILE, RECAP_FILE = "kampung_kb_klasifikasi.csv", "kampung_kb_rekap.csv"


@dataclass(frozen=True)
class Basis:
    """One version, how it is asked, a kecamatan or None for the kabupaten, the period in which each indicator with
    values of villages is looked at, today, and whether only an outline is wanted."""

    warehouse: Warehouse
    ask: Ask
    area: str | None
    periods: Mapping[str, str]
    today: date
    is_outline: bool = False

    @property
    def period(self) -> str:
        """The day of the status."""
        return self.periods[STATUS]

    @property
    def scored(self) -> str:
        """The day of the classes."""
        return self.periods[CLASS]

    def drawn(self, make: Callable[[], T]) -> T | None:
        """A map, chart or table, made for the show and the files only; None in an outline."""
        return None if self.is_outline else make()

    @cached_property
    def regency(self) -> Row:
        """The kabupaten."""
        return first(self.ask(queries.regency))

    @cached_property
    def districts(self) -> dict[str, Row]:
        """Kecamatan by code, by name; those of the area only."""
        return {k: r for k, r in self.all_districts.items() if self.area in (None, k)}

    @cached_property
    def all_districts(self) -> dict[str, Row]:
        """Every kecamatan of the kabupaten by code, by name."""
        return by(self.ask(queries.districts), "kode_kecamatan")

    @cached_property
    def places(self) -> dict[str, Row]:
        """Every village of the kabupaten by code."""
        return by(self.ask(queries.villages), "kode_desa")

    @cached_property
    def area_name(self) -> str:
        """'Kabupaten Tabalong' or 'Kecamatan Tanta'."""
        if self.area is None:
            return _("Kabupaten {name}").format(name=self.regency["nama_kabupaten"])
        return _("Kecamatan {name}").format(name=self.districts[self.area]["nama_kecamatan"])

    @cached_property
    def short_name(self) -> str:
        """'Tabalong' or 'Kec. Tanta', as in the title of a page."""
        if self.area is None:
            return str(self.regency["nama_kabupaten"])
        return _("Kec. {name}").format(name=self.districts[self.area]["nama_kecamatan"])

    @cached_property
    def indicators(self) -> dict[str, Row]:
        """The catalogue by code."""
        return by(self.ask(queries.indicators), "kode_indikator")

    @cached_property
    def board(self) -> Board:
        """The way up to the next class, of every Kampung KB of the area. EmptyError when no rule was in force."""
        rules = self.ask(queries.item_rules)
        rule = klasifikasi.in_force(klasifikasi.rules(rules), self.scored)
        if rule is None:
            raise EmptyError
        return jalur.board(
            self.scored,
            rule,
            "berikut",
            rules,
            {c: tuple(o.strip() for o in str(self.indicators[c]["opd"]).split(";")) for c in rule.items},
            self.ask(queries.item_scores, periode=self.scored, kecamatan=self.area),
            self.recaps,
        )

    @cached_property
    def recaps(self) -> pd.DataFrame:
        """One row per Kampung KB of the area: its latest recap."""
        return self.ask(queries.recap, periode=self.scored, kecamatan=self.area)

    @cached_property
    def status(self) -> pd.DataFrame:
        """One row per village of the kabupaten: its status."""
        return self.ask(queries.village_values, indikator=STATUS, periode=self.period)

    @cached_property
    def classes(self) -> pd.DataFrame:
        """One row per village of the kabupaten: its class or why it has none."""
        return self.ask(queries.village_values, indikator=CLASS, periode=self.scored)

    @cached_property
    def publishers(self) -> dict[str, str]:
        """Fact file -> publisher."""
        return {k: str(r["penerbit"]) for k, r in by(self.sources, "berkas").items()}

    @cached_property
    def sources(self) -> list[Row]:
        """The fact files."""
        return records(self.ask(queries.sources))

    @cached_property
    def status_source(self) -> str:
        """The publishers of the status."""
        return "; ".join(self.ask(queries.value_sources, indikator=STATUS, periode=self.period)["sumber"])

    def inside(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of the area."""
        return rows if self.area is None else rows[rows["kode_kecamatan"] == self.area]

    def map_of(
        self, indicator: str, period: str, values: pd.DataFrame, district: str | None, village: str | None = None
    ) -> MapView:
        """The map of an indicator; the legend counts the villages of `district`, or of all the kabupaten."""
        if indicator not in self._legends:
            self._legends[indicator] = records(self.ask(queries.legend, indikator=indicator))
        counted = values[values["kode_kecamatan"] == district] if district else values
        counts = maps.class_counts(counted)
        keys = tuple(
            Key(
                str(r["kode_kelas"]),
                field(r, "label"),
                str(r["warna"]),
                r["motif"] if isinstance(r["motif"], str) and r["motif"] else None,
                counts.get(r["kode_kelas"], 0),
                r["bagian"] == "keadaan",
            )
            for r in self._legends[indicator]
            if r["bagian"] == "kelas" or counts.get(r["kode_kelas"])
        )
        title = f"{field(self.indicators[indicator], 'nama')}, {fmt.period(period)}"
        told = "; ".join(f"{k.label}: {fmt.number(k.count)}" for k in keys)
        return MapView(
            title,
            _("Peta {title}. {counts}.").format(title=title, counts=told),
            keys,
            dict(zip(values["kode_desa"], maps.states(values), strict=True)),
            district,
            village,
        )

    @cached_property
    def _legends(self) -> dict[str, list[Row]]:
        return {}

    def source(self, publisher: str, period: str, extra: str = "") -> str:
        """The line on source and date."""
        words = _("Sumber: {source}. Data per {period}.").format(source=publisher, period=fmt.period(period))
        return f"{words} {extra}".strip()

    @property
    def choice(self) -> Mapping[str, str]:
        """The selection that shows this area in the dashboard."""
        return {"kecamatan": self.area} if self.area else {}


def asking(warehouse: Warehouse) -> Ask:
    """Questions put to the warehouse itself."""
    return lambda question, **parameters: question(warehouse, **parameters)


def basis(
    warehouse: Warehouse,
    chosen: Selection,
    options: Options,
    today: date,
    *,
    is_outline: bool = False,
    ask: Ask | None = None,
) -> Basis:
    """What the pack of the chosen area and day rests on. `ask` puts questions to this version where answers are
    remembered. EmptyError when there is no status or no class."""
    if STATUS not in options.periode or CLASS not in options.periode:
        raise EmptyError
    periods = {code: selection.period_of(chosen, code, options) for code in options.periode}
    return Basis(warehouse, ask or asking(warehouse), chosen.kecamatan, periods, today, is_outline)


def plain(markdown: str) -> str:
    """A sentence without the marks of Markdown."""
    return re.sub(r"\*\*|^- ", "", markdown)
