"""The report of an import, the journal and the agreements as lines to print, in Indonesian."""

from __future__ import annotations

from collections.abc import Sequence

from kkb import format as fmt
from kkb import journal
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement
from kkb.errors import SHOWN
from kkb.journal import Entry
from kkb.naskah import kesepakatan as naskah
from kkb.terima import Report

TABLES = {
    "klasifikasi": "skor dan kelas",
    "rekap": "rekap",
    "pembanding_klasifikasi": "pembanding",
    "idm": "IDM",
    "indeks_desa": "Indeks Desa",
    "keputusan": "SK Kampung KB",
    "kegiatan": "kegiatan",
    "target": "target",
    "nilai_indikator": "nilai indikator",
}
"""What a table is called in a report."""


def lines(report: Report) -> list[str]:
    """What was read, matched and set aside; what is wrong or odd; and the difference to what is published."""
    found = report.contribution
    when = f", data per {fmt.period(found.as_of)}" if found.as_of else ""
    counts = {
        "cocok": found.matched,
        "dari kabupaten lain disisihkan": found.outside,
        "baris jumlah atau yang disisihkan": found.aside,
        "isian kosong": found.blank,
        "masalah": len(found.problems),
    }
    kept = ", ".join(f"{fmt.number(n)} {words}" for words, n in counts.items() if n or words in ("cocok", "masalah"))
    told = [f"{report.name}: {found.kind}{when}", f"Dibaca {fmt.number(found.read)} baris: {kept}", *found.told]
    told += _listed("MASALAH", [str(p) for p in found.problems])
    if found.problems:
        told.append("  Perbaiki sel yang disebutkan, lalu ulangi. Tidak ada yang disimpan.")
    told += [f'  MUNGKIN {q.shown}: --nama "{q.key}={(q.near or ("",))[0]}"' for q in found.questions]
    told += _listed("PERLU DIPERIKSA", [str(p) for p in found.warnings])
    told += _listed("PERLU DIPERIKSA", [f"{village}: {words}" for village, words in report.notes])
    changed = report.changes.groupby("tabel")["kunci"].nunique()
    for name, fresh in report.fresh.items():
        title = TABLES[name]
        counts_ = f"{fmt.number(fresh)} baris baru, {changed.get(name, 0)} berubah, {report.same[name]} sama"
        told.append(f"{title[0].upper()}{title[1:]}: {counts_}")
    for row in report.changes.to_dict("records"):
        old, new = row["lama"] or "kosong", row["baru"] or "kosong"
        told.append(f"  {TABLES[row['tabel']]} {row['kunci']}, {row['kolom']}: {old} → {new}")
    if report.is_empty and not found.problems:
        told.append("Tidak ada perbedaan dengan yang sudah terbit; tidak ada yang perlu diterbitkan.")
    return told


def _listed(mark: str, items: Sequence[str]) -> list[str]:
    more = [f"  … dan {len(items) - SHOWN} lagi"] if len(items) > SHOWN else []
    return [*(f"  {mark} {item}" for item in items[:SHOWN]), *more]


def agreement_lines(agreements: Sequence[Agreement], today: str) -> list[str]:
    """One line per agreement, the latest first, and whose it is; areas and offices by their codes."""
    told = []
    for a in compute.ordered(agreements, today):
        where, met = ", ".join(a.wilayah), naskah.meeting(a.rapat, a.tanggal_rapat)
        told.append(f"{a.nomor}. {naskah.state(a, today)}: {a.isi} [{a.kode_opd}; {where}; {met}; {naskah.dates(a)}]")
    return told or ["Buku kesepakatan masih kosong."]


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
