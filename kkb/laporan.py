"""The report of an import and the journal as lines to print, in Indonesian."""

from __future__ import annotations

from collections.abc import Sequence

from kkb import format as fmt
from kkb import journal
from kkb.journal import Entry
from kkb.terima import Report

_TABLES = {"klasifikasi": "skor dan kelas", "rekap": "rekap", "pembanding_klasifikasi": "pembanding"}


def lines(report: Report) -> list[str]:
    """What was read, matched and set aside; what is wrong or odd; and the difference to what is published."""
    found = report.contribution
    told = [
        f"{report.path.name}: {found.kind}, data per {fmt.period(found.as_of)}",
        f"Dibaca {fmt.number(found.read)} baris: {fmt.number(found.matched)} cocok, "
        f"{fmt.number(found.outside)} dari kabupaten lain disisihkan, {fmt.number(len(found.problems))} masalah",
    ]
    told += [f"  MASALAH {problem}" for problem in found.problems]
    told += [f"  PERLU DIPERIKSA {problem}" for problem in found.warnings]
    told += [f"  PERLU DIPERIKSA {village}: {words}" for village, words in report.notes]
    changed = report.changes.groupby("tabel")["kunci"].nunique()
    for name, fresh in report.fresh.items():
        counts = f"{fresh} baris baru, {changed.get(name, 0)} berubah, {report.same[name]} sama"
        told.append(f"{_TABLES[name].capitalize()}: {counts}")
    for row in report.changes.to_dict("records"):
        told.append(
            f"  {row['tabel']} {row['kunci']}, {row['kolom']}: {row['lama'] or 'kosong'} → {row['baru'] or 'kosong'}"
        )
    if report.is_empty:
        told.append("Tidak ada perbedaan dengan yang sudah terbit; tidak ada yang perlu diterbitkan.")
    return told


def journal_lines(entries: Sequence[Entry]) -> list[str]:
    """One line per entry, newest first, with those that were taken back marked."""
    standing = {e.nomor for e in journal.standing(entries)}
    told = []
    for entry in reversed(entries):
        what = (
            f"batalkan entri {entry.membatalkan}"
            if entry.membatalkan is not None
            else f"{entry.jenis} per {fmt.period(entry.per)}, {entry.berkas}{', koreksi' if entry.koreksi else ''}"
        )
        mark = "" if entry.nomor in standing else " [dibatalkan]"
        note = f" · {entry.catatan}" if entry.catatan else ""
        told.append(f"{entry.nomor}. {fmt.moment(entry.saat)}, {entry.oleh}: {what}{note}{mark}")
    return told or ["Jurnal masih kosong."]
