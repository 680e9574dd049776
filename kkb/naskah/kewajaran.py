"""Plausibility notes in words: which figures ask for a look. Neutral, as a note is no proof of an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import kewajaran
from kkb.compute.klasifikasi import METHODS, is_reported
from kkb.naskah.rekap import labels
from kkb.rows import Row, by, records

UNCHANGED = "tidak_berubah"
"""Stands beside the codes of `kewajaran.RULES`: all figures are as they were, for `STALE_DAYS` or more."""


@dataclass(frozen=True)
class Note:
    """One note: of which village, by which rule, the sentence with the figures, and the day of the recap."""

    village: str
    rule: str
    words: str
    day: date


def told(history: pd.DataFrame) -> list[Note]:
    """The notes on every village of `queries.recap_history`, in its order. The figures are those of its last recap."""
    if history.empty:
        return []
    last = history.drop_duplicates("kode_desa", keep="last")
    found = records(kewajaran.check(last))
    alike = by(kewajaran.unchanged(history), "kode_desa")
    users, counted = (kewajaran.total(last, names).tolist() for names in (METHODS, kewajaran.HEADINGS))
    notes = []
    for n, row in enumerate(records(last)):
        code = row["kode_desa"]
        flagged = [(r.code, _note(r, row, users[n], counted[n])) for r in kewajaran.RULES if found[n][r.code]]
        if alike[code]["is_lama"]:
            flagged.append((UNCHANGED, _unchanged(alike[code])))
        notes += [Note(code, rule, words, row["tanggal"]) for rule, words in flagged]
    return notes


def notes(history: pd.DataFrame) -> list[str]:
    """The notes on one village: `queries.recap_history` of it."""
    return [n.words for n in told(history)]


def _unchanged(row: Row) -> str:
    return _("Semua angka pada {n} rekap terakhir sama persis, sejak {since} sampai dengan {last}.").format(
        n=fmt.number(row["jumlah_rekap"]), since=fmt.day(row["sejak"]), last=fmt.day(row["tanggal"])
    )


def rule_name(code: str) -> str:
    """What a rule asks, in words."""
    named = {
        "cpr_tanpa_unmet_need": _("CPR ≥ {n}%, tetapi unmet need 0").format(n=fmt.number(kewajaran.CPR_HIGH)),
        "jiwa_per_keluarga": _("Kurang dari {low} atau lebih dari {high} jiwa per keluarga").format(
            low=fmt.number(kewajaran.FEW_A_FAMILY), high=fmt.number(kewajaran.MANY_A_FAMILY)
        ),
        "peserta_lebih_dari_pus": _("Peserta KB lebih banyak daripada PUS"),
        "rincian_lebih_dari_pus": _("Rincian PUS berjumlah lebih banyak daripada PUS"),
        UNCHANGED: _("Semua angka sama persis selama {n} hari atau lebih").format(n=fmt.number(kewajaran.STALE_DAYS)),
    }
    if code in named:
        return named[code]
    greater, less = code.split(">")
    return _("{a} lebih banyak daripada {b}").format(a=labels()[greater], b=labels()[less])


def untested(history: pd.DataFrame) -> str:
    """That the rules on an empty report could not be tested; '' when all reports were made."""
    last = history.tail(1)
    if last.empty or is_reported(last, "SK10").iloc[0]:
        return ""
    return _("Laporan KB pada rekap ini kosong, sehingga angkanya tidak dapat diperiksa kewajarannya.")


def _note(rule: kewajaran.Rule, row: Row, users: float, counted: float) -> str:
    """One note on a recap. `users` are its couples with a method, `counted` those under any heading."""
    couples = row["pus_pasangan"]
    if rule.code == "cpr_tanpa_unmet_need":
        return _("CPR {cpr} ({users} PUS), sedangkan unmet need 0; keduanya perlu diperiksa.").format(
            cpr=fmt.share(users, couples), users=fmt.of(users, couples)
        )
    if rule.code == "jiwa_per_keluarga":
        return _(
            "Penduduk {people} jiwa, sedangkan keluarga {families}: {size} jiwa per keluarga; perlu diperiksa."
        ).format(
            people=fmt.number(row["penduduk_jiwa"]),
            families=fmt.number(row["keluarga_kk"]),
            size=fmt.number(row["penduduk_jiwa"] / row["keluarga_kk"], 1) if row["keluarga_kk"] else fmt.MISSING,
        )
    if rule.code == "peserta_lebih_dari_pus":
        return _("Peserta KB {users}, lebih banyak daripada PUS ({couples}); perlu diperiksa.").format(
            users=fmt.number(users), couples=fmt.number(couples)
        )
    if rule.code == "rincian_lebih_dari_pus":
        return _(
            "Peserta KB, PUS hamil, PUS yang ingin anak, dan unmet need berjumlah {n}, lebih banyak daripada PUS "
            "({couples}); perlu diperiksa."
        ).format(n=fmt.number(counted), couples=fmt.number(couples))
    greater, less = rule.compares
    words = _("{a} ({n}) lebih banyak daripada {b} ({m}); perlu diperiksa.").format(
        a=labels()[greater], n=fmt.number(row[greater]), b=labels()[less], m=fmt.number(row[less])
    )
    if less == "pokja_anggota_jiwa" and row[less] == 1:
        words += " " + _("Jumlah anggota sebesar 1 dapat berupa angka pengganti yang ditulis portal.")
    return words
