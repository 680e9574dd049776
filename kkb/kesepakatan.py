"""The book of what was agreed in meetings: `kesepakatan.jsonl` in the data folder, one event a line.

Nothing is ever changed or deleted: a status, a comment, another due date or a correction is one more line. Every event
is checked against the book as it is at that moment, under the lock that imports take as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kkb import buku, log
from kkb.bahasa import _
from kkb.build.giliran import turn
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Activity, Agreement, Event
from kkb.errors import EntryError, StoreError
from kkb.ingest import pribadi
from kkb.teks import one_line

FILE = "kesepakatan.jsonl"
LONGEST, NAME = 500, 120
"""Characters of a text, and of the name of a meeting."""
YEARS = 10
"""A due date lies at most so many years after the meeting."""


@dataclass(frozen=True)
class Known:
    """The codes there are in the data on display: areas, offices and indicators."""

    wilayah: frozenset[str]
    opd: frozenset[str]
    indikator: frozenset[str]


@dataclass(frozen=True)
class Draft:
    """An agreement as it was typed in; days are ISO 8601, '' when not said."""

    rapat: str
    tanggal_rapat: str
    isi: str
    wilayah: Sequence[str]
    kode_opd: str
    tenggat: str
    kode_indikator: str = ""


def events(folder: Path) -> tuple[Event, ...]:
    """All events, oldest first. StoreError names the line that cannot be read."""
    found = buku.read(folder / FILE, Event, _unreadable, _sound)
    _folded(found)
    return found


def agreements(folder: Path) -> tuple[Agreement, ...]:
    """The agreements as they stand, by number. StoreError as `events`."""
    return compute.fold(events(folder))


def _sound(event: Event) -> None:
    date.fromisoformat(event.tenggat or event.tanggal or event.saat[:10])


def _folded(found: Sequence[Event]) -> None:
    """StoreError for the first line that does not follow from those before it."""
    try:
        compute.fold(found)
    except ValueError as error:
        raise _unreadable(next(n for n in range(1, len(found) + 1) if not _follows(found[:n]))) from error


def _follows(found: Sequence[Event]) -> bool:
    try:
        compute.fold(found)
    except ValueError:
        return False
    return True


def _unreadable(row: int) -> StoreError:
    return StoreError(
        _("Buku kesepakatan {name} baris {row} tidak dapat dibaca.").format(name=FILE, row=row),
        _(
            "Pengelola server: pulihkan berkas itu dari cadangan. Bila hanya baris terakhir yang terpotong, hapus "
            "potongan itu: baris yang terpotong belum pernah tercatat."
        ),
    )


def open_new(folder: Path, who: str, draft: Draft, known: Known, today: str) -> Agreement:
    """Write a new agreement down. EntryError says what is wrong with it."""
    name = _words(draft.rapat, _("nama rapat"), NAME)
    met = _day(draft.tanggal_rapat, _("tanggal rapat"), until=today)
    words = _words(draft.isi, _("isi kesepakatan"), LONGEST)
    areas = _areas(draft.wilayah, known.wilayah)
    if draft.kode_opd not in known.opd:
        raise EntryError(
            _("Perangkat daerah penanggung jawab belum dipilih atau tidak dikenal."),
            _("Pilih satu perangkat daerah dari daftar."),
        )
    if draft.kode_indikator and draft.kode_indikator not in known.indikator:
        raise EntryError(
            _("Indikator {code} tidak dikenal.").format(code=draft.kode_indikator[:20]),
            _("Pilih dari daftar, atau kosongkan."),
        )
    due = _due(draft.tenggat, met)

    def made(_now: dict[int, Agreement], number: int) -> dict[str, Any]:
        return {
            "jenis": compute.OPENED,
            "kesepakatan": number,
            "rapat": name,
            "tanggal_rapat": met,
            "isi": words,
            "wilayah": areas,
            "kode_opd": draft.kode_opd,
            "tenggat": due,
            "kode_indikator": draft.kode_indikator,
        }

    return _write(folder, who, made)


def set_status(
    folder: Path, who: str, number: int, status: str, day: str, today: str, note: str = "", met: str = ""
) -> Agreement:
    """Give an agreement another status, since a day."""
    if status not in compute.STATUSES:
        raise EntryError(_("Status “{status}” tidak dikenal.").format(status=status[:20]), _("Pilih dari daftar."))
    told = _words(note, _("komentar"), LONGEST, required=False)

    def made(now: dict[int, Agreement], _number: int) -> dict[str, Any]:
        agreement = _found(now, number)
        since = _day(day, _("tanggal status"), since=agreement.tanggal_rapat, until=today)
        if (agreement.status, agreement.pada) == (status, since):
            raise EntryError(
                _("Status kesepakatan nomor {n} memang sudah demikian.").format(n=number),
                _("Pilih status atau tanggal lain, atau tulis komentar."),
            )
        return {"jenis": compute.STATUS, "kesepakatan": number, "status": status, "tanggal": since, "catatan": told}

    return _write(folder, who, made, met)


def comment(folder: Path, who: str, number: int, note: str, met: str = "") -> Agreement:
    """Write a comment."""
    told = _words(note, _("komentar"), LONGEST)

    def made(now: dict[int, Agreement], _number: int) -> dict[str, Any]:
        return {"jenis": compute.COMMENT, "kesepakatan": _found(now, number).nomor, "catatan": told}

    return _write(folder, who, made, met)


def move_due(folder: Path, who: str, number: int, due: str, reason: str, met: str = "") -> Agreement:
    """Give an open agreement another due date; the old one stays in its history."""
    told = _words(reason, _("alasan penggeseran"), LONGEST)

    def made(now: dict[int, Agreement], _number: int) -> dict[str, Any]:
        agreement = _found(now, number)
        if not agreement.is_open:
            raise EntryError(
                _("Kesepakatan nomor {n} sudah selesai atau batal.").format(n=number),
                _("Ubah statusnya lebih dahulu bila memang dibuka lagi."),
            )
        new = _due(due, agreement.tanggal_rapat)
        if new == agreement.tenggat:
            raise EntryError(
                _("Tenggat kesepakatan nomor {n} memang sudah demikian.").format(n=number), _("Pilih tanggal lain.")
            )
        return {"jenis": compute.MOVED, "kesepakatan": number, "tenggat": new, "catatan": told}

    return _write(folder, who, made, met)


def correct(folder: Path, who: str, number: int, words: str) -> Agreement:
    """Correct the text of an agreement; the old text stays in its history."""
    told = _words(words, _("isi kesepakatan"), LONGEST)

    def made(now: dict[int, Agreement], _number: int) -> dict[str, Any]:
        if _found(now, number).isi == told:
            raise EntryError(_("Isi kesepakatan tidak berubah."), _("Tulis isi yang benar."))
        return {"jenis": compute.CORRECTED, "kesepakatan": number, "isi": told}

    return _write(folder, who, made)


def link(folder: Path, who: str, number: int, activities: Iterable[Activity]) -> Agreement:
    """Say which activities of villages belong to an agreement, all of them; none lets go of all."""
    told = tuple(sorted(set(activities)))

    def made(now: dict[int, Agreement], _number: int) -> dict[str, Any]:
        agreement = _found(now, number)
        if agreement.kegiatan == told:
            raise EntryError(_("Kegiatan yang dikaitkan tidak berubah."), _("Pilih kegiatan lain."))
        if any(not compute.touches(agreement, village) for village, _period, _name in told):
            raise EntryError(
                _("Kegiatan itu di luar wilayah kesepakatan nomor {n}.").format(n=number),
                _("Pilih kegiatan di desa/kelurahan yang disebut kesepakatan."),
            )
        return {"jenis": compute.LINKED, "kesepakatan": number, "kegiatan": told}

    return _write(folder, who, made)


def _write(
    folder: Path, who: str, made: Callable[[dict[int, Agreement], int], dict[str, Any]], met: str = ""
) -> Agreement:
    """Write what `made` makes of the agreements and the number a new one would have; returns the agreement after it."""
    name = _words(who, _("nama operator"), NAME)
    with turn(folder):
        before = events(folder)
        now = {a.nomor: a for a in compute.fold(before)}
        told = {**({"tanggal_rapat": met} if met else {}), **made(now, len(now) + 1)}
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        event = Event(len(before) + 1, moment, name, **told)
        buku.append(folder / FILE, buku.line_of({k: v for k, v in asdict(event).items() if v not in ("", ())}))
        log.event("kesepakatan", entri=event.nomor, oleh=event.oleh)
    return next(a for a in compute.fold((*before, event)) if a.nomor == event.kesepakatan)


def _found(now: dict[int, Agreement], number: int) -> Agreement:
    if number not in now:
        raise EntryError(_("Kesepakatan nomor {n} tidak ada.").format(n=number), _("Pilih dari daftar di halaman ini."))
    return now[number]


def _words(text: str, what: str, longest: int, *, required: bool = True) -> str:
    """A text on one line, without signs that cannot be seen. EntryError when it is empty, long, or holds a NIK."""
    plain = one_line(text)
    if required and not plain:
        raise EntryError(_("Isian “{what}” masih kosong.").format(what=what), _("Isi lalu simpan lagi."))
    if len(plain) > longest:
        raise EntryError(
            _("Isian “{what}” terlalu panjang: {n} karakter.").format(what=what, n=len(plain)),
            _("Ringkas menjadi paling banyak {n} karakter.").format(n=longest),
        )
    if pribadi.mentioned(plain):
        raise EntryError(
            _("Isian “{what}” memuat NIK, nomor KK, atau nomor telepon.").format(what=what),
            _("Hapus nomor itu; semua orang dapat membaca kesepakatan."),
        )
    return plain


def _day(text: str, what: str, *, since: str = "2000-01-01", until: str = "9999-12-31") -> str:
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        raise EntryError(_("Isian “{what}” bukan tanggal.").format(what=what), _("Pilih tanggalnya.")) from None
    if not since <= found <= until:
        words = (
            _("Isian “{what}” ({day}) lebih awal daripada {since}.")
            if found < since
            else _("Isian “{what}” ({day}) belum tiba; hari ini {until}.")
        )
        raise EntryError(
            words.format(what=what, day=_shown(found), since=_shown(since), until=_shown(until)),
            _("Periksa tanggalnya."),
        )
    return found


def _due(text: str, met: str) -> str:
    found = _day(text, _("tenggat"))
    if found < met:
        raise EntryError(
            _("Tenggat {due} lebih awal daripada tanggal rapat {met}.").format(due=_shown(found), met=_shown(met)),
            _("Pilih tenggat pada atau sesudah tanggal rapat."),
        )
    if int(found[:4]) > int(met[:4]) + YEARS:
        raise EntryError(
            _("Tenggat {due} lebih dari {n} tahun sesudah rapat.").format(due=_shown(found), n=YEARS),
            _("Periksa tahunnya."),
        )
    return found


def _shown(day: str) -> str:
    return f"{day[8:]}/{day[5:7]}/{day[:4]}"


def _areas(codes: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """The areas without those that lie in another of them."""
    unknown = [c for c in codes if c not in known]
    if unknown:
        raise EntryError(
            _("Wilayah {code} tidak dikenal.").format(code=unknown[0][:20]),
            _("Pilih desa/kelurahan, kecamatan, atau kabupaten dari daftar."),
        )
    if not codes:
        raise EntryError(
            _("Wilayah kesepakatan belum dipilih."),
            _("Pilih desa/kelurahan, satu kecamatan, atau seluruh kabupaten."),
        )
    return tuple(sorted({c for c in codes if not any(c != o and c.startswith(o) for o in codes)}))
