"""What a reader has chosen, to and from the address of the page. Pure, and it never fails.

Addresses carry codes, not labels, and only what differs from the default, so that a bare address always means the
whole kabupaten at the latest date. Anything unknown is replaced by the default and reported as a Note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kkb.bahasa import LANGUAGES

STATUS = "KKB00"
CLASS = "KKB02"
IDM = "DS01"
VIEWS = ("peta", "petak")
GOALS = ("berikut", "berkelanjutan")
"""What the way up leads to: the next class, or the highest."""
ORDERS = ("kelas", "kecamatan")
"""How villages are sorted in the table of item scores, besides by the code of an item."""
STANDINGS = ("terbuka", "lewat", "belum", "berjalan", "selesai", "batal")
"""What agreements may be looked for: open, late, or one status."""
MINUTES = 480
"""A talk takes at most so many minutes."""


@dataclass(frozen=True)
class Options:
    """What may be chosen: kecamatan codes, village code -> kecamatan code, indicator code -> its periods, office codes,
    codes of the aims of Inpres 3/2022, kabupaten codes, and codes of provinces where there are several kabupaten."""

    kecamatan: frozenset[str]
    desa: Mapping[str, str]
    periode: Mapping[str, tuple[str, ...]]
    opd: frozenset[str] = frozenset()
    sasaran: frozenset[str] = frozenset()
    kabupaten: frozenset[str] = frozenset()
    provinsi: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Note:
    """Something in the address that could not be used: which parameter, and its text."""

    parameter: str
    value: str


@dataclass(frozen=True)
class Selection:
    """One choice. None means: all, none or the latest.

    `kabupaten` is the first of the version when None, `provinsi` the one whose kabupaten are set beside each other.
    `tanggal` is the day asked for; `period_of` gives the period in which an indicator really has data.
    `banding` is the earlier period to set beside it, `terhadap` the indicator to set beside `indikator`. `rencana` are
    the villages ticked on the target page, and `menuju` the month ('YYYY-MM') by which the target is to be met. `kelas`
    is the goal of the way up, `simulasi` the scores tried out for the chosen village, as (item code, score), and `urut`
    the order of the table of item scores. `opd` is an office, `sasaran` an aim of Inpres 3/2022, `rapat` a meeting by
    the number of any agreement made in it, `status` one of STANDINGS, and `dibahas` the day of a meeting for which open
    agreements are gathered. `agenda` are the steps of a meeting that are moved, as (code, code of the step before it),
    `lewati` the steps or parts left out (see kkb.rapat.agenda), `menit` how long the talk may take, `sejak` the day of
    the last meeting.
    """

    kabupaten: str | None = None
    provinsi: str | None = None
    kecamatan: str | None = None
    desa: str | None = None
    indikator: str = STATUS
    tanggal: str | None = None
    banding: str | None = None
    tampilan: str = "peta"
    dasar: bool = False
    menuju: str | None = None
    rencana: tuple[str, ...] = ()
    kelas: str = "berikut"
    simulasi: tuple[tuple[str, int], ...] = ()
    urut: str = "kelas"
    terhadap: str | None = None
    opd: str | None = None
    rapat: str | None = None
    status: str | None = None
    dibahas: str | None = None
    sasaran: str | None = None
    agenda: tuple[tuple[str, str], ...] = ()
    lewati: tuple[str, ...] = ()
    menit: int | None = None
    sejak: str | None = None
    bahasa: str = "id"
    notes: tuple[Note, ...] = field(default=(), compare=False)

    def with_(self, **changes: object) -> Selection:
        """The same choice with some parts changed. Scores tried out for a village do not pass to another."""
        if changes.get("desa", self.desa) != self.desa:
            changes = {"simulasi": (), **changes}
        return replace(self, **changes)  # type: ignore[arg-type]


def period_of(selection: Selection, indicator: str, options: Options) -> str:
    """The period in which `indicator` is shown."""
    return period_among(selection, options.periode[indicator])


def period_among(selection: Selection, periods: Sequence[str]) -> str:
    """Of periods, oldest first and at least one: the latest not after `tanggal`, else the first."""
    if selection.tanggal is None:
        return periods[-1]
    return next((p for p in reversed(periods) if p <= selection.tanggal), periods[0])


def comparison_of(selection: Selection, options: Options) -> str | None:
    """The period set beside the shown one, if the indicator has it and it is another."""
    if selection.banding not in options.periode[selection.indikator]:
        return None
    return selection.banding if selection.banding != period_of(selection, selection.indikator, options) else None


def pair_of(selection: Selection, options: Options) -> tuple[str, str]:
    """The two indicators set beside each other; the status divides villages, so it can only be the second.

    By default the class beside the IDM, and beside the class whatever else is chosen first.
    """
    first = selection.indikator if selection.indikator != STATUS else CLASS
    if selection.terhadap in options.periode and selection.terhadap != first:
        return first, str(selection.terhadap)
    others = [code for code in (IDM, CLASS, *sorted(options.periode)) if code in options.periode and code != first]
    return first, next(iter(others), first)


def parse(query: Mapping[str, str], options: Options) -> Selection:
    """Read an address. Unknown parameters are left alone; unknown values become notes."""
    notes: list[Note] = []

    def take(parameter: str, good: bool) -> str | None:
        value = query.get(parameter)
        if not value:
            return None
        if not good:
            notes.append(Note(parameter, value[:40]))
            return None
        return value

    kecamatan = take("kecamatan", query.get("kecamatan") in options.kecamatan)
    desa = take("desa", query.get("desa") in options.desa)
    if desa and kecamatan and options.desa[desa] != kecamatan:
        kecamatan = options.desa[desa]
    planned = [k for k in query.get("rencana", "").split(".") if k]
    unknown = [k for k in planned if k not in options.desa]
    if unknown:
        notes.append(Note("rencana", ".".join(unknown)[:40]))
    tried = [k for k in query.get("simulasi", "").split(".") if k]
    odd = [k for k in tried if not (_is_item(k[:4]) and k[4:] in ("-1", "-2", "-3", "-4"))]
    if odd:
        notes.append(Note("simulasi", ".".join(odd)[:40]))
    scores = {k[:4]: int(k[5:]) for k in tried if k not in odd}
    moves = [k for k in query.get("agenda", "").split(".") if k]
    wrong = [k for k in moves if not _is_move(k)]
    if wrong:
        notes.append(Note("agenda", ".".join(wrong)[:40]))
    moved = dict(k.split("_") for k in moves if k not in wrong)
    skipped = [k for k in query.get("lewati", "").split(".") if k]
    strange = [k for k in skipped if not _is_step(k)]
    if strange:
        notes.append(Note("lewati", ".".join(strange)[:40]))
    return Selection(
        kabupaten=take("kabupaten", query.get("kabupaten") in options.kabupaten),
        provinsi=take("provinsi", query.get("provinsi") in options.provinsi),
        kecamatan=kecamatan,
        desa=desa,
        indikator=take("indikator", query.get("indikator") in options.periode) or STATUS,
        tanggal=take("tanggal", _is_period(query.get("tanggal", ""))),
        banding=take("banding", _is_period(query.get("banding", ""))),
        tampilan=take("tampilan", query.get("tampilan") in VIEWS) or "peta",
        dasar=take("dasar", query.get("dasar") in ("0", "1")) == "1",
        menuju=take("menuju", _is_month(query.get("menuju", ""))),
        rencana=tuple(sorted({k for k in planned if k in options.desa})),
        kelas=take("kelas", query.get("kelas") in GOALS) or "berikut",
        simulasi=tuple(sorted(scores.items())),
        urut=take("urut", query.get("urut", "") in ORDERS or _is_item(query.get("urut", ""))) or "kelas",
        terhadap=take("terhadap", query.get("terhadap") in options.periode),
        opd=take("opd", query.get("opd") in options.opd),
        rapat=take("rapat", bool(re.fullmatch(r"[1-9]\d{0,5}", query.get("rapat", ""), re.ASCII))),
        status=take("status", query.get("status") in STANDINGS),
        dibahas=take(
            "dibahas", bool(re.match("20|21", query.get("dibahas", ""))) and _is_day(query.get("dibahas", ""))
        ),
        sasaran=take("sasaran", query.get("sasaran") in options.sasaran),
        agenda=tuple(moved.items()),
        lewati=tuple(dict.fromkeys(k for k in skipped if k not in strange)),
        sejak=take("sejak", bool(re.match("20|21", query.get("sejak", ""))) and _is_day(query.get("sejak", ""))),
        menit=int(take("menit", _is_minutes(query.get("menit", ""))) or 0) or None,
        bahasa=take("bahasa", query.get("bahasa") in LANGUAGES) or "id",
        notes=tuple(notes),
    )


def to_query(selection: Selection) -> dict[str, str]:
    """The address of a choice, without what is default. `parse` of it gives the choice back."""
    plain = Selection()
    texts = {
        "kabupaten": selection.kabupaten,
        "provinsi": selection.provinsi,
        "kecamatan": selection.kecamatan,
        "desa": selection.desa,
        "indikator": selection.indikator,
        "tanggal": selection.tanggal,
        "banding": selection.banding,
        "tampilan": selection.tampilan,
        "dasar": "1" if selection.dasar else None,
        "menuju": selection.menuju,
        "rencana": ".".join(selection.rencana),
        "kelas": selection.kelas,
        "simulasi": ".".join(f"{code}-{score}" for code, score in selection.simulasi),
        "urut": selection.urut,
        "terhadap": selection.terhadap,
        "opd": selection.opd,
        "rapat": selection.rapat,
        "status": selection.status,
        "dibahas": selection.dibahas,
        "sasaran": selection.sasaran,
        "agenda": ".".join(f"{step}_{before}" for step, before in selection.agenda),
        "lewati": ".".join(selection.lewati),
        "menit": str(selection.menit or ""),
        "sejak": selection.sejak,
        "bahasa": selection.bahasa,
    }
    return {name: text for name, text in texts.items() if text and text != getattr(plain, name)}


def _is_period(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", text, re.ASCII)) or _is_day(text)


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_month(text: str) -> bool:
    return bool(re.fullmatch(r"(20|21)\d{2}-(0[1-9]|1[0-2])", text, re.ASCII))


def _is_item(text: str) -> bool:
    return bool(re.fullmatch(r"SK(0[1-9]|1[0-2])", text, re.ASCII))


def _is_step(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9-]{1,60}", text, re.ASCII))


def _is_move(text: str) -> bool:
    step, line, before = text.partition("_")
    return bool(line) and _is_step(step) and (not before or _is_step(before))


def _is_minutes(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,2}", text, re.ASCII)) and int(text) <= MINUTES
