"""What was agreed in meetings: the state of each agreement from what was written of it, and how late it is.

Days are texts as `YYYY-MM-DD`, so that they sort. `today` is always given, never looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

STATUSES = ("belum", "berjalan", "selesai", "batal")
"""Not begun, under way, done, called off."""
OPEN = ("belum", "berjalan")
LATE, DUE = "lewat", "terbuka"
"""Two more things to look for: open and late, and open."""
SOON = 14
"""Days before the due date from which an agreement counts as due soon."""
OPENED, STATUS, COMMENT, MOVED, CORRECTED, LINKED = "buka", "status", "komentar", "tenggat", "ralat", "kegiatan"
KINDS = (OPENED, STATUS, COMMENT, MOVED, CORRECTED, LINKED)

Activity = tuple[str, str, str]
"""An activity of a village: `kode_desa`, `periode`, its name."""


@dataclass(frozen=True)
class Event:
    """One thing written. `nomor` counts from 1, `saat` is when (ISO 8601, UTC), `oleh` who, `jenis` one of KINDS,
    `kesepakatan` the number of the agreement it is about. What a kind does not tell is ''.

    Opened: `rapat` and `tanggal_rapat`, `isi`, `wilayah` (codes of villages, kecamatan or the kabupaten), `kode_opd`,
    `tenggat`, `kode_indikator` or ''. Status: `status`, and `tanggal`, the day it became so. Moved: the new `tenggat`.
    Corrected: the new `isi`. Linked: `kegiatan`, all activities that belong to it from then on. `catatan` is a comment
    or a reason. Later than opened, `tanggal_rapat` is the meeting in which it was spoken of again.
    """

    nomor: int
    saat: str
    oleh: str
    jenis: str
    kesepakatan: int
    rapat: str = ""
    tanggal_rapat: str = ""
    isi: str = ""
    wilayah: tuple[str, ...] = ()
    kode_opd: str = ""
    tenggat: str = ""
    kode_indikator: str = ""
    status: str = ""
    tanggal: str = ""
    catatan: str = ""
    kegiatan: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """One agreement as it stands. `pada` is the day on which it got its status; `tenggat_semula` the first due date;
    `lalu` is all that was written of it, oldest first."""

    nomor: int
    rapat: str
    tanggal_rapat: str
    isi: str
    wilayah: tuple[str, ...]
    kode_opd: str
    tenggat: str
    tenggat_semula: str
    kode_indikator: str
    pada: str
    status: str = "belum"
    kegiatan: tuple[Activity, ...] = ()
    lalu: tuple[Event, ...] = field(default=(), compare=False)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN

    @property
    def last_comment(self) -> Event | None:
        """The last thing written of it that has words of its own."""
        return next((e for e in reversed(self.lalu) if e.catatan), None)

    @property
    def discussed(self) -> tuple[str, ...]:
        """The later meetings in which it was spoken of again, oldest first."""
        return tuple(sorted({e.tanggal_rapat for e in self.lalu if e.tanggal_rapat and e.jenis != OPENED}))


def fold(events: Iterable[Event]) -> tuple[Agreement, ...]:
    """The agreements as they stand after these events, by number. ValueError when one is about none."""
    found: dict[int, Agreement] = {}
    for event in events:
        number = event.kesepakatan
        if (event.jenis == OPENED) == (number in found) or event.jenis not in KINDS:
            raise ValueError(f"event {event.nomor}")
        found[number] = _after(found.get(number), event)
    return tuple(found[n] for n in sorted(found))


def _after(now: Agreement | None, event: Event) -> Agreement:
    if now is None:
        told = (event.rapat, event.tanggal_rapat, event.isi, tuple(event.wilayah), event.kode_opd)
        days = (event.tenggat, event.tenggat, event.kode_indikator, event.tanggal_rapat)
        return Agreement(event.kesepakatan, *told, *days, lalu=(event,))
    now = replace(now, lalu=(*now.lalu, event))
    if event.jenis == STATUS:
        return replace(now, status=event.status, pada=event.tanggal)
    if event.jenis == MOVED:
        return replace(now, tenggat=event.tenggat)
    if event.jenis == CORRECTED:
        return replace(now, isi=event.isi)
    if event.jenis == LINKED:
        return replace(now, kegiatan=event.kegiatan)
    return now


def days_late(agreement: Agreement, today: str) -> int:
    """Days after the due date: until today while it is open, until the day it was done when it is done; 0 on the due
    date itself, before it, and for what was called off."""
    if agreement.status == "batal":
        return 0
    until = today if agreement.is_open else agreement.pada
    return max(_days(agreement.tenggat, until), 0)


def is_late(agreement: Agreement, today: str) -> bool:
    """Whether it is open and its due date has passed."""
    return agreement.is_open and days_late(agreement, today) > 0


def days_left(agreement: Agreement, today: str) -> int:
    """Days from today to the due date; negative when it has passed."""
    return _days(today, agreement.tenggat)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def ordered(agreements: Iterable[Agreement], today: str) -> list[Agreement]:
    """Open before closed; of the open the latest first, then the nearest due date; of the closed the last closed."""
    listed = list(agreements)
    open_ = sorted((a for a in listed if a.is_open), key=lambda a: (-days_late(a, today), a.tenggat, a.nomor))
    closed = sorted((a for a in listed if not a.is_open), key=lambda a: (a.pada, a.nomor), reverse=True)
    return [*open_, *closed]


@dataclass(frozen=True)
class Counts:
    """How many agreements stand: `berlaku` are all but those called off (`batal`), of which `terbuka` are open, `lewat`
    of these late, and `segera` due today or within SOON days; `selesai` are done, `tepat` of these on time."""

    berlaku: int
    batal: int
    terbuka: int
    lewat: int
    segera: int
    selesai: int
    tepat: int


def counts(agreements: Sequence[Agreement], today: str) -> Counts:
    """Count them as they stand today."""
    open_ = [a for a in agreements if a.is_open]
    done = [a for a in agreements if a.status == "selesai"]
    return Counts(
        berlaku=len(open_) + len(done),
        batal=len(agreements) - len(open_) - len(done),
        terbuka=len(open_),
        lewat=sum(is_late(a, today) for a in open_),
        segera=sum(0 <= days_left(a, today) <= SOON for a in open_),
        selesai=len(done),
        tepat=sum(days_late(a, today) == 0 for a in done),
    )


def touches(agreement: Agreement, code: str) -> bool:
    """Whether it is about a village, a kecamatan or the kabupaten with this code, or a part of it, or the whole of
    which it is a part."""
    return any(code.startswith(w) or w.startswith(code) for w in agreement.wilayah)


def chosen(
    agreements: Iterable[Agreement],
    today: str,
    *,
    area: str | None = None,
    office: str | None = None,
    meeting: int | None = None,
    status: str | None = None,
) -> list[Agreement]:
    """Those that are asked for; `meeting` is the number of any agreement of that meeting, `status` one of STATUSES,
    LATE or DUE."""
    listed = list(agreements)
    met = {(a.rapat, a.tanggal_rapat) for a in listed if a.nomor == meeting}
    return [
        a
        for a in listed
        if (not area or touches(a, area))
        and (not office or a.kode_opd == office)
        and (meeting is None or (a.rapat, a.tanggal_rapat) in met)
        and (
            not status or a.status == status or (status == DUE and a.is_open) or (status == LATE and is_late(a, today))
        )
    ]


def meetings(agreements: Iterable[Agreement]) -> dict[int, tuple[str, str, int]]:
    """The meetings, last first: the number of the first agreement of each -> its name, day, and how many agreements."""
    found: dict[tuple[str, str], list[int]] = {}
    for a in agreements:
        found.setdefault((a.tanggal_rapat, a.rapat), []).append(a.nomor)
    return {min(n): (name, day, len(n)) for (day, name), n in sorted(found.items(), reverse=True)}


def carried_over(agreements: Iterable[Agreement], day: str) -> list[Agreement]:
    """What is open from meetings before a day: what is to be spoken of again on it."""
    return [a for a in agreements if a.is_open and a.tanggal_rapat < day]
