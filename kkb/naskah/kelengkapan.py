"""The page of completeness in words: who reported, what is blank, what is old, and what the catalogue lacks."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import kelengkapan as compute
from kkb.compute import kewajaran
from kkb.naskah.rekap import labels
from kkb.rows import Row, records


def report_name(code: str) -> str:
    """A report of the recap, within a sentence."""
    return {"kb": _("laporan KB"), "poktan": _("laporan poktan")}[code]


def part_name(code: str) -> str:
    """A part of the columns of the recap."""
    return {
        "pokja": _("Pokja"),
        "mekanisme": _("Dukungan dan mekanisme"),
        "penduduk": _("Kependudukan"),
        "poktan": _("Poktan"),
        "kb": _("KB"),
    }[code]


def columns() -> dict[str, str]:
    """Column of the recap -> its name on screen."""
    return {
        **labels(),
        "is_pokja_pengurus": _("Pengurus Pokja"),
        "is_pokja_sk": _("SK Pokja"),
        "is_pokja_pelatihan": _("Pelatihan Pokja"),
        "is_plkb_pendamping": _("Pendampingan PKB/PLKB"),
        "is_regulasi": _("Regulasi"),
        "regulasi_jumlah": _("Banyaknya regulasi"),
        "is_rkm": _("Rencana Kerja Masyarakat"),
        "is_penggunaan_data": _("Penggunaan data"),
    }


def short_columns() -> dict[str, str]:
    """Shorter names of some columns, for where the name of their part stands above them."""
    return {
        "anak_kemudian_pasangan": _("Ingin anak kemudian"),
        "tidak_ingin_anak_pasangan": _("Tidak ingin anak lagi"),
        "hamil_pasangan": _("Hamil"),
        "anak_segera_pasangan": _("Ingin anak segera"),
    }


def state_name(code: object) -> str:
    """State of a report or column in one recap, as short as a cell; an en dash where the recap lacks the village."""
    names = {
        compute.BLANK: _("kosong"),
        compute.FIRST: _("terisi"),
        compute.NEW: _("baru"),
        compute.SAME: _("sama"),
        compute.FILLED: _("terisi"),
        compute.SILENT: _("belum melapor"),
    }
    return names.get(str(code), fmt.MISSING)


def recap_day(reports: pd.DataFrame) -> date | None:
    """The day of the latest recap behind `queries.reporting`; None when there is none."""
    days = reports["tanggal_rekap"].dropna()
    return days.max() if len(days) else None


def title(reports: pd.DataFrame, area: str) -> str:
    """The finding: how many Kampung KB lack either report."""
    total = len(reports)
    if not total:
        return _("Belum ada Kampung KB di {area} yang dinilai").format(area=area)
    if recap_day(reports) is None:
        return _("Belum ada rekap laporan Kampung KB di {area}").format(area=area)
    kb, groups = (int((~reports[c]).sum()) for c in ("is_lapor_kb", "is_lapor_poktan"))
    if not kb + groups:
        return _("Laporan KB dan laporan poktan terisi pada semua {n} Kampung KB di {area}").format(
            n=fmt.number(total), area=area
        )
    if not kb or not groups:
        only = _("{n} Kampung KB di {area} belum melapor KB; laporan poktan terisi pada semuanya")
        if not kb:
            only = _("{n} Kampung KB di {area} belum melapor poktan; laporan KB terisi pada semuanya")
        return only.format(n=fmt.of(kb + groups, total), area=area)
    sentence = _("{kb} Kampung KB di {area} belum melapor KB dan {poktan} belum melapor poktan")
    return sentence.format(kb=fmt.of(kb, total), area=area, poktan=fmt.number(groups))


def silence(row: Row) -> str:
    """Since when a report is blank, from a row of `standing`: 'kosong pada semua 13 rekap sejak 7 Juni 2022'."""
    words = {
        "n": fmt.number(row["rekap_kosong"]),
        "since": fmt.day(row["kosong_sejak"]),
        "last": fmt.day(row["terisi_terakhir"]),
    }
    if row["rekap_kosong"] < row["jumlah_rekap"]:
        return _("kosong pada {n} rekap terakhir sejak {since}; terakhir terisi pada rekap {last}").format(**words)
    if row["rekap_kosong"] == 1:
        return _("kosong pada rekap {since}").format(**words)
    return _("kosong pada semua {n} rekap sejak {since}").format(**words)


def silences(rows: list[Row]) -> str:
    """The blank reports of one village, those with the same words together; '' when none is blank."""
    told: dict[str, list[str]] = {}
    for row in rows:
        if row["keadaan"] == compute.BLANK:
            told.setdefault(silence(row), []).append(report_name(row["laporan"]))
    return "; ".join(f"{fmt.names(reports)} {words}" for words, reports in told.items())


def to_remind(n: int) -> str:
    """The finding over the list of villages with a blank report."""
    return _("{n} Kampung KB dengan laporan kosong").format(n=fmt.number(n)) if n else _("Tidak ada laporan kosong")


def news(told: pd.DataFrame) -> str:
    """The finding of the table of reports over the recaps: how often other figures came in after the first recap."""
    days = told["tanggal"].drop_duplicates()
    if len(days) < 2:
        return _("Baru ada satu rekap, {day}, sehingga belum ada pembanding").format(day=fmt.day(days.max()))
    later = told[told["tanggal"] > days.min()]
    fresh = {
        r: fmt.of((rows := later[later["laporan"] == r])["keadaan"].eq(compute.NEW).sum(), len(rows))
        for r in compute.REPORTS
    }
    return _("Setelah rekap {since}, angka baru ada pada {kb} laporan KB dan {poktan} laporan poktan").format(
        since=fmt.day(days.min()), **fresh
    )


def grid_caption(told: pd.DataFrame) -> str:
    """What the table of reports is, and of how many villages and recaps."""
    return _("Isi laporan {n} Kampung KB pada {m} rekap portal; yang laporannya kosong di atas.").format(
        n=fmt.number(told["kode_desa"].nunique()), m=fmt.number(told["tanggal"].nunique())
    )


def last_filled(row: Row) -> str:
    """The last recap in which a report was filled, short."""
    if pd.isna(row["terisi_terakhir"]):
        return _("tidak pernah")
    return fmt.short_period(row["terisi_terakhir"].date().isoformat())


def blanks_title(grid: pd.DataFrame) -> str:
    """The finding of the table of columns: how much is blank, and where most."""
    blank = grid != compute.FILLED
    n = int(blank.to_numpy().sum())
    if not n:
        return _("Semua kolom rekap terisi")
    share = {p: blank[list(cs)].to_numpy().mean() for p, cs in compute.COLUMNS.items()}
    part = max(share, key=lambda p: share[p])
    return _("{n} isian rekap kosong; bagian terbesar pada kelompok {part} ({percent})").format(
        n=fmt.of(n, grid.size), part=part_name(part), percent=fmt.percent(100 * share[part])
    )


def blank_note() -> str:
    """What a blank can mean, and what it cannot tell."""
    return _(
        "Portal menulis nol, tidak ada, dan belum diisi dengan cara yang sama, yaitu kosong. Jumlah anggota Pokja atau "
        "sumber dana sebesar 1 dapat berupa angka pengganti dari portal, tetapi di sini dihitung sebagai terisi."
    )


def unchanged_groups(alike: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """Which villages have the same figures since the same recap, oldest first; `alike` is `kewajaran.unchanged`."""
    old = alike[alike["is_lama"]].sort_values(["sejak", "jumlah_rekap"])
    groups: dict[tuple[object, int], list[str]] = {}
    for row in records(old):
        groups.setdefault((row["sejak"], row["jumlah_rekap"]), []).append(names[row["kode_desa"]])
    return [
        _("Sejak {since} ({n} rekap): {villages}.").format(
            since=fmt.day(since), n=fmt.number(n), villages=fmt.names(sorted(villages))
        )
        for (since, n), villages in groups.items()
    ]


def unchanged_title(alike: pd.DataFrame, is_known: bool) -> str:
    """How many villages have figures that never change; `is_known` when the recaps reach far enough back to tell."""
    if not is_known:
        return _("Rekap belum mencakup {days} hari, sehingga angka yang tidak berubah belum dapat dinilai").format(
            days=fmt.number(kewajaran.STALE_DAYS)
        )
    return _("Angka {n} Kampung KB sama persis selama {days} hari atau lebih").format(
        n=fmt.of(int(alike["is_lama"].sum()), len(alike)), days=fmt.number(kewajaran.STALE_DAYS)
    )


def plausibility_title(n: int, villages: int) -> str:
    """How many notes ask for a look, and on how many villages."""
    if not n:
        return _("Tidak ada angka yang saling bertentangan pada aturan yang dapat diperiksa")
    return _("{n} catatan kewajaran pada {villages} Kampung KB").format(n=fmt.number(n), villages=fmt.number(villages))


def plausibility_note() -> str:
    """What a note is and whose the limits are."""
    return _(
        "Catatan ini bukan kesalahan yang pasti; angkanya perlu diperiksa bersama pengisi laporan. Batas aturan "
        "ditetapkan aplikasi ini, bukan ketentuan resmi."
    )
