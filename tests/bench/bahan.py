"""What the pages that we measure against share: villages, values, classes and colours of the current warehouse.

All is remembered for each version of the data, as our own page does, so that no page is slow because it asks again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import pandas as pd

from kkb import config, queries, store
from kkb import format as fmt
from kkb.bahasa import field
from kkb.compute import ringkasan
from kkb.store import Warehouse

STATUS = "KKB00"
"""The indicator with which every page begins."""
ALL = "Semua kecamatan"
DECIMALS = {"indeks": 2, "idm": 4, "subindeks": 4}
EDGE = "#595959"


def current() -> Warehouse:
    """The warehouse that is published. KkbError when there is none."""
    return store.current(config.var_dir())


@cache
def layer(version: str) -> dict[str, Any]:
    """The layer set of our own map, of one version of the data."""
    found: dict[str, Any] = json.loads(queries.map_layer(current(), "peta")["isi"].iloc[0])
    return found


def ring(deltas: list[int]) -> list[list[float]]:
    """One closed ring as [longitude, latitude]."""
    points, lat, lon = [], 0, 0
    for north, east in zip(deltas[::2], deltas[1::2], strict=True):
        lat, lon = lat + north, lon + east
        points.append([lon / 1e4, lat / 1e4])
    return [*points, points[0]]


@cache
def villages(version: str) -> list[dict[str, Any]]:
    """The villages as GeoJSON features in the order of their codes, with as many vertices as our own map has: place in
    that order `i`, name `n`, kecamatan `c`."""
    return [
        {
            "type": "Feature",
            "properties": {"i": place, "n": unit["n"], "c": unit["c"]},
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring(r) for r in p] for p in unit["g"]]},
        }
        for place, unit in enumerate(layer(version)["unit"])
    ]


def bounds(version: str, district: str = ALL) -> tuple[float, float, float, float]:
    """West, south, east and north of a kecamatan by its name, or of all."""
    chosen = [v for v in villages(version) if district in (ALL, v["properties"]["c"])]
    points = [p for v in chosen for part in v["geometry"]["coordinates"] for r in part for p in r]
    east, north = zip(*points, strict=True)
    return min(east), min(north), max(east), max(north)


@cache
def indicators(version: str) -> dict[str, dict[str, Any]]:
    """Rows of the indicators by code, in the order of our own box."""
    rows: list[dict[str, Any]] = queries.map_indicators(current()).to_dict("records")
    groups = {"KKB": 0, "SK": 1, "DS": 2}
    rows.sort(key=lambda row: (groups.get(row["kode_indikator"][:-2], 3), row["kode_indikator"]))
    return {row["kode_indikator"]: row for row in rows}


@cache
def districts(version: str) -> list[str]:
    """Names of the kecamatan, and before them the choice of all."""
    return [ALL, *sorted({str(v["properties"]["c"]) for v in villages(version)})]


@dataclass(frozen=True)
class Picture:
    """One indicator on one date: values in the order of the codes, the class or state of each village, the legend."""

    indicator: dict[str, Any]
    period: str
    values: pd.DataFrame
    legend: list[dict[str, Any]]

    @property
    def states(self) -> pd.Series:
        """Code of the class of each village, or of the reason why it has none."""
        return self.values["kelas"].where(self.values["kelas"].notna(), self.values["keadaan"])

    @property
    def title(self) -> str:
        """The heading."""
        return f"{field(self.indicator, 'nama')}: {int(self.values['nilai'].notna().sum())} desa/kelurahan dengan nilai"

    @property
    def source(self) -> str:
        """The line below the map."""
        return f"Sumber: Portal Kampung KB, BKKBN; IDM, Kemendes. Data per {fmt.period(self.period)}."

    @property
    def colours(self) -> list[str]:
        """Colour of each village."""
        by_code = {row["kode_kelas"]: row["warna"] for row in self.legend}
        return [by_code[state] for state in self.states]

    @property
    def labels(self) -> list[str]:
        """Words for the class of each village."""
        by_code = {row["kode_kelas"]: field(row, "label") for row in self.legend}
        return [by_code[state] for state in self.states]

    @property
    def numbers(self) -> list[str] | None:
        """Value of each village in words, empty where there is none; None when the classes say it all."""
        decimals = DECIMALS.get(self.indicator["skema_peta"])
        if decimals is None:
            return None
        return ["" if pd.isna(v) else fmt.number(v, decimals) for v in self.values["nilai"]]

    @property
    def shown(self) -> list[tuple[dict[str, Any], int]]:
        """Rows of the legend that are shown, with the number of villages."""
        counts = self.states.value_counts()
        rows = [r for r in self.legend if r["bagian"] == "kelas" or r["kode_kelas"] in counts]
        return [(row, int(counts.get(row["kode_kelas"], 0))) for row in rows]


@cache
def picture(version: str, code: str, period: str | None = None) -> Picture:
    """An indicator on a date, the last one unless told."""
    indicator = indicators(version)[code]
    day = str(period or indicator["periode"][-1])
    legend = queries.legend(current(), code).to_dict("records")
    return Picture(indicator, day, queries.village_values(current(), code, day), legend)


@cache
def figures(version: str, period: str) -> list[tuple[str, str, str]]:
    """The numbers beside the map: name, number, note."""
    warehouse = current()
    reached, many = ringkasan.coverage_at(queries.coverage_history(warehouse), period)
    mix = ringkasan.at_period(queries.class_counts(warehouse), period)
    reports = queries.reporting(warehouse, period)
    top = mix.get("mandiri", 0) + mix.get("berkelanjutan", 0)
    return [
        ("Kampung KB", fmt.of(reached, many), fmt.share(reached, many)),
        ("Belum", fmt.number(many - reached), "desa/kelurahan"),
        ("Mandiri ke atas", fmt.of(top, reached), "dua kelas teratas"),
        ("Melapor KB", fmt.of(int(reports["is_lapor_kb"].sum()), len(reports)), "Kampung KB"),
    ]


@cache
def bars(version: str, period: str) -> pd.DataFrame:
    """Coverage per kecamatan, the least first."""
    rows = queries.district_coverage(current(), period)
    rows = rows.assign(bagian=rows["jumlah_kampung_kb"] / rows["jumlah_wilayah"])
    return rows.sort_values(["bagian", "nama_kecamatan"], ascending=[True, False])


def beginning(version: str) -> str:
    """The date with which every page begins."""
    return picture(version, STATUS).period


def legend_html(shown: Picture) -> str:
    """The legend for pages that take HTML."""
    box = f"display:inline-block;width:17px;height:13px;border:1px solid {EDGE};background:"
    items = (
        f'<span style="margin-right:1rem"><i style="{box}{row["warna"]}"></i> '
        f"{escape(field(row, 'label'))}: <b>{fmt.number(count)}</b></span>"
        for row, count in shown.shown
    )
    return f"<div>{''.join(items)}</div>"


def figures_html(version: str, period: str) -> str:
    """The numbers beside the map for pages that take HTML."""
    rows = figures(version, period)
    cells = (f"<div><small>{n}</small><br><b>{v}</b><br><small>{t}</small></div>" for n, v, t in rows)
    return f'<div style="display:grid;grid-template-columns:1fr 1fr;gap:.6rem">{"".join(cells)}</div>'
