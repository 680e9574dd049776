"""What changed since the last meeting, in words."""

from __future__ import annotations

from collections.abc import Sequence

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.sejak import Since
from kkb.journal import Entry
from kkb.rows import Row, records


def title(found: Since, day: str) -> str:
    """The finding: that there are no newer data, that nothing changed, or how many of what."""
    since = fmt.period(day)
    if found.is_same_data:
        return _("Tidak ada data baru sejak {day}").format(day=since)
    counts = {
        "baru": _("{n} Kampung KB baru"),
        "lepas": _("{n} tidak lagi tercatat"),
        "naik": _("{n} naik kelas"),
        "turun": _("{n} turun kelas"),
        "mulai_lapor": _("{n} laporan mulai terisi"),
        "berhenti_lapor": _("{n} laporan berhenti terisi"),
    }
    told = [words.format(n=fmt.number(found.count(k))) for k, words in counts.items() if found.count(k)]
    if not told:
        return _("Tidak ada yang berubah sejak {day}").format(day=since)
    return _("Sejak {day}: {changes}").format(day=since, changes=", ".join(told))


def days(found: Since) -> str:
    """Which data are set beside which."""
    if found.is_same_data:
        return _("Data terakhir tetap data per {day}.").format(day=fmt.period(found.status_to))
    sentence = _("Yang dibandingkan: data per {before} dan data per {after}.").format(
        before=fmt.period(found.status_from), after=fmt.period(found.status_to)
    )
    if (found.scored_from, found.scored_to) == (found.status_from, found.status_to):
        return sentence
    return f"{sentence} " + _("Kelas dan laporan: per {before} dan per {after}.").format(
        before=fmt.period(found.scored_from), after=fmt.period(found.scored_to)
    )


def sentences(found: Since) -> list[str]:
    """One sentence for each kind of change there is, with every name."""
    words = {
        "baru": _("Memperoleh status Kampung KB: {names}."),
        "lepas": _("Tidak lagi tercatat sebagai Kampung KB: {names}."),
        "naik": _("Naik kelas: {names}."),
        "turun": _("Turun kelas: {names}."),
        "mulai_lapor": _("Laporan yang mulai terisi: {names}."),
        "berhenti_lapor": _("Laporan yang tidak terisi lagi: {names}."),
    }
    return [
        text.format(names="; ".join(_name(r) for r in records(found.of(kind))))
        for kind, text in words.items()
        if found.count(kind)
    ]


def _name(row: Row) -> str:
    place = f"{row['nama_desa']} ({row['nama_kecamatan']})"
    if row["jenis"] in ("naik", "turun"):
        return _("{village}, dari {old} ke {new}").format(
            village=place, old=fmt.class_name(row["lama"]), new=fmt.class_name(row["baru"])
        )
    if row["jenis"] in ("mulai_lapor", "berhenti_lapor"):
        report = _("laporan KB") if row["baru"] == "kb" else _("laporan poktan")
        return _("{report} {village}").format(report=report, village=place)
    return place


def kind_name(kind: str) -> str:
    """A kind of change in a table."""
    return {
        "baru": _("Kampung KB baru"),
        "lepas": _("Tidak lagi tercatat"),
        "naik": _("Naik kelas"),
        "turun": _("Turun kelas"),
        "mulai_lapor": _("Mulai melapor"),
        "berhenti_lapor": _("Berhenti melapor"),
    }[kind]


def value(row: Row, column: str) -> str | None:
    """A class or a report in a table; None where there is none."""
    told = row[column]
    if not isinstance(told, str):
        return None
    return {"kb": _("laporan KB"), "poktan": _("laporan poktan")}.get(told, fmt.class_name(told))


def corrections(entries: Sequence[Entry]) -> str:
    """Imports that changed figures already published: they are no change in the villages; '' when there are none."""
    if not entries:
        return ""
    told = [
        _("{file} untuk data per {day}").format(file=e.berkas, day=fmt.period(e.per) if e.per else fmt.MISSING)
        for e in entries
    ]
    return _("Koreksi atas angka yang sudah terbit, bukan perubahan di desa: {list}.").format(list=fmt.names(told))
