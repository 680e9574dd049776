"""Why an item has its score, in words: what was measured, and the limits of this score and of the next."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute.alasan import Reason
from kkb.compute.klasifikasi import GROUPS, LONG_ACTING, METHODS, UNMET
from kkb.rows import Row


def reason(told: Reason, rule: Row, recap: Row | None, known: Row | None, period: str) -> str:
    """The reason for one score.

    `rule` is the item's row of `queries.item_rules`; `recap` is the row of the village in `queries.recap`, None without
    one, and `known` its row of `rekap.figures`.
    """
    unit = field(rule, "satuan")
    own = _range(told, told.score, unit)
    words = {"score": told.score, "range": own}
    if told.state == "belum_melapor":
        report = _("Laporan poktan") if told.item.code == "SK09" else _("Laporan KB")
        start = _(
            "{report} pada rekap {day} kosong, sehingga portal memberi skor 1; keadaan desa belum diketahui."
        ).format(report=report, day=_day(recap))
    elif told.state == "tanpa_rekap":
        start = _("Belum ada rekap sampai dengan tanggal ini, sehingga dasar skornya belum diketahui.")
    elif told.state == "menurut_skor":
        start = _("{why}; menurut skornya {range}.").format(why=_why_unknown(told.item.code, recap), **words)
    else:
        measure = _measure(told.measure, unit)
        detail = _detail(told.item.code, recap, known) if recap and known else ""
        measure += f" ({detail})" if detail else ""
        if told.state == "berbeda":
            start = _(
                "Rekap {day}: {measure}, yang berarti skor {counted}; skor yang terbit per {period} ialah {score} "
                "({range}). Tanggal keduanya tidak sama."
            ).format(day=_day(recap), measure=measure, counted=told.counted, period=fmt.period(period), **words)
        else:
            start = _("{measure}; skor {score}: {range}.").format(measure=measure, **words)
    return f"{_sentence(start)} {_next(told, unit)}" if told.is_known else start


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _next(told: Reason, unit: str) -> str:
    if told.score < told.item.ceiling:
        return _("Skor {next}: {range}.").format(next=told.score + 1, range=_range(told, told.score + 1, unit))
    if told.item.ceiling == 3:
        return _("Skor tertinggi butir ini 3.")
    return _("Skor tertinggi.")


def _range(told: Reason, score: int, unit: str) -> str:
    return fmt.score_range(told.item.limits, told.item.rising, score, unit)


def _measure(value: float | None, unit: str) -> str:
    return fmt.percent(value, 0) if unit == "%" else f"{fmt.number(value)} {unit}"


def _day(recap: Row | None) -> str:
    return fmt.day(recap["tanggal"]) if recap else fmt.MISSING


def _why_unknown(code: str, recap: Row | None) -> str:
    if code == "SK02" and recap:
        return _("rekap menulis 1 sumber, yang juga ditulis portal bila tidak ada")
    if code == "SK06" and recap:
        return _("rekap hanya mencatat bahwa data digunakan, tidak berapa jenis")
    return _("rekap tidak memuat butir ini")


def _detail(code: str, row: Row, known: Row) -> str:
    if code == "SK01":
        return _marks(
            (_("pengurus"), row["is_pokja_pengurus"]),
            (_("jumlah anggota"), (row["pokja_anggota_jiwa"] if pd.notna(row["pokja_anggota_jiwa"]) else 0) > 0),
            (_("pelatihan"), row["is_pokja_pelatihan"]),
        )
    if code == "SK05":
        return _marks((_("PKB/PLKB"), row["is_plkb_pendamping"]), (_("regulasi"), row["is_regulasi"]))
    if code == "SK09":
        names = {"bkb_kk": "BKB", "bkr_kk": "BKR", "bkl_kk": "BKL", "uppka_kk": "UPPKA", "pikr_jiwa": "PIK-R"}
        return ", ".join(f"{names[g]} {fmt.percent(known[g.split('_')[0] + '_pct'], 0)}" for g in GROUPS)
    if code in ("SK10", "SK12"):
        part = sum(known[f"{n}_pasangan"] for n in (METHODS if code == "SK10" else UNMET))
        return _("{n} PUS").format(n=fmt.of(part, row["pus_pasangan"]))
    if code == "SK11":
        lasting = sum(known[f"{n}_pasangan"] for n in LONG_ACTING)
        return _("{n} peserta").format(n=fmt.of(lasting, known["peserta_pasangan"]))
    return ""


def _marks(*elements: tuple[str, object]) -> str:
    return ", ".join(
        _("{what} ada").format(what=what) if there else _("{what} tidak tercatat").format(what=what)
        for what, there in elements
    )
