"""Whether like villages lie together, in words."""

from __future__ import annotations

from collections.abc import Mapping

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.analisis import Variable
from kkb.compute.ruang import ALONE, ALPHA, ENOUGH, NOT_CLEAR, PATTERNS, PERMUTATIONS, Pattern, Reach
from kkb.rows import Row, first


def pattern_names() -> dict[str, str]:
    """What each pattern of a village is called, in the order of the legend."""
    return {
        "tt": _("Tinggi dikelilingi tinggi"),
        "rr": _("Rendah dikelilingi rendah"),
        "tr": _("Tinggi dikelilingi rendah"),
        "rt": _("Rendah dikelilingi tinggi"),
        NOT_CLEAR: _("Tidak berbeda dari kebetulan"),
        ALONE: _("Tidak diuji: tetangganya tanpa nilai"),
    }


def cannot(name: str, found: Reach) -> str:
    """Why an indicator is not tested."""
    words = {
        "name": name,
        "n": fmt.number(found.n),
        "near": fmt.number(len(found.near)),
        "enough": fmt.number(ENOUGH),
    }
    if len(found.near) >= ENOUGH:
        return _("{name} sama di semua desa/kelurahan, sehingga tidak ada pola ruang yang dapat diuji.").format(**words)
    return _(
        "Pola ruang {name} tidak dapat diuji: dari {n} desa/kelurahan yang memiliki nilai, hanya {near} yang "
        "berbatasan langsung dengan desa/kelurahan lain yang juga memiliki nilai, sedangkan diperlukan "
        "sekurang-kurangnya {enough} (batas aplikasi ini)."
    ).format(**words)


def only_numbers(name: str) -> str:
    """Why a status is not tested."""
    return _("Pola ruang {name} tidak diuji: sudah atau belum bukan angka yang dapat dirata-ratakan.").format(name=name)


def whole(name: str, test: Pattern) -> str:
    """The global test in one sentence, for the findings at the top."""
    words = {
        "name": name,
        "i": fmt.number(test.moran, 2),
        "p": chance_of(test.p),
        "n": fmt.number(len(test.villages)),
    }
    if test.p > ALPHA:
        sentence = _(
            "**Pola ruang:** {name} desa yang berbatasan tidak tampak lebih serupa daripada kebetulan "
            "(indeks Moran {i}; p {p}; n = {n})."
        )
    elif test.moran > test.expected:
        sentence = _(
            "**Pola ruang:** desa yang berbatasan cenderung serupa {name}-nya (indeks Moran {i}; p {p}; n = {n})."
        )
    else:
        sentence = _(
            "**Pola ruang:** desa yang berbatasan cenderung berlainan {name}-nya (indeks Moran {i}; p {p}; n = {n})."
        )
    return sentence.format(**words)


def title(name: str, counts: Mapping[str, int], test: Pattern) -> str:
    """The finding of the map: how many villages are in each pattern, those that no village is in left out.

    Where the whole shows no pattern, that comes first.
    """
    names = pattern_names()
    told = [f"{fmt.number(counts[k])} {names[k].lower()}" for k in PATTERNS if counts.get(k)]
    if not told:
        return _("{name}: tidak ada desa yang menonjol di antara tetangganya").format(name=name)
    if test.p > ALPHA:
        n = fmt.number(sum(counts.get(k, 0) for k in PATTERNS))
        return _("{name}: tidak tampak pola ruang; {n} desa menonjol, mungkin kebetulan").format(name=name, n=n)
    return f"{name}: {fmt.names(told)}"


def chance_of(p: float) -> str:
    """A probability as it is written: '0,031', or '< 0,001', never 0."""
    return _("< {least}").format(least=fmt.number(0.001, 3)) if p < 0.001 else fmt.number(p, 3)


