"""Agreements of meetings in words. Texts that people typed are given as they are: whoever shows them escapes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement, Counts, Event
from kkb.rows import Row

MARKS = {"belum": "○", "berjalan": "◐", "selesai": "✓", "batal": "✕"}
"""Status -> its sign."""
WARNING = "▲"
"""The sign of what is late."""
NAMED = 3
"""So many villages are named in a line; the rest is counted."""


def status_name(status: str) -> str:
    """A status, or one of the two other things to look for, in words."""
    return {
        "belum": _("Belum mulai"),
        "berjalan": _("Berjalan"),
        "selesai": _("Selesai"),
        "batal": _("Batal"),
        compute.DUE: _("Masih terbuka"),
        compute.LATE: _("Lewat tenggat"),
    }[status]


def title(
    book: Sequence[Agreement], listed: Sequence[Agreement], today: str, offices: Mapping[str, str], day: str | None
) -> str:
    """The finding: how many are late and which longest, else what is due next. `day` is the meeting gathered for."""
    if not book:
        return _("Belum ada kesepakatan rapat yang dicatat")
    n = compute.counts(listed, today)
    if day:
        return _gathered(listed, n, day)
    if not listed:
        return _("Tidak ada kesepakatan untuk pilihan ini")
    if not n.berlaku:
        return _("Semua {n} kesepakatan dibatalkan").format(n=fmt.number(n.batal))
    next_ = compute.ordered(listed, today)[0]
    words = {"n": fmt.of(n.lewat or n.terbuka, n.berlaku), "office": offices.get(next_.kode_opd, next_.kode_opd)}
    if n.lewat:
        late = fmt.number(compute.days_late(next_, today))
        return _("{n} kesepakatan lewat tenggat; terlama {late} hari: {office}").format(late=late, **words)
    if n.terbuka:
        return _("{n} kesepakatan masih terbuka, tanpa yang lewat tenggat; terdekat {day}: {office}").format(
            day=fmt.period(next_.tenggat), **words
        )
    return _("Semua {n} kesepakatan sudah selesai").format(n=fmt.number(n.selesai))


def _gathered(listed: Sequence[Agreement], n: Counts, day: str) -> str:
    if not listed:
        return _("Tidak ada yang perlu dibahas lagi pada rapat {day}").format(day=fmt.period(day))
    return _("{n} kesepakatan dari {meetings} rapat dibahas lagi pada {day}; {late} lewat tenggat").format(
        n=fmt.number(len(listed)),
        meetings=fmt.number(len(compute.meetings(listed))),
        day=fmt.period(day),
        late=fmt.number(n.lewat),
    )


def due(agreement: Agreement, today: str) -> str:
    """How it stands to its due date."""
    late = compute.days_late(agreement, today)
    words = {"n": fmt.number(late), "day": fmt.short_period(agreement.pada)}
    if agreement.status == "batal":
        return _("dibatalkan {day}").format(**words)
    if agreement.status == "selesai":
        if late:
            return _("selesai {day}, terlambat {n} hari").format(**words)
        return _("selesai {day}, tepat waktu").format(**words)
    if late:
        return _("lewat tenggat {n} hari").format(**words)
    left = compute.days_left(agreement, today)
    return _("{n} hari lagi").format(n=fmt.number(left)) if left else _("jatuh tempo hari ini")


def state(agreement: Agreement, today: str) -> str:
    """Sign and words of its status and of how it stands to its due date."""
    words = due(agreement, today)
    if agreement.is_open:
        words = f"{status_name(agreement.status)}, {words}"
    sign = WARNING if compute.is_late(agreement, today) else MARKS[agreement.status]
    return f"{sign} {words[:1].upper()}{words[1:]}"


def dates(agreement: Agreement) -> str:
    """The due date, and the first one where it was moved."""
    words = _("tenggat {day}").format(day=fmt.short_period(agreement.tenggat))
    moved = sum(e.jenis == compute.MOVED for e in agreement.lalu)
    if not moved:
        return words
    return _("{due}, digeser {n} kali, semula {first}").format(
        due=words, n=fmt.number(moved), first=fmt.short_period(agreement.tenggat_semula)
    )


def meeting(name: str, day: str) -> str:
    """A meeting: its name and day."""
    return f"{name}, {fmt.short_period(day)}"


def discussed(agreement: Agreement) -> str:
    """The later meetings in which it was spoken of; '' when there was none."""
    days = [fmt.short_period(d) for d in agreement.discussed]
    return _("dibahas lagi {days}").format(days=fmt.names(days)) if days else ""


def comment(event: Event) -> str:
    """The last comment, with who and when."""
    return f"{event.oleh}, {fmt.moment(event.saat)}: “{event.catatan}”"


def event(event: Event) -> str:
    """What happened, in words; what was typed comes after it."""
    words = {
        compute.OPENED: _("Dicatat dengan tenggat {day}"),
        compute.STATUS: _("Status menjadi {status} per {day}"),
        compute.COMMENT: _("Komentar"),
        compute.MOVED: _("Tenggat digeser ke {day}"),
        compute.CORRECTED: _("Isi diperbaiki"),
        compute.LINKED: _("Kegiatan yang dikaitkan: {n}"),
    }[event.jenis]
    told = words.format(
        day=fmt.short_period(event.tenggat or event.tanggal) if event.tenggat or event.tanggal else "",
        status=status_name(event.status) if event.status else "",
        n=fmt.number(len(event.kegiatan)),
    )
    if event.tanggal_rapat and event.jenis != compute.OPENED:
        told = _("{words} (rapat {day})").format(words=told, day=fmt.short_period(event.tanggal_rapat))
    return told


def typed(event: Event) -> str:
    """What was typed in an event: text, comment, or names of activities."""
    names = "; ".join(f"{name} ({fmt.period(period)})" for _village, period, name in event.kegiatan)
    return event.isi or event.catatan or names


def source(events: Sequence[Event], today: str) -> str:
    """Where agreements come from, how many lines there are, and of what day lateness is."""
    if not events:
        return _("Sumber: buku kesepakatan aplikasi ini, masih kosong.")
    return _("Sumber: buku kesepakatan aplikasi ini, {n} catatan, terakhir {moment}. Dihitung per {day}.").format(
        n=fmt.number(len(events)), moment=fmt.moment(events[-1].saat), day=fmt.period(today)
    )


def section_title(agreements: Sequence[Agreement], activities: int, today: str) -> str:
    """The finding of the section on the pages of a village or a kecamatan."""
    n = compute.counts(agreements, today)
    if not agreements and not activities:
        return _("Kesepakatan dan kegiatan: belum ada yang tercatat")
    return _("Kesepakatan dan kegiatan: {open} terbuka, {late} lewat tenggat, {n} kegiatan").format(
        open=fmt.number(n.terbuka), late=fmt.number(n.lewat), n=fmt.number(activities)
    )


def area_names(regency: Row, districts: Mapping[str, Row], villages: Mapping[str, Row]) -> dict[str, str]:
    """Code -> name of the kabupaten, of each kecamatan, and of each village with its kecamatan, in this order."""
    whole = _("Seluruh Kabupaten {name}").format(name=regency["nama_kabupaten"])
    return {
        str(regency["kode_kabupaten"]): whole,
        **{code: _("Kec. {name}").format(name=row["nama_kecamatan"]) for code, row in districts.items()},
        **{
            code: _("{village} ({district})").format(village=row["nama_desa"], district=row["nama_kecamatan"])
            for code, row in villages.items()
        },
    }


def office_title(agreements: Sequence[Agreement], today: str) -> str:
    """The finding of the section on the page of an office."""
    n = compute.counts(agreements, today)
    if not agreements:
        return _("Kesepakatan rapat: belum ada yang tercatat")
    return _("Kesepakatan rapat: {open} terbuka, {late} lewat tenggat").format(
        open=fmt.number(n.terbuka), late=fmt.number(n.lewat)
    )


def rest(closed: Sequence[Agreement]) -> str:
    """How many are done or called off; '' when none."""
    done = sum(a.status == "selesai" for a in closed)
    told = []
    if done:
        told.append(_("{n} sudah selesai").format(n=fmt.number(done)))
    if len(closed) > done:
        told.append(_("{n} dibatalkan").format(n=fmt.number(len(closed) - done)))
    return ", ".join(told)
