"""One typed function per question. Each runs the SQL file of its own name; what one row is stands at its top.

`periode` is a date as exact as its source: 'YYYY-MM-DD' or 'YYYY'. `kecamatan` is a 6-digit code, None for all.
All answers are fresh tables the caller may change. They raise StoreError only through the warehouse itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from kkb.store import Warehouse

SQL = Path(__file__).parent / "sql"


@cache
def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def regency(warehouse: Warehouse) -> pd.DataFrame:
    """The kabupaten on display: one row."""
    return warehouse.rows(_sql("regency"), {})


def regencies(warehouse: Warehouse) -> pd.DataFrame:
    """One row per kabupaten of the version, in the order of the codes."""
    return warehouse.rows(_sql("regencies"), {})


def districts(warehouse: Warehouse) -> pd.DataFrame:
    """One row per kecamatan, by name."""
    return warehouse.rows(_sql("districts"), {})


def villages(warehouse: Warehouse) -> pd.DataFrame:
    """One row per village, in the order of the codes."""
    return warehouse.rows(_sql("villages"), {})


def map_indicators(warehouse: Warehouse) -> pd.DataFrame:
    """One row per indicator with village values; `periode` lists its periods, oldest first."""
    return warehouse.rows(_sql("map_indicators"), {})


def legend(warehouse: Warehouse, indikator: str) -> pd.DataFrame:
    """One row per class of the indicator's map scheme, then per state without a class."""
    return warehouse.rows(_sql("legend"), {"indikator": indikator})


