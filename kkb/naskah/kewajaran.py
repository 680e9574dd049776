"""Plausibility notes in words: which figures ask for a look. Neutral, as a note is no proof of an error."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import kewajaran
from kkb.compute.klasifikasi import METHODS, is_reported
from kkb.naskah.rekap import labels
from kkb.rows import Row, first


def notes(history: pd.DataFrame) -> list[str]:
    """The notes on one village: `queries.recap_history` of it. The figures are those of its last recap."""
    last = history.tail(1)
    if last.empty:
        return []
    row = first(last)
    found = kewajaran.check(last).iloc[0]
    told = [_note(rule, last, row) for rule in kewajaran.RULES if found[rule.code]]
    alike = first(kewajaran.unchanged(history))
    if alike["is_lama"]:
        told.append(
            _("Semua angka pada {n} rekap terakhir sama persis, sejak {since} sampai dengan {last}.").format(
                n=fmt.number(alike["jumlah_rekap"]), since=fmt.day(alike["sejak"]), last=fmt.day(alike["tanggal"])
            )
        )
    return told


def untested(history: pd.DataFrame) -> str:
    """That the rules on an empty report could not be tested; '' when all reports were made."""
    last = history.tail(1)
    if last.empty or is_reported(last, "SK10").iloc[0]:
        return ""
    return _("Laporan KB pada rekap ini kosong, sehingga angkanya tidak dapat diperiksa kewajarannya.")


def _note(rule: kewajaran.Rule, recap: pd.DataFrame, row: Row) -> str:
    couples = row["pus_pasangan"]
    if rule.code == "cpr_tanpa_unmet_need":
        users = kewajaran.total(recap, METHODS).iloc[0]
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
            users=fmt.number(kewajaran.total(recap, METHODS).iloc[0]), couples=fmt.number(couples)
        )
    if rule.code == "rincian_lebih_dari_pus":
        return _(
            "Peserta KB, PUS hamil, PUS yang ingin anak, dan unmet need berjumlah {n}, lebih banyak daripada PUS "
            "({couples}); perlu diperiksa."
        ).format(n=fmt.number(kewajaran.total(recap, kewajaran.HEADINGS).iloc[0]), couples=fmt.number(couples))
    greater, less = rule.compares
    words = _("{a} ({n}) lebih banyak daripada {b} ({m}); perlu diperiksa.").format(
        a=labels()[greater], n=fmt.number(row[greater]), b=labels()[less], m=fmt.number(row[less])
    )
    if less == "pokja_anggota_jiwa" and row[less] == 1:
        words += " " + _("Jumlah anggota 1 dapat berupa angka pengganti yang ditulis portal.")
    return words
