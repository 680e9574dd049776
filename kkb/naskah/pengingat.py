"""The reminder to a kecamatan: formal Indonesian, always, since it goes to the camat and the field officers.

Its sentences are therefore not translated; what it quotes from elsewhere is made under `bahasa.speaking("id")`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kkb import bahasa
from kkb import format as fmt

LANGUAGE = "id"
RULE = "=" * 72


@dataclass(frozen=True)
class Village:
    """What one village is asked to complete or to check, in words; '' and () where there is nothing.

    `silent` says which reports are blank and since when, `blank` names blank columns outside the reports, `unchanged`
    and `notes` are plausibility notes.
    """

    name: str
    silent: str = ""
    blank: tuple[str, ...] = ()
    unchanged: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing to ask for."""
        return not (self.silent or self.blank or self.unchanged or self.notes)


@dataclass(frozen=True)
class District:
    """One kecamatan: its Kampung KB, and on how many of them either report is filled, in the recap of `day`."""

    name: str
    villages: tuple[Village, ...]
    kb: int
    poktan: int
    day: date

    @property
    def silent(self) -> int:
        """How many of its villages have a blank report."""
        return sum(bool(v.silent) for v in self.villages)

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing to remind of."""
        return all(v.is_complete for v in self.villages)


def _sections(district: District) -> Iterator[tuple[str, list[str]]]:
    villages = district.villages
    yield (
        "Laporan yang kosong; mohon dilengkapi.",
        [f"{v.name}: {v.silent}." for v in villages if v.silent],
    )
    yield (
        "Isian kelembagaan dan kependudukan yang kosong; mohon diisi, atau dipastikan bahwa keadaannya memang nol atau "
        "belum ada.",
        [f"{v.name}: {fmt.names(list(v.blank))}." for v in villages if v.blank],
    )
    yield (
        "Angka yang tidak berubah; mohon dipastikan masih sesuai dengan keadaan.",
        [f"{v.name}: {v.unchanged}" for v in villages if v.unchanged],
    )
    yield (
        "Angka yang perlu diperiksa kewajarannya; catatan ini bukan kesalahan yang pasti.",
        [f"{v.name}: {n}" for v in villages for n in v.notes],
    )


def letter(district: District, source: str, version: str) -> str:
    """The reminder of one kecamatan as plain text. `source` is the publisher of the recap."""
    with bahasa.speaking(LANGUAGE):
        day, total = fmt.day(district.day), len(district.villages)
        lines = [
            f"Yth. Camat {district.name}",
            f"u.p. PKB/PLKB Kecamatan {district.name}",
            "",
            f"Hal: Kelengkapan laporan Kampung KB menurut rekap per {day}",
            "",
            "Dengan hormat,",
            "",
            f"Menurut rekap Portal Kampung KB per {day}, dari {fmt.number(total)} Kampung KB di Kecamatan "
            f"{district.name}, laporan KB terisi pada {fmt.number(district.kb)} dan laporan poktan terisi pada "
            f"{fmt.number(district.poktan)} Kampung KB. "
            + (
                "Tidak ada hal yang perlu dilengkapi."
                if district.is_complete
                else "Sehubungan dengan itu, kami mohon bantuan Saudara dalam hal-hal berikut."
            ),
            "",
        ]
        asked = [(heading, items) for heading, items in _sections(district) if items]
        for n, (heading, items) in enumerate(asked, 1):
            lines += [f"{n}. {heading}", *(f"   - {item}" for item in items), ""]
        lines += [
            "Portal menulis nol, tidak ada, dan belum diisi dengan cara yang sama, yaitu kosong. Apabila laporan telah "
            "disampaikan setelah tanggal rekap tersebut, mohon hal yang bersangkutan diabaikan.",
            "",
            "Atas perhatian dan kerja sama Saudara, kami sampaikan terima kasih.",
            "",
            f"Sumber: {source}, rekap per {day}. Versi data {version}.",
        ]
    return "\n".join(lines)


def letters(districts: list[District], source: str, version: str) -> list[tuple[District, str]]:
    """The reminder of each kecamatan, those with nothing to complete left out."""
    return [(d, letter(d, source, version)) for d in districts if not d.is_complete]


def joined(texts: list[str]) -> str:
    """Several reminders in one text."""
    return f"\n\n{RULE}\n\n".join(texts)