def village_values(warehouse: Warehouse, indikator: str, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per village: `nilai` (may be missing), `kelas` (missing unless keadaan is 'ada'), `keadaan`."""
    parameters = {"indikator": indikator, "periode": periode, "kecamatan": kecamatan}
    return warehouse.rows(_sql("village_values"), parameters)


def coats(warehouse: Warehouse, kunci: list[str]) -> pd.DataFrame:
    """One row per village and indicator named in `kunci` as 'KODE|periode': its value, class and state."""
    return warehouse.rows(_sql("coats"), {"kunci": kunci})


def value_sources(warehouse: Warehouse, indikator: str | None, periode: str) -> pd.DataFrame:
    """One row per source of the village values of an indicator, or of each, in a period: `sumber` as text."""
    return warehouse.rows(_sql("value_sources"), {"indikator": indikator, "periode": periode})


def village_profile(warehouse: Warehouse, desa: str | None, sampai: str) -> pd.DataFrame:
    """One row per indicator of one village (None: of each), latest period up to a day; empty for an unknown code."""
    return warehouse.rows(_sql("village_profile"), {"desa": desa, "sampai": sampai})


def village_facts(warehouse: Warehouse, desa: str | None) -> pd.DataFrame:
    """One row on one village (None: on each), whatever the date; empty for an unknown code."""
    return warehouse.rows(_sql("village_facts"), {"desa": desa})


def coverage_history(warehouse: Warehouse, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per classification date: `jumlah_kampung_kb` of `jumlah_wilayah`."""
    return warehouse.rows(_sql("coverage_history"), {"kecamatan": kecamatan})


def district_coverage(warehouse: Warehouse, periode: str) -> pd.DataFrame:
    """One row per kecamatan: `jumlah_kampung_kb` of `jumlah_wilayah`, and the gap."""
    return warehouse.rows(_sql("district_coverage"), {"periode": periode})


def class_counts(warehouse: Warehouse, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per classification date and class, 0 where none."""
    return warehouse.rows(_sql("class_counts"), {"kecamatan": kecamatan})


def class_moves(warehouse: Warehouse, dari: str, sampai: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per village whose class differs between two dates; `langkah` is positive for a rise."""
    parameters = {"dari": dari, "sampai": sampai, "kecamatan": kecamatan}
    return warehouse.rows(_sql("class_moves"), parameters)


def last_change(warehouse: Warehouse, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row: the latest earlier date with another class somewhere in the area; missing when none."""
    return warehouse.rows(_sql("last_change"), {"periode": periode, "kecamatan": kecamatan})


def reporting(warehouse: Warehouse, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per Kampung KB: whether its reports are filled in the latest recap up to that date."""
    return warehouse.rows(_sql("reporting"), {"periode": periode, "kecamatan": kecamatan})


def comparison(warehouse: Warehouse, periode: str) -> pd.DataFrame:
    """One row per kabupaten/kota of the province and one for Indonesia ('00', rank missing)."""
    return warehouse.rows(_sql("comparison"), {"periode": periode})


def target(warehouse: Warehouse, indikator: str) -> pd.DataFrame:
    """One row per target year of one indicator for the kabupaten, with its source; a coverage in percent as a number of
    villages."""
    return warehouse.rows(_sql("target"), {"indikator": indikator})


def facts(warehouse: Warehouse) -> pd.DataFrame:
    """One row per dated fact."""
    return warehouse.rows(_sql("facts"), {})


def indicators(warehouse: Warehouse) -> pd.DataFrame:
    """One row per indicator of the catalogue, with how many periods of data it has."""
    return warehouse.rows(_sql("indicators"), {})


def item_scores(warehouse: Warehouse, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per Kampung KB and item: `nilai` 1-4, `keadaan` ada or belum_melapor, and the village's `kelas`."""
    return warehouse.rows(_sql("item_scores"), {"periode": periode, "kecamatan": kecamatan})


def recap(warehouse: Warehouse, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per Kampung KB: its latest recap up to one date; figures missing where not reported, flags boolean."""
    return warehouse.rows(_sql("recap"), {"periode": periode, "kecamatan": kecamatan})


def item_rules(warehouse: Warehouse) -> pd.DataFrame:
    """One row per item of each class rule, with its limits; for `compute.klasifikasi.rules`."""
    return warehouse.rows(_sql("item_rules"), {})


def sources(warehouse: Warehouse) -> pd.DataFrame:
    """One row per fact file and its publisher."""
    return warehouse.rows(_sql("sources"), {})


def map_layer(warehouse: Warehouse, nama: str) -> pd.DataFrame:
    """One row: the layer set as JSON text; empty for an unknown name."""
    return warehouse.rows(_sql("map_layer"), {"nama": nama})


def village_classes(warehouse: Warehouse, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per Kampung KB: `kelas` and `indeks_input`, `indeks_proses`, `indeks_output`, missing if not scored."""
    return warehouse.rows(_sql("village_classes"), {"periode": periode, "kecamatan": kecamatan})


def village_history(warehouse: Warehouse, desa: str | None) -> pd.DataFrame:
    """One row per classification date of one village (None: of each): `kelas`, and the indices `input`, `proses`,
    `output`."""
    return warehouse.rows(_sql("village_history"), {"desa": desa})


def village_neighbours(warehouse: Warehouse, desa: str, periode: str) -> pd.DataFrame:
    """One row per village that shares a border with one village, with its `keadaan` and `kelas` at a date."""
    return warehouse.rows(_sql("village_neighbours"), {"desa": desa, "periode": periode})


def village_idm(warehouse: Warehouse, desa: str | None) -> pd.DataFrame:
    """One row per IDM figure of one village (None: of each), latest year, with the medians of its kecamatan and of the
    kabupaten."""
    return warehouse.rows(_sql("village_idm"), {"desa": desa})


def recap_history(warehouse: Warehouse, periode: str, desa: str | None = None) -> pd.DataFrame:
    """One row per recap of each Kampung KB, or of one village, up to one date, oldest first."""
    return warehouse.rows(_sql("recap_history"), {"periode": periode, "desa": desa})


def source_dates(warehouse: Warehouse) -> pd.DataFrame:
    """One row per fact file whose rows carry dates: `periode_awal`, `periode_akhir`; `berkas` missing for others."""
    return warehouse.rows(_sql("source_dates"), {})


def indicator_states(warehouse: Warehouse, periode: str, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per indicator with village values: its period up to a date, and how many villages are in each state."""
    return warehouse.rows(_sql("indicator_states"), {"periode": periode, "kecamatan": kecamatan})


def district_neighbours(warehouse: Warehouse, kecamatan: str) -> pd.DataFrame:
    """One row per kecamatan that borders one kecamatan, with the number of pairs of villages that touch."""
    return warehouse.rows(_sql("district_neighbours"), {"kecamatan": kecamatan})


def district_history(warehouse: Warehouse, kecamatan: str) -> pd.DataFrame:
    """One row per Kampung KB of one kecamatan and classification date: `kelas`, and `is_belum_melapor`."""
    return warehouse.rows(_sql("district_history"), {"kecamatan": kecamatan})


def neighbours(warehouse: Warehouse) -> pd.DataFrame:
    """One row per village and village that shares a border with it: `kode_desa`, `kode_tetangga`."""
    return warehouse.rows(_sql("neighbours"), {})


def offices(warehouse: Warehouse) -> pd.DataFrame:
    """One row per office that tasks can be given to: `kode_opd`, `nama`, `nama_en`, `singkatan`, `is_usulan`."""
    return warehouse.rows(_sql("offices"), {})


def village_activities(warehouse: Warehouse, desa: str | None = None, kecamatan: str | None = None) -> pd.DataFrame:
    """One row per activity in a village, the latest first; only `kode_desa`, `periode`, `kegiatan` and `sumber` are
    never missing."""
    return warehouse.rows(_sql("village_activities"), {"desa": desa, "kecamatan": kecamatan})


def duties(warehouse: Warehouse) -> pd.DataFrame:
    """One row per indicator and office it is proposed for: `peran` utama or pendukung, the main office first."""
    return warehouse.rows(_sql("duties"), {})


def targets(warehouse: Warehouse) -> pd.DataFrame:
    """One row per target of an indicator, an area ('00' for the national one) and a year, with its source."""
    return warehouse.rows(_sql("targets"), {})


def area_values(warehouse: Warehouse) -> pd.DataFrame:
    """One row per published figure of an area larger than a village, with its source."""
    return warehouse.rows(_sql("area_values"), {})


def activities(warehouse: Warehouse) -> pd.DataFrame:
    """One row per activity of Inpres 3/2022: aim, programme, ministry, and the `indikator` codes that measure it."""
    return warehouse.rows(_sql("activities"), {})


def area_coverage(warehouse: Warehouse, periode: str, induk: str) -> pd.DataFrame:
    """One row per province (`induk` '00') or per kabupaten of a province on one date: counts, share and class; missing
    where no kabupaten has a classification then."""
    return warehouse.rows(_sql("area_coverage"), {"periode": periode, "induk": induk})


def coverage_dates(warehouse: Warehouse) -> pd.DataFrame:
    """One row per date on which any kabupaten of the version has a classification, oldest first."""
    return warehouse.rows(_sql("coverage_dates"), {})


def area_legend(warehouse: Warehouse) -> pd.DataFrame:
    """One row per class of the coverage of areas, and one for those without data; empty with one kabupaten."""
    return warehouse.rows(_sql("area_legend"), {})


def area_layer(warehouse: Warehouse, induk: str) -> pd.DataFrame:
    """One row: the layer set of the areas right below the nation ('00') or a province; empty with one kabupaten."""
    return warehouse.rows(_sql("area_layer"), {"induk": induk})


def place_search(warehouse: Warehouse, kata: str) -> pd.DataFrame:
    """One row per village, kecamatan or kabupaten of the version whose name is like `kata`, best first, at most 20."""
    return warehouse.rows(_sql("place_search"), {"kata": kata})
