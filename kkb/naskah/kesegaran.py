"""The age of the sources and the gaps of the catalogue in words."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.rows import Row, by, records

RECAP = "kampung_kb_rekap.csv"


def age(period: object, newest: str) -> str:
    """How old the last date of a source is beside the newest date of the Kampung KB data."""
    if not isinstance(period, str):
        return fmt.MISSING
    if len(period) < 10:
        return _("hanya sampai tahun; tidak dihitung") if len(period) == 4 else _("hanya sampai bulan; tidak dihitung")
    days = days_between(period, newest)
    if not days:
        return _("tanggal data terbaru")
    words = _("{n} hari lebih tua") if days > 0 else _("{n} hari lebih baru")
    return words.format(n=fmt.number(abs(days)))


def days_between(earlier: str, later: str) -> int:
    """Days from one day to another, both 'YYYY-MM-DD'."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def freshness_title(dates: pd.DataFrame, newest: str) -> str:
    """The finding of the list of sources: the age of the recap beside the newest date."""
    last = by(dates[dates["berkas"].notna()], "berkas").get(RECAP)
    days = days_between(last["periode_akhir"], newest) if last else 0
    if days <= 0:
        return _("Data terbaru per {day}").format(day=fmt.period(newest))
    return _("Rekap laporan {n} hari lebih tua daripada data klasifikasi terbaru").format(n=fmt.number(days))


def today_line(newest: str, today: date) -> str:
    """How old the newest data are on a day that is named; '' when they are of that day."""
    days = days_between(newest, today.isoformat())
    if days <= 0:
        return ""
    return _("Pada {today}, data Kampung KB terbaru ({newest}) sudah berumur {n} hari.").format(
        today=fmt.day(today), newest=fmt.period(newest), n=fmt.number(days)
    )


def source_name(row: Row) -> str:
    """What a dated fact file holds; `berkas` is missing for village values of other indicators."""
    names = {
        RECAP: _("Rekap laporan Kampung KB"),
        "kampung_kb_klasifikasi.csv": _("Skor dan kelas Kampung KB"),
        "pembanding_klasifikasi.csv": _("Kelas Kampung KB di wilayah pembanding"),
        "idm.csv": _("IDM menurut desa"),
        "idm_kabupaten.csv": _("IDM kabupaten"),
        "nilai_indikator.csv": _("Angka kabupaten yang sudah terbit"),
        "fakta.csv": _("Fakta kabupaten"),
    }
    return names[row["berkas"]] if row["berkas"] in names else _("Nilai indikator lain per desa")


def catalogue_title(indicators: pd.DataFrame) -> str:
    """How many indicators of the catalogue have no value of any village."""
    return _("{n} indikator katalog belum ada data per desa").format(
        n=fmt.of(int((indicators["jumlah_periode"] == 0).sum()), len(indicators))
    )


def by_office(missing: pd.DataFrame) -> dict[str, list[str]]:
    """The office named first -> the names of its indicators, the office with most on top."""
    found: dict[str, list[str]] = {}
    for row in records(missing):
        found.setdefault(row["opd"].split(";")[0].strip(), []).append(field(row, "nama"))
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def catalogue_note(missing: pd.DataFrame) -> str:
    """Which of them are not village figures, and what is not counted here."""
    words = _(
        "Angka turunan (misalnya cakupan) dan angka tingkat kabupaten tidak dihitung sebagai nilai per desa. "
        "Penanggung jawab masih usulan; bila lebih dari satu, dicantumkan pada yang disebut pertama."
    )
    regency = int((missing["tingkat"] == "kabupaten").sum())
    if not regency:
        return words
    first = _("{n} di antaranya indikator tingkat kabupaten.").format(n=fmt.number(regency))
    return f"{first} {words}"
