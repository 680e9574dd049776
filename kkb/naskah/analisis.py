"""Spread, outliers and correlation in words, and what they do not prove."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.analisis import FENCE, FEW, SMALL, STATUS, Spread, Variable, group_counts
from kkb.compute.hubungan import Relation, medians, pairs, with_both
from kkb.rows import first, records


def value(variable: Variable, number: float) -> str:
    """One value as a reader writes it: the name of its group, or the number."""
    if variable.groups:
        return variable.groups.get(number, fmt.number(number, 0 if number % 1 == 0 else 1))
    return fmt.number(number, variable.decimals)


def pair_words(a: Variable, b: Variable) -> dict[str, str]:
    """The names of both, for sentences."""
    return {"a": a.name, "b": b.name}


def title(found: Relation, a: Variable, b: Variable, area: str, part: tuple[str, str] | None) -> str:
    """The finding of the page: whether two indicators go together."""
    words = {**pair_words(a, b), "area": area, "n": fmt.number(found.n)}
    if found.reason == "kosong":
        return _("Tidak ada desa/kelurahan di {area} yang memiliki {a} dan {b} sekaligus").format(**words)
    if found.reason == "sedikit":
        return _("{a} dan {b}: hanya {n} desa/kelurahan di {area} memiliki keduanya, terlalu sedikit").format(**words)
    if found.reason:
        same = a.name if found.reason == "tetap_a" else b.name
        return _("{same} sama di semua {n} desa/kelurahan, sehingga tidak dapat dihubungkan").format(same=same, **words)
    if part:
        return _("{a} dan {b} berkaitan menurut cara menghitungnya ({n} desa/kelurahan)").format(**words)
    if STATUS in (a.code, b.code) and found.direction:
        words["other"] = b.name if a.code == STATUS else a.name
        higher = _("Kampung KB cenderung memiliki {other} lebih tinggi daripada yang belum ({n} desa/kelurahan)")
        lower = _("Kampung KB cenderung memiliki {other} lebih rendah daripada yang belum ({n} desa/kelurahan)")
        return (higher if found.direction > 0 else lower).format(**words)
    sentence = {
        1: _("Desa dengan {a} lebih tinggi cenderung memiliki {b} lebih tinggi ({n} desa/kelurahan)"),
        -1: _("Desa dengan {a} lebih tinggi cenderung memiliki {b} lebih rendah ({n} desa/kelurahan)"),
        0: _("{a} dan {b}: hubungan belum jelas ({n} desa/kelurahan)"),
    }[found.direction]
    return sentence.format(**words)


def _coefficient(name: str, found: tuple[float, float, float]) -> str:
    middle, low, high = (fmt.number(c, 2) for c in found)
    return _("{name} {middle} (selang kepercayaan 95%: {low} sampai dengan {high})").format(
        name=name, middle=middle, low=low, high=high
    )


def correlation(found: Relation) -> str:
    """The correlation with its interval and number of cases, or why there is none."""
    n = {"n": fmt.number(found.n), "total": fmt.number(found.total), "few": fmt.number(FEW)}
    if found.rank is None:
        if found.reason in ("kosong", "sedikit"):
            return _(
                "**Hubungan:** {n} dari {total} desa/kelurahan memiliki kedua nilai; korelasi tidak dihitung di bawah "
                "{few} desa/kelurahan (batas aplikasi ini, bukan ketentuan resmi)."
            ).format(**n)
        return _(
            "**Hubungan:** {n} dari {total} desa/kelurahan memiliki kedua nilai, tetapi salah satu nilainya sama di "
            "semua desa/kelurahan sehingga korelasi tidak dapat dihitung."
        ).format(**n)
    told = [_coefficient(_("korelasi peringkat Spearman"), found.rank)]
    if found.linear:
        told.append(_coefficient(_("korelasi linear Pearson"), found.linear))
    sentence = _("**Hubungan:** {told} atas {n} dari {total} desa/kelurahan.").format(told=fmt.names(told), **n)
    if found.direction == 0:
        sentence += " " + _("Selang Spearman memuat nol, sehingga arah hubungan belum dapat dipastikan.")
    if found.n < SMALL:
        sentence += " " + _("Jumlah desa/kelurahan sedikit, sehingga selangnya lebar dan mudah berubah.")
    return sentence + " " + _("Korelasi bukan bukti sebab akibat.")


def caution(a: Variable, b: Variable, found: Relation, part: tuple[str, str] | None) -> str:
    """What the correlation does not prove, and that the dates differ; '' when there is nothing to say."""
    names = {a.code: a.name, b.code: b.name}
    parts = []
    if part:
        parts.append(
            _("{part} ikut membentuk {whole}, sehingga hubungan keduanya bukan temuan baru.").format(
                part=names[part[0]], whole=names[part[1]]
            )
        )
    if found.rank:
        parts.append(
            _(
                "Korelasi tidak membuktikan sebab akibat; kedua indikator dapat dipengaruhi hal lain, seperti letak "
                "atau anggaran. Dari 20 pasangan indikator yang tidak berkaitan sekitar satu akan tampak berkaitan "
                "karena kebetulan."
            )
        )
    if a.period != b.period:
        parts.append(
            _("Tanggalnya berbeda: {a} {day_a}, {b} {day_b}.").format(
                **pair_words(a, b), day_a=fmt.period(a.period), day_b=fmt.period(b.period)
            )
        )
    return _("**Batas tafsir:** {what}").format(what=" ".join(parts)) if parts else ""


def spread_line(variable: Variable, found: Spread, rows: pd.DataFrame) -> str:
    """n of N, and mean and median of one indicator, or for classes the number in each."""
    n = {"name": variable.name, "n": fmt.number(found.n), "total": fmt.number(found.total)}
    if not found.n:
        return _("**{name}:** tidak satu pun dari {total} desa/kelurahan memiliki nilai.").format(**n)
    if variable.groups and not variable.has_mean:
        counts = group_counts(rows, variable.groups)
        told = fmt.names([f"{variable.groups[g]} {fmt.number(c)}" for g, c in counts.items()])
        return _("**{name}:** {told}; {n} dari {total} desa/kelurahan memiliki nilai.").format(told=told, **n)
    middle = {"median": value(variable, found.median), "mean": fmt.number(found.mean, max(variable.decimals, 2))}
    return _("**{name}:** median {median}, rata-rata {mean}; {n} dari {total} desa/kelurahan memiliki nilai.").format(
        **n, **middle
    )


def spread_title(variable: Variable, found: Spread, rows: pd.DataFrame) -> str:
    """The finding of one spread: the middle half, or the group that most villages are in."""
    if not found.n:
        return _("{name}: belum ada nilai di sini").format(name=variable.name)
    if variable.is_number and found.n < FEW:
        return _("{name}: dari {low} sampai {high} pada {n} desa/kelurahan").format(
            name=variable.name,
            low=value(variable, found.lowest),
            high=value(variable, found.highest),
            n=fmt.number(found.n),
        )
    if variable.is_number:
        return _("{name}: separuh desa/kelurahan berada antara {low} dan {high}").format(
            name=variable.name, low=value(variable, found.lower), high=value(variable, found.upper)
        )
    counts = group_counts(rows, variable.groups)
    most = max(counts.values())
    top = fmt.names([variable.groups[g] for g, n in counts.items() if n == most])
    sentence = (
        _("{name}: terbanyak {group}, {n}")
        if list(counts.values()).count(most) == 1
        else _("{name}: terbanyak {group}, masing-masing {n}")
    )
    return sentence.format(name=variable.name, group=top, n=fmt.of(most, found.n))


def relation_title(a: Variable, b: Variable, rows: pd.DataFrame, found: Relation) -> str:
    """The finding of the picture of both: medians of the groups, the most frequent pair, or the correlation."""
    known = with_both(rows)
    if known.empty:
        return _("Tidak ada desa/kelurahan dengan kedua nilai")
    if a.groups and b.groups:
        top = first(pairs(rows))
        return _("Pasangan terbanyak: {a} dan {b}, {n}").format(
            a=f"{a.name} {value(a, top['nilai_a'])}",
            b=f"{b.name} {value(b, top['nilai_b'])}",
            n=fmt.of(top["jumlah"], len(known)),
        )
    if a.groups or b.groups:
        grouped, measured, side = (a, b, "a") if a.groups else (b, a, "b")
        told = [f"{value(grouped, r['kelompok'])} {value(measured, r['median'])}" for r in records(medians(rows, side))]
        return _("Median {name}: {told}").format(name=measured.name, told=fmt.names(told))
    if found.rank is None:
        return _("{a} dan {b} pada {n} desa/kelurahan").format(**pair_words(a, b), n=fmt.number(found.n))
    return _("{a} dan {b}: korelasi peringkat {r} (n = {n})").format(
        **pair_words(a, b), r=fmt.number(found.rank[0], 2), n=fmt.number(found.n)
    )


def spread_key(variable: Variable, found: Spread) -> str:
    """What the marks of the picture of one spread are; '' where they explain themselves."""
    if not variable.is_number or found.n < FEW:
        return ""
    if found.low_fence <= found.lowest and found.highest <= found.high_fence:
        return _("Garis kecil di bawah batang: satu desa.")
    return _("Garis kecil di bawah batang: satu desa; silang merah: pencilan.")


def relation_key(a: Variable, b: Variable) -> str:
    """What the marks of the picture of both are; '' where they explain themselves."""
    if a.groups and b.groups:
        return _("Angka dalam lingkaran: banyaknya desa/kelurahan.")
    if a.groups or b.groups:
        return _("Satu titik satu desa/kelurahan; garis tebal: median; kotak: separuh desa/kelurahan di tengah.")
    return _("Satu titik satu desa/kelurahan; angka dalam titik: banyaknya desa/kelurahan di titik itu.")


def silent_note(variable: Variable, n: int) -> str:
    """That some classes hold scores the portal gives for want of a report; '' when none does."""
    if not n:
        return ""
    return _(
        "Tanda silang: {n} desa/kelurahan yang belum lengkap melapor; {name} di sana memuat skor 1 dari portal."
    ).format(n=fmt.number(n), name=variable.name)


def left_out_note(variable: Variable, n: int) -> str:
    """That the output index of villages without a report is left out; '' when there is none."""
    if not n:
        return ""
    return _(
        "{n} desa/kelurahan tidak disertakan karena laporannya belum lengkap; "
        "{name} di sana dihitung portal dari skor 1."
    ).format(name=variable.name, n=fmt.number(n))


def outlier_title(variable: Variable, rows: pd.DataFrame) -> str:
    """The finding: how many villages lie beyond the fences, on either side."""
    low, high = (rows["sisi"] == "rendah").sum(), (rows["sisi"] == "tinggi").sum()
    words = {"name": variable.name, "low": fmt.number(low), "high": fmt.number(high)}
    if low and high:
        return _("Pencilan {name}: {low} jauh di bawah, {high} jauh di atas yang lain").format(**words)
    if low:
        return _("Pencilan {name}: {low} jauh di bawah yang lain").format(**words)
    if high:
        return _("Pencilan {name}: {high} jauh di atas yang lain").format(**words)
    return _("Tidak ada pencilan {name}").format(**words)


def no_outliers() -> str:
    """Why no outliers are looked for."""
    return _(
        "Pencilan tidak dicari: indikatornya bertingkat (kelas atau skor), atau yang memiliki nilai kurang "
        "dari {n} desa/kelurahan."
    ).format(n=fmt.number(FEW))


def outlier_rule(variable: Variable, found: Spread) -> str:
    """The rule by which a value is an outlier, with its limits."""
    return _(
        "Aturan Tukey: di bawah {low} atau di atas {high}, yaitu lebih dari {k} kali jarak antarkuartil di luar "
        "kuartil pertama ({q1}) atau ketiga ({q3}). Pencilan perlu diperiksa; belum tentu salah."
    ).format(
        low=value(variable, found.low_fence),
        high=value(variable, found.high_fence),
        k=fmt.number(FENCE, 1),
        q1=value(variable, found.lower),
        q3=value(variable, found.upper),
    )


def days(*variables: Variable) -> str:
    """The periods of some indicators, each once."""
    return fmt.names([fmt.period(p) for p in dict.fromkeys(v.period for v in variables)])
