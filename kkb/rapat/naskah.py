"""The briefing: what is to be said of an area or an office, in three lengths, each sentence with the sheet it rests on.

Sentences are those of the sheets, so that figures are the same as on screen and in every file; where a sheet has
nothing to say, nothing is said. Reports that are missing are named with their number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kkb.bahasa import _
from kkb.rapat.lembar import Pack, Sheet

LENGTHS = ("wa", "halaman", "pidato")
"""A message, one page, a speech."""
LONGEST = {"wa": 1_000, "halaman": 4_000, "pidato": 6_000}
"""Characters of a briefing without its references."""


@dataclass(frozen=True)
class Sentence:
    """One sentence and the key of the sheet that holds the rows behind it; '' for words without a figure."""

    text: str
    sheet: str = ""


@dataclass(frozen=True)
class Brief:
    """A briefing on one area or office: `about` is 'kabupaten', or the key of a kecamatan or an office.

    `references` are the sheets in the order in which they are first used; their place in it, from 1, is the number that
    stands behind a sentence.
    """

    about: str
    length: str
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    references: tuple[Sheet, ...]
    stamp: str


def subjects(pack: Pack) -> list[str]:
    """What there can be a briefing on: the whole area, each kecamatan, each office of the agenda."""
    return ["kabupaten", *(s.key for s in pack.sheets if s.part in ("kecamatan", "opd"))]


def brief(pack: Pack, about: str, length: str) -> Brief:
    """The briefing, in the language of the pack. ValueError for a subject or a length there is not."""
    if about not in subjects(pack) or length not in LENGTHS:
        raise ValueError(f"{about}, {length}")
    own = pack.sheet(about) if about != "kabupaten" else pack.sheet("kabupaten/cakupan")
    if own is None:
        raise ValueError(about)
    body = _whole(pack, length) if about == "kabupaten" else _one(pack, own, length)
    if length == "pidato":
        body = [_opening(pack), *body, _closing()]
    paragraphs = tuple(p for p in body if p)
    used = dict.fromkeys(s.sheet for p in paragraphs for s in p if s.sheet)
    references = tuple(sheet for key in used if (sheet := pack.sheet(key)) is not None)
    return Brief(about, length, own.title, paragraphs, references, pack.stamp)


def _from(sheet: Sheet | None, *places: int) -> tuple[Sentence, ...]:
    """Points of a sheet as sentences: those at these places, or all."""
    if sheet is None:
        return ()
    told = [sheet.points[n] for n in places if n < len(sheet.points)] if places else list(sheet.points)
    return tuple(Sentence(t if t.endswith((".", "!", "?")) else f"{t}.", sheet.key) for t in told)


def _titled(sheet: Sheet | None) -> tuple[Sentence, ...]:
    return () if sheet is None else (Sentence(f"{sheet.title}.", sheet.key),)


def _whole(pack: Pack, length: str) -> list[tuple[Sentence, ...]]:
    names = ("cakupan", "kelas", "sejak", "provinsi", "target", "naik-kelas", "pelaporan")
    coverage, classes, since, _province, target, ways, reports = (pack.sheet(f"kabupaten/{n}") for n in names)
    agreed = pack.sheet("kesepakatan/semua")
    if length == "wa":
        return [_from(coverage, 0), _titled(since), _titled(ways), _titled(reports), _titled(agreed)]
    paragraphs = [
        _from(coverage),
        _from(since) if since else _from(classes, 1),
        _from(target),
        _from(reports),
        (*_titled(ways), *_from(ways)),
        (*_titled(agreed), *_from(agreed)),
    ]
    if length == "pidato":
        paragraphs += [_titled(s) for s in pack.sheets if s.part == "kecamatan"]
    return paragraphs


def _one(pack: Pack, own: Sheet, length: str) -> list[tuple[Sentence, ...]]:
    if length == "wa":
        return [_titled(own), _from(own, 0, 1)]
    villages = [s for s in pack.sheets if s.part == "desa" and f"kecamatan/{s.choice.get('desa', '')[:6]}" == own.key]
    return [_titled(own), _from(own), *(_titled(v) for v in villages)]


def _opening(pack: Pack) -> tuple[Sentence, ...]:
    return (
        Sentence(_("Bapak dan Ibu hadirin yang kami hormati.")),
        Sentence(_("Berikut kami sampaikan keadaan {title}.").format(title=pack.title)),
    )


def _closing() -> tuple[Sentence, ...]:
    return (
        Sentence(
            _(
                "Angka yang belum dilaporkan tidak kami nyatakan sebagai capaian rendah, melainkan "
                "sebagai hal yang belum diketahui."
            )
        ),
        Sentence(_("Demikian yang dapat kami sampaikan. Atas perhatian Bapak dan Ibu, kami ucapkan terima kasih.")),
    )


def text(found: Brief) -> str:
    """The briefing as plain text, with the number of its reference behind each sentence and the list at the end."""
    number = {sheet.key: n for n, sheet in enumerate(found.references, 1)}
    head = f"*{found.title}*" if found.length == "wa" else found.title
    body = [" ".join(_with_number(s, number) for s in paragraph) for paragraph in found.paragraphs]
    return "\n\n".join([head, *body, "\n".join(references(found)), found.stamp])


def _with_number(sentence: Sentence, number: dict[str, int]) -> str:
    return f"{sentence.text} [{number[sentence.sheet]}]" if sentence.sheet in number else sentence.text


def references(found: Brief) -> Iterable[str]:
    """One line per reference: its number, the finding of the sheet unless it is a message, its source and date."""
    for n, sheet in enumerate(found.references, 1):
        yield f"[{n}] {sheet.source}" if found.length == "wa" else f"[{n}] {sheet.title}. {sheet.source}"


def length_name(length: str) -> str:
    """A length as it is read."""
    return {"wa": _("Pesan WhatsApp"), "halaman": _("Satu halaman"), "pidato": _("Sambutan")}[length]


def subject_name(pack: Pack, about: str) -> str:
    """What a briefing is on, as it is read: the area, or the finding on a kecamatan or an office."""
    sheet = pack.sheet(about)
    return pack.area_name if sheet is None else sheet.title
