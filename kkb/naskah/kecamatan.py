"""The ranking of the kecamatan in words: the finding, what small numbers do to it, who moved, and the like groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute.kecamatan import GROUPS, Measure
from kkb.rows import Row, records

NAMED = 3
"""Up to so many kecamatan are named; more are counted."""


def measure_name(indicator: Row, by: Measure) -> str:
    """What a kecamatan is ranked by, as a heading."""
    if by.kind == "bagian":
        return _("Bagian Kampung KB Mandiri ke atas") if by.is_official else _("Cakupan Kampung KB")
    return field(indicator, "nama") if by.kind == "ya" else _("Rata-rata {name}").format(name=field(indicator, "nama"))


def villages_name(values: pd.DataFrame) -> str:
    """What the villages are called that an indicator is meant for, out of `queries.village_values`."""
    if (values["keadaan"] == "tidak_dinilai").any():
        return _("Kampung KB")
    return _("desa") if (values["keadaan"] == "tidak_berlaku").any() else _("desa/kelurahan")


def figure(value: Any, by: Measure, indicator: Row) -> str:
    """The figure of a kecamatan: '18,3%' or '2,63'."""
    if by.is_share or indicator["satuan"] == "%":
        return fmt.percent(value, by.decimals)
    return fmt.number(value, by.decimals)


def count(row: Row | Mapping[str, float], by: Measure) -> str:
    """What a figure is counted from: '2 dari 6'; a dash where the indicator is meant for no village."""
    if not row["jumlah"]:
        return fmt.MISSING
    return fmt.of(row["bagian"], row["n"]) if by.is_share else fmt.of(row["n"], row["jumlah"])


def counted(by: Measure, villages: str) -> str:
    """What n and N are."""
    words = {"villages": villages}
    if by.kind == "ya":
        return _("n dari N: {villages} yang menjawab ya dari yang memiliki nilai.").format(**words)
    if by.kind == "rata":
        return _("Nilai: rata-rata tanpa bobot. n dari N: {villages} yang memiliki nilai dari seluruhnya.").format(
            **words
        )
    if by.is_official:
        return _("n dari N: Kampung KB Mandiri atau Berkelanjutan dari seluruh Kampung KB.")
    return _("n dari N: Kampung KB dari seluruh desa/kelurahan.")


def title(table: pd.DataFrame, by: Measure, indicator: Row) -> str:
    """The finding of the ranking: who leads and who is last, or that there is no difference."""
    name = measure_name(indicator, by)
    ranks = table[table["peringkat"].notna()]
    if ranks.empty:
        return _("{measure}: belum ada kecamatan yang datanya lengkap").format(measure=name)
    if len(ranks) < len(table):
        name = _("{measure} di {n} kecamatan yang datanya lengkap").format(measure=name, n=fmt.number(len(ranks)))
    best, last = (ranks[ranks["peringkat"] == p] for p in (ranks["peringkat"].min(), ranks["peringkat"].max()))
    if len(best) == len(ranks):
        return _("{measure}: semuanya sama ({value})").format(
            measure=name, value=_told(records(best)[0], by, indicator)
        )
    words = {
        "measure": name,
        "best": _names(best),
        "last": _names(last),
        "best_value": _told(records(best)[0], by, indicator),
        "last_value": _told(records(last)[0], by, indicator),
    }
    if by.kind == "bagian" and not by.is_official and ranks["bagian"].nunique() == 1:
        return _(
            "Tiap kecamatan memiliki {n} Kampung KB; cakupan tertinggi di {best} ({best_value}), terendah di {last} "
            "({last_value})"
        ).format(n=fmt.number(ranks["bagian"].iloc[0]), **words)
    if not by.is_rising:
        return _("{measure}: terendah di {best} ({best_value}), tertinggi di {last} ({last_value})").format(**words)
    return _("{measure}: tertinggi di {best} ({best_value}), terendah di {last} ({last_value})").format(**words)


def _told(row: Row, by: Measure, indicator: Row) -> str:
    return fmt.of(row["bagian"], row["n"]) if by.is_share else figure(row["nilai"], by, indicator)


def _names(rows: pd.DataFrame) -> str:
    if len(rows) > NAMED:
        return _("{n} kecamatan").format(n=fmt.number(len(rows)))
    return fmt.names([str(n) for n in rows["nama_kecamatan"]])


def small_numbers(table: pd.DataFrame, by: Measure, villages: str) -> str:
    """What one village does to a figure, so that a narrow lead is not taken for more than it is."""
    ranks = table[table["peringkat"].notna()]
    if ranks.empty:
        return ""
    few, many = int(ranks["n"].min()), int(ranks["n"].max())
    if not by.is_share:
        count = fmt.number(few) if few == many else f"{fmt.number(few)}–{fmt.number(many)}"
        return _(
            "Tiap rata-rata dihitung dari {n} {villages}, sehingga satu di antaranya dapat menggeser peringkat."
        ).format(n=count, villages=villages)
    low, high = fmt.number(100 / many, 1), fmt.number(100 / few, 1)
    sentence = _("Satu {village} setara dengan {points} poin persen.").format(
        village=_("Kampung KB") if by.kind == "bagian" else villages,
        points=low if low == high else f"{low}–{high}",
    )
    can = ranks[ranks["peringkat_tambah"].notna()].sort_values("peringkat", ascending=False)
    return f"{sentence} {one_more(records(can)[0], by, villages)}" if len(can) else sentence


def one_more(row: Row, by: Measure, villages: str) -> str:
    """Where one village more would take a kecamatan; '' where none is left, or where more is not better."""
    if pd.isna(row["peringkat_tambah"]) or not by.is_rising:
        return ""
    again = _("Kampung KB Mandiri ke atas") if by.is_official else _("Kampung KB") if by.kind == "bagian" else villages
    words = {
        "village": again,
        "name": row["nama_kecamatan"],
        "now": fmt.number(row["peringkat"]),
        "then": fmt.number(row["peringkat_tambah"]),
    }
    if row["peringkat_tambah"] == row["peringkat"]:
        return _("Dengan tambahan satu {village}, {name} tetap di peringkat {now}.").format(**words)
    return _("Dengan tambahan satu {village}, {name} beralih dari peringkat {now} ke {then}.").format(**words)


def waiting(table: pd.DataFrame, by: Measure, villages: str) -> str:
    """Which kecamatan have villages without a report, and what that means for their place; '' when none has."""
    rows = table[table["belum_melapor"] > 0]
    if rows.empty:
        return ""
    words = {"names": fmt.names([str(n) for n in rows["nama_kecamatan"]]), "villages": villages}
    if by.is_official:
        return _(
            "Kotak bergaris: Kampung KB dengan laporan kosong, sehingga portal memberi skor 1 pada butirnya ({names}). "
            "Kelas resminya dihitung seperti yang terbit."
        ).format(**words)
    return _(
        "Tidak diperingkat karena ada {villages} yang belum melapor: {names}. Angkanya hanya dari yang melapor."
    ).format(**words)


def moved(table: pd.DataFrame, earlier: str | None, period: str) -> str:
    """Who won and who lost places since the earlier date."""
    if earlier is None:
        return _("{period} adalah tanggal data pertama, sehingga belum ada perubahan peringkat.").format(
            period=fmt.period(period)
        )
    since = fmt.period(earlier)
    known = table[table["naik"].notna()]
    if known.empty:
        return _("Perubahan sejak {since} belum dapat dihitung.").format(since=since)
    up, down = known[known["naik"] > 0], known[known["naik"] < 0]
    told = [
        words.format(names=_names(rows))
        for words, rows in ((_("naik peringkat: {names}"), up), (_("turun peringkat: {names}"), down))
        if len(rows)
    ]
    if told:
        return _("Sejak {since}, {what}.").format(since=since, what="; ".join(told))
    if (known["selisih"] == 0).all():
        return _("Sejak {since} angka dan peringkat tidak berubah.").format(since=since)
    return _("Sejak {since} peringkat tidak berubah.").format(since=since)


def change(row: Row, by: Measure) -> str:
    """What changed for one kecamatan: '+50,0 poin persen, naik 2 peringkat'; '' when it cannot be told."""
    if pd.isna(row["naik"]):
        return ""
    places = fmt.number(abs(row["naik"]))
    rank = (
        _("naik {n} peringkat").format(n=places)
        if row["naik"] > 0
        else _("turun {n} peringkat").format(n=places)
        if row["naik"] < 0
        else ""
    )
    if row["selisih"]:
        amount = ("+" if row["selisih"] > 0 else "−") + fmt.number(abs(row["selisih"]), by.decimals)
        value = _("{n} poin persen").format(n=amount) if by.is_share else amount
        return f"{value}, {rank}" if rank else _("{value}, peringkat tetap").format(value=value)
    return _("angka tetap, {rank}").format(rank=rank) if rank else _("tetap")


def rank_words(rank: Any, tied: int, of: Any) -> str:
    """'3 dari 12 (bersama 2 lainnya)'; a dash without a rank."""
    if pd.isna(rank):
        return fmt.MISSING
    return fmt.of(rank, of) + (f" {together(tied)}" if tied else "")


def together(tied: int) -> str:
    """'(bersama 2 lainnya)', as ties are shown in the open."""
    return _("(bersama {n} lainnya)").format(n=fmt.number(tied))


def no_rank() -> str:
    """Stands where a rank would be."""
    return _("tanpa peringkat")


def group_names(mean: float) -> dict[str, str]:
    """The like groups of kecamatan, by the code `kecamatan.groups` gives; `mean` is villages a kecamatan."""
    size = fmt.number(mean, 1)
    return {
        "kelurahan": _("Memiliki kelurahan"),
        "sedikit": _("Hanya desa, kurang dari {n}").format(n=size),
        "banyak": _("Hanya desa, {n} atau lebih").format(n=size),
    }


def group_rule(mean: float, districts: int) -> str:
    """How the groups were made."""
    return _(
        "Kelompok untuk pembandingan, bukan penetapan resmi: kecamatan yang memiliki kelurahan; sisanya dibagi menurut "
        "jumlah desanya, di bawah atau di atas rata-rata {n} kecamatan ({mean} desa/kelurahan)."
    ).format(n=fmt.number(districts), mean=fmt.number(mean, 1))


def groups_title(table: pd.DataFrame) -> str:
    """The finding of the groups: who leads in each."""
    best = table[table["peringkat_kelompok"] == 1]
    told = [_names(part) for code in GROUPS if len(part := best[best["kelompok"] == code])]
    if not told:
        return _("Belum ada kelompok yang dapat diperingkat")
    return _("Peringkat 1 di kelompoknya: {names}").format(names="; ".join(told))


def maps_title(table: pd.DataFrame, by: Measure) -> str:
    """What the little maps show."""
    if by.kind == "bagian" and not by.is_official:
        with_none = table[table["bagian"] == 0]
        if with_none.empty:
            return _("{n} kecamatan, masing-masing dengan sekurang-kurangnya {k} Kampung KB").format(
                n=fmt.number(len(table)), k=fmt.number(table["bagian"].min())
            )
        return _("Belum ada Kampung KB di {names}").format(names=_names(with_none))
    return _("{n} kecamatan, satu peta kecil tiap kecamatan").format(n=fmt.number(len(table)))


def matrix_title(best: dict[str, int], measures: int) -> str:
    """The finding of all measures side by side; `best` is kecamatan -> in how many it is first, alone or not."""
    most = max(best.values(), default=0)
    if not most:
        return _("Semua ukuran berdampingan")
    leaders = fmt.names([name for name, n in best.items() if n == most])
    return _("Paling sering di peringkat 1: {names}, pada {n} ukuran").format(names=leaders, n=fmt.of(most, measures))