def chance(test: Pattern) -> str:
    """How many such villages would be found if there were no pattern, and which hold after the correction for that."""
    firm = test.villages[test.villages["kode_desa"].isin(test.firm)]
    words = {
        "n": fmt.number(len(test.villages)),
        "chance": fmt.number(test.by_chance),
        "seen": fmt.number(test.villages["pola"].isin(PATTERNS).sum()),
        "firm": fmt.number(len(firm)),
    }
    start = _(
        "**Uji berganda:** dari {n} desa yang diuji satu per satu pada taraf 5%, sekitar {chance} akan tampak berpola "
        "karena kebetulan saja; yang tampak {seen}."
    ).format(**words)
    if firm.empty:
        return f"{start} " + _(
            "Tidak satu pun bertahan setelah koreksi uji berganda (FDR 5%), sehingga semuanya hanya petunjuk untuk "
            "diperiksa."
        )
    names = pattern_names()
    counts = firm["kuadran"].value_counts()
    kinds = fmt.names([f"{fmt.number(counts[k])} {names[k].lower()}" for k in PATTERNS if k in counts])
    return f"{start} " + _(
        "Yang bertahan setelah koreksi uji berganda (FDR 5%) hanya {firm}: {kinds}; selebihnya petunjuk untuk "
        "diperiksa."
    ).format(kinds=kinds, **words)


def method(test: Pattern, found: Reach, split: Mapping[str, int]) -> str:
    """How the test was made: neighbours, villages left out, separate pieces, permutations."""
    parts = [
        _(
            "Tinggi dan rendah terhadap rata-rata {n} desa yang diuji ({mean}). Tetangga ialah desa yang berbatasan "
            "langsung dan memiliki nilai, dengan bobot sama; desa di luar kabupaten tidak dihitung."
        ).format(n=fmt.number(len(test.villages)), mean=fmt.number(test.villages["nilai"].mean(), 2))
    ]
    parts.append(
        _("Tidak diuji karena tidak satu pun tetangganya memiliki nilai: {n} desa.").format(
            n=fmt.number(len(found.alone))
        )
        if found.alone
        else _("Setiap desa yang memiliki nilai mempunyai tetangga yang juga memiliki nilai.")
    )
    if found.groups > 1:
        parts.append(
            _("Desa yang diuji terbagi atas {n} kelompok yang tidak saling berbatasan.").format(
                n=fmt.number(found.groups)
            )
        )
    parts += [
        _("Wilayah {name} terdiri atas {n} bagian terpisah; tetangga setiap bagian dihitung.").format(
            name=name, n=fmt.number(n)
        )
        for name, n in split.items()
    ]
    parts.append(
        _("p dua sisi dari {n} acakan dengan benih tetap, sehingga hasilnya selalu sama.").format(
            n=fmt.number(PERMUTATIONS)
        )
    )
    return " ".join(parts)


def whole_regency(area: str) -> str:
    """That the test covers all villages also when one kecamatan is on display."""
    return _(
        "Diuji atas seluruh kabupaten karena tetangga melewati batas kecamatan; daftar dan hitungan ini untuk {area}."
    ).format(area=area)


def village(row: Row, variable: Variable, test: Pattern) -> str:
    """The numbers of one village: its value, the mean of its neighbours, p, and what that is called."""
    name = f"**{row['nama_desa']}** ({row['nama_kecamatan']})"
    tested = test.villages[test.villages["kode_desa"] == row["kode_desa"]]
    if tested.empty:
        return _("{village}: tidak diuji.").format(village=name)
    own = first(tested)
    return _("{village}: {name} {value}; rata-rata {n} tetangganya {mean}; p {p}. {pattern}.").format(
        village=name,
        name=variable.name,
        value=fmt.number(own["nilai"], variable.decimals),
        n=fmt.number(own["jumlah_tetangga"]),
        mean=fmt.number(own["rata_tetangga"], max(variable.decimals, 2)),
        p=chance_of(own["p"]),
        pattern=pattern_names()[own["pola"]],
    )
