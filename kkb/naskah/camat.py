"""The sheet of one kecamatan in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.camat import Run
from kkb.compute.jalur import Village
from kkb.naskah import naik_kelas
from kkb.rows import Row


def title(name: str, reached: int, villages: int, found: Sequence[Village]) -> str:
    """The finding: coverage, and what comes first: a report, the nearest class, or nothing more."""
    words = {"name": name, "n": fmt.of(reached, villages)}
    if not found:
        return _("Kec. {name}: belum ada Kampung KB dari {n} desa/kelurahan").format(name=name, n=fmt.number(villages))
    waiting = [v for v in found if v.waits]
    open_ = sorted((v for v in found if v.is_open and v.points), key=lambda v: (v.points, v.name))
    if waiting:
        then = _waiting(waiting)
    elif open_:
        then = _("{village} kurang {n} poin ke {reached}").format(
            village=open_[0].name, n=fmt.number(open_[0].points), reached=naik_kelas.reached(open_[0])
        )
    elif all(v.group == "sampai" for v in found):
        then = _("semuanya sudah Berkelanjutan")
    else:
        return _("Kec. {name}: {n} desa/kelurahan sudah Kampung KB").format(**words)
    return _("Kec. {name}: {n} desa/kelurahan sudah Kampung KB; {then}").format(then=then, **words)


def _waiting(villages: Sequence[Village]) -> str:
    names = fmt.names([v.name for v in villages])
    if len({v.waits for v in villages}) > 1:
        return _("{names} belum melapor").format(names=names)
    return _("{names} belum mengirim {reports}").format(names=names, reports=naik_kelas.reports(villages[0].waits))


def identity(row: Row, area: float, period: str, version: str) -> str:
    """What stands under the title, on paper as well: code, villages, area, date and version of the data."""
    return _(
        "Kecamatan {name}, Kabupaten {regency} · kode {code} · {desa} desa dan {kelurahan} kelurahan · {area} km² · "
        "data per {period} · versi data {version}"
    ).format(
        name=row["nama_kecamatan"],
        regency=row["nama_kabupaten"],
        code=code(str(row["kode_kecamatan"])),
        desa=fmt.number(row["jumlah_desa"]),
        kelurahan=fmt.number(row["jumlah_kelurahan"]),
        area=fmt.number(area, 2),
        period=fmt.period(period),
        version=version,
    )


def code(text: str) -> str:
    """'630903' -> '63.09.03'."""
    return f"{text[:2]}.{text[2:4]}.{text[4:]}"


def kampung_title(found: Sequence[Village]) -> str:
    """The finding on its Kampung KB: how many in which class."""
    if not found:
        return _("Belum ada Kampung KB")
    counts = pd.Series([v.kelas for v in found]).value_counts()
    mix = fmt.names([f"{fmt.number(n)} {fmt.class_name(str(k))}" for k, n in counts.items()])
    return _("{n} Kampung KB: {mix}").format(n=fmt.number(len(found)), mix=mix)


def need(village: Village) -> str:
    """What one Kampung KB lacks for the class above, as Markdown."""
    if village.group == "sampai":
        return _("Sudah di kelas tertinggi.")
    if village.waits:
        text = _("**Lapor dahulu:** kirim {reports}; skor 1 dari portal bukan capaian.").format(
            reports=naik_kelas.reports(village.waits)
        )
        if village.points:
            text += " " + _("Setelah laporan masuk, kekurangannya paling banyak {n} poin.").format(
                n=fmt.number(village.points)
            )
        return text
    if village.plan is None:
        return _("{target} tidak tercapai dalam batas skor.").format(target=fmt.class_name(village.target))
    return _("**Kurang {n} poin ke {reached}** ({missing}).").format(
        n=fmt.number(village.points), reached=naik_kelas.reached(village), missing=naik_kelas.missing(village)
    )


def example(count: int) -> str:
    """Stands before the steps of one of the cheapest ways."""
    if count == 1:
        return _("Satu-satunya cara dengan poin sesedikit itu:")
    return _("Salah satu dari {n} cara dengan poin sesedikit itu:").format(n=fmt.number(count))


def standing_title(row: Row, ranked: int, tied: str) -> str:
    """The finding of where the kecamatan stands: its rank by coverage."""
    return _("Peringkat cakupan {rank}").format(rank=f"{fmt.of(row['peringkat'], ranked)} {tied}".strip())


def left_title(rows: pd.DataFrame, year: str | None, labels: Mapping[str, str]) -> str:
    """The finding on the villages without the status: how many, and their IDM classes."""
    if rows.empty:
        return _("Semua desa/kelurahan sudah Kampung KB")
    n = fmt.number(len(rows))
    known = rows[rows["idm_keadaan"] == "ada"] if year else rows.head(0)
    if known.empty:
        return _("{n} desa/kelurahan belum Kampung KB").format(n=n)
    counts = known["idm_kelas"].value_counts()
    mix = fmt.names([f"{fmt.number(counts[k])} {label}" for k, label in labels.items() if k in counts])
    return _("{n} desa/kelurahan belum Kampung KB; IDM {year}: {mix}").format(n=n, year=year, mix=mix)


def left_note(rows: pd.DataFrame) -> str:
    """How the list is ordered, and for how many the IDM does not apply."""
    told = [_("Urut nama; bukan urutan penetapan.")]
    none = int((rows["idm_keadaan"] == "tidak_berlaku").sum())
    if none:
        told.append(_("IDM tidak berlaku untuk {n} kelurahan.").format(n=fmt.number(none)))
    return " ".join(told)


def history_title(runs: Mapping[str, Sequence[Run]], names: Mapping[str, str]) -> str:
    """The finding of the classes over time: which villages changed."""
    if not runs:
        return _("Belum ada kelas")
    changed = [names[code] for code, found in runs.items() if len(found) > 1]
    if not changed:
        return _("Kelas tidak berubah sejak data pertama")
    return _("{names} pernah berubah kelas").format(names=fmt.names(changed))


def run_words(run: Run) -> str:
    """The dates of one run, and how many of them lack a report: '13 Jun 2022–22 Nov 2022, 3 tanggal belum melapor'."""
    days = fmt.short_period(run.first)
    if run.last != run.first:
        days = f"{days}–{fmt.short_period(run.last)}"
    if not run.silent:
        return days
    return _("{days}; belum melapor pada {n} tanggal").format(days=days, n=fmt.of(run.silent, run.n))


def coverage_history(history: pd.DataFrame, period: str) -> str:
    """Coverage over the dates in one sentence."""
    rows = history[history["periode"] <= period]
    first, last = rows.iloc[0], rows.iloc[-1]
    words = {
        "first": fmt.period(first["periode"]),
        "last": fmt.period(last["periode"]),
        "n": fmt.of(last["jumlah_kampung_kb"], last["jumlah_wilayah"]),
        "before": fmt.of(first["jumlah_kampung_kb"], first["jumlah_wilayah"]),
        "dates": fmt.number(len(rows)),
    }
    if len(rows) == 1:
        return _("Cakupan {n} pada tanggal data pertama, {last}.").format(**words)
    if rows["jumlah_kampung_kb"].nunique() == 1:
        return _("Cakupan tetap {n} pada {dates} tanggal data, {first} sampai dengan {last}.").format(**words)
    return _("Cakupan {before} pada {first} menjadi {n} pada {last}.").format(**words)


def neighbours_title(rows: pd.DataFrame) -> str:
    """The finding on the kecamatan around: how many border it."""
    return _("Berbatasan dengan {n} kecamatan").format(n=fmt.number(len(rows)))
