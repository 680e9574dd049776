"""The class page in words: the mix, who moved and why, the weakest items, the comparison."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute.perubahan import INDICES, NO_STATUS, NOT_SCORED, PASS_MARK, Tally, upper_share
from kkb.rows import Row, first, records

ARROW = "\u00a0→ "
"""Keeps to the figure before it."""


def state_name(code: str) -> str:
    """A class, or what stands in for it."""
    if code == NO_STATUS:
        return _("Belum Kampung KB")
    return _("Belum dinilai") if code == NOT_SCORED else fmt.class_name(code)


def movement_label(movement: str, n: int) -> str:
    """'3 naik', for a band of the flow picture."""
    words = {
        "naik": _("{n} naik"),
        "turun": _("{n} turun"),
        "tetap": _("{n} tetap"),
        "baru": _("{n} baru"),
        "lepas": _("{n} tidak lagi dinilai"),
    }
    return words[movement].format(n=fmt.number(n))


def page_title(moved: Tally, mix: dict[str, int], area: str, earlier: str | None, period: str) -> str:
    """The finding: how many rose and fell since the earlier date, or the lowest class when there is none."""
    if not sum(mix.values()):
        return _("Belum ada Kampung KB di {area} yang dinilai per {period}").format(
            area=area, period=fmt.period(period)
        )
    if earlier is None:
        return _("{n} Kampung KB di {area} berkelas Dasar per {period}").format(
            n=fmt.of(mix["dasar"], sum(mix.values())), area=area, period=fmt.period(period)
        )
    words = {"n": fmt.number(moved.rose + moved.fell), "up": fmt.number(moved.rose), "down": fmt.number(moved.fell)}
    if moved.rose and moved.fell:
        sentence = _("{up} Kampung KB di {area} naik kelas dan {down} turun sejak {since}")
    elif moved.rose:
        sentence = _("{up} Kampung KB di {area} naik kelas, tidak ada yang turun sejak {since}")
    elif moved.fell:
        sentence = _("{down} Kampung KB di {area} turun kelas, tidak ada yang naik sejak {since}")
    else:
        sentence = _("Tidak ada Kampung KB di {area} yang berubah kelas sejak {since}")
    return sentence.format(area=area, since=fmt.period(earlier), **words)


def mix_words(mix: Mapping[str, int]) -> str:
    """'10 Dasar, 6 Berkembang, 4 Mandiri, dan 4 Berkelanjutan'; classes that no village is in are left out."""
    told = [f"{fmt.number(n)} {fmt.class_name(k)}" for k, n in mix.items() if n]
    return fmt.names(told) if told else _("belum ada Kampung KB yang dinilai")


def class_mix(mix: Mapping[str, int], area: str, period: str) -> str:
    """How many Kampung KB are in each class; '' when there is none."""
    if not sum(mix.values()):
        return ""
    return _("Per {period}, {n} Kampung KB di {area} terdiri atas {mix}.").format(
        period=fmt.period(period), n=fmt.number(sum(mix.values())), area=area, mix=mix_words(mix)
    )


def movement(moved: pd.DataFrame, counts: Tally, earlier: str | None) -> str:
    """Who rose and fell since the earlier date, from which class to which, how many stayed; '' without such a date."""
    if earlier is None or not counts.total:
        return ""
    sentences = [
        (_("naik kelas: {names}"), "naik"),
        (_("turun kelas: {names}"), "turun"),
        (_("baru dinilai: {names}"), "baru"),
        (_("tidak lagi dinilai: {names}"), "lepas"),
    ]
    told: list[str] = []
    for words, kind in sentences:
        rows = records(moved[moved["gerak"] == kind])
        if rows:
            told.append(words.format(names=fmt.names([f"{r['nama_desa']} ({from_to(r)})" for r in rows])))
    if not told:
        return _("Dibandingkan dengan {since}, seluruh {n} Kampung KB tetap pada kelasnya.").format(
            since=fmt.period(earlier), n=fmt.number(counts.stayed)
        )
    if counts.stayed:
        told.append(_("{n} lainnya tetap").format(n=fmt.number(counts.stayed)))
    return _("Dibandingkan dengan {since}, {what}.").format(since=fmt.period(earlier), what="; ".join(told))


def nothing_earlier(period: str) -> str:
    """Stands where the moves would be, on the first date."""
    return _("{period} adalah tanggal data pertama, sehingga perubahan kelas belum dapat ditampilkan.").format(
        period=fmt.period(period)
    )


def from_to(row: Row) -> str:
    """'Dasar → Mandiri'."""
    return f"{state_name(row['kelas_lama'])}{ARROW}{state_name(row['kelas_baru'])}"


def flow_title(counts: Tally) -> str:
    """The finding of the flow picture."""
    return _("{n} Kampung KB tetap pada kelasnya").format(n=fmt.of(counts.stayed, counts.total))


def moved_title(counts: Tally) -> str:
    """The finding of the list beside it."""
    n = counts.total - counts.stayed
    if n == 0:
        return _("Tidak ada yang berubah kelas")
    return _("{n} berubah kelas; butir yang skornya berubah").format(n=fmt.number(n))


def index_changes(row: Row) -> str:
    """Which indices of a village moved between the dates: 'Output 2,25 → 3,25 (mencapai 3)'; '' when none did."""
    names = {
        "indeks_input": _("Indeks input"),
        "indeks_proses": _("Indeks proses"),
        "indeks_output": _("Indeks output"),
    }
    told: list[str] = []
    for name in INDICES:
        before, after = row[f"{name}_lama"], row[f"{name}_baru"]
        if pd.isna(before) or pd.isna(after) or before == after:
            continue
        words = f"{names[name]} {fmt.number(before, 2)}{ARROW}{fmt.number(after, 2)}"
        if (before < PASS_MARK) != (after < PASS_MARK):
            crossing = _("mencapai {n}") if after >= PASS_MARK else _("turun di bawah {n}")
            words = f"{words} ({crossing.format(n=fmt.number(PASS_MARK))})"
        told.append(words)
    return "; ".join(told)


def item_changes(changes: pd.DataFrame, items: Mapping[str, Row]) -> str:
    """Which items of a village changed: 'Pokja 3 → 4; CPR 1 (belum melapor) → 4'; '' when none did."""
    return "; ".join(
        f"{field(items[r['kode_indikator']], 'item')} {_score(r, 'lama')}{ARROW}{_score(r, 'baru')}"
        for r in records(changes)
    )


def _score(row: Row, date: str) -> str:
    score = fmt.number(row[f"nilai_{date}"])
    if row[f"keadaan_{date}"] == "ada":
        return score
    return _("{score} (belum melapor)").format(score=score)


def scores_title(weak: pd.DataFrame) -> str:
    """The finding of the table of scores: how many are below the pass mark, and of how many nothing was reported."""
    words = _("{n} skor butir di bawah {mark}").format(
        n=fmt.of(weak["di_bawah"].sum(), weak["jumlah"].sum()), mark=fmt.number(PASS_MARK)
    )
    return words + _silent(int(weak["belum_melapor"].sum()))


def _silent(n: int) -> str:
    return _(", termasuk {n} belum melapor").format(n=fmt.number(n)) if n else ""


def weak_title(weak: pd.DataFrame, items: Mapping[str, Row]) -> str:
    """The finding of the list of items: the one most often below the pass mark."""
    worst = first(weak)
    if worst["di_bawah"] == 0:
        return _("Tidak ada butir di bawah {mark}").format(mark=fmt.number(PASS_MARK))
    return _("Butir yang paling sering di bawah {mark}: {item}, {n} Kampung KB").format(
        mark=fmt.number(PASS_MARK),
        item=field(items[worst["kode_indikator"]], "item"),
        n=fmt.of(worst["di_bawah"], worst["jumlah"]),
    )


def weakest(weak: pd.DataFrame, items: Mapping[str, Row]) -> str:
    """The three items most often below the pass mark, and how many villages of each did not report."""
    told = []
    for row in records(weak[weak["di_bawah"] > 0].head(3)):
        n = fmt.of(row["di_bawah"], row["jumlah"]) + _silent(row["belum_melapor"])
        told.append(f"{field(items[row['kode_indikator']], 'item')} ({n})")
    if not told:
        return ""
    return _("Butir yang paling sering di bawah {mark}: {items}.").format(
        mark=fmt.number(PASS_MARK), items=fmt.names(told)
    )


def comparison_title(mixes: Mapping[str, dict[str, int]], names: Mapping[str, str]) -> str:
    """The finding of the comparison: the share of the two upper classes in each area."""
    if not mixes:
        return _("Tidak ada pembanding untuk tanggal ini")
    shares = [f"{names[code]} {fmt.percent(upper_share(mix))}" for code, mix in mixes.items()]
    return _("Mandiri dan Berkelanjutan: {shares}").format(shares=fmt.names(shares))


def comparison(mixes: Mapping[str, dict[str, int]], names: Mapping[str, str]) -> str:
    """The same as a sentence; '' when there is nothing to compare with."""
    if not mixes:
        return ""
    shares = [
        _("{percent} di {area}").format(percent=fmt.percent(upper_share(m)), area=names[c]) for c, m in mixes.items()
    ]
    return _("Kampung KB berkelas Mandiri atau Berkelanjutan pada tanggal yang sama: {shares}.").format(
        shares=fmt.names(shares)
    )


def report_day(reports: pd.DataFrame) -> str:
    """Of which recap the state 'belum melapor' is."""
    if reports.empty or reports["tanggal_rekap"].isna().all():
        return _("Belum ada rekap laporan sampai dengan tanggal ini.")
    return _("Keadaan “belum melapor” menurut rekap portal per {day}.").format(
        day=fmt.day(reports["tanggal_rekap"].max())
    )


def comparison_caption(period: str) -> str:
    """What the bars of the comparison are."""
    return _("Bagian tiap kelas dari seluruh Kampung KB, {period} (banyaknya dalam kurung).").format(
        period=fmt.period(period)
    )


def comparison_note(district: str | None) -> str:
    """What the areas hold, and that a chosen kecamatan does not narrow them."""
    note = _("Angka provinsi dan Indonesia mencakup Kampung KB kabupaten ini.")
    if district is None:
        return note
    kept = _("Perbandingan tetap pada tingkat kabupaten meskipun satu kecamatan dipilih.")
    return f"{note} {kept}"


def both_days(earlier: str, period: str) -> str:
    """The two dates of a picture of moves."""
    return _("{earlier} dan {later}").format(earlier=fmt.period(earlier), later=fmt.period(period))


def history_note() -> str:
    """How to read the class history."""
    return _("Satuan: Kampung KB. Kotak bergaris tebal menandai tanggal yang dipilih.")


def flow_note() -> str:
    """How to read the picture of moves, and what it cannot show."""
    return _("Satuan: Kampung KB. Perubahan yang berbalik di antara kedua tanggal tidak tampak.")


def stayed_note(counts: Tally) -> str:
    """The villages that are counted but not listed; '' when there is none."""
    if not counts.stayed:
        return ""
    return _("{n} Kampung KB yang tetap hanya dihitung; semuanya ada dalam tabel.").format(n=fmt.number(counts.stayed))
