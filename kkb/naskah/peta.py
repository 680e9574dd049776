"""The title of the map, and what stands under it."""

from __future__ import annotations

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.rows import Table, records


def map_title(indicator: str, scheme: str, legend: Table, counts: dict[str, int], area: str) -> str:
    """The finding of the map: how many of the villages with a value have the status, pass, or are in the best class."""
    classes = [row for row in records(legend) if row["bagian"] == "kelas"]
    scored = sum(counts.get(row["kode_kelas"], 0) for row in classes)
    if scored == 0:
        return _("{indicator}: tidak ada desa yang dinilai di {area}").format(indicator=indicator, area=area)
    if scheme == "status":
        return _("{n} desa/kelurahan di {area} sudah Kampung KB ({percent})").format(
            n=fmt.of(counts.get("sudah", 0), scored),
            area=area,
            percent=fmt.share(counts.get("sudah", 0), scored),
        )
    if scheme in ("skor", "indeks"):
        passed = sum(counts.get(k, 0) for k in ("s3", "s4", "i3", "i4"))
        return _("{indicator}: {n} Kampung KB di {area} mencapai ambang kelulusan 3").format(
            indicator=indicator, n=fmt.of(passed, scored), area=area
        )
    best = classes[-1]
    generic = (
        _("{indicator}: {n} desa di {area} bernilai {best}")
        if scheme == "subindeks"
        else _("{indicator}: {n} desa/kelurahan di {area} bernilai {best}")
    )
    sentence = {
        "klasifikasi": _("{n} Kampung KB di {area} berkelas {best}"),
        "idm": _("IDM: {n} desa di {area} berstatus {best}"),
    }.get(scheme, generic)
    return sentence.format(
        indicator=indicator,
        n=fmt.of(counts.get(str(best["kode_kelas"]), 0), scored),
        area=area,
        best=field(best, "label").split(" (")[0],
    )


def map_note(legend: Table, counts: dict[str, int]) -> str:
    """How many villages have no value and why, and where the class limits come from."""
    rows = records(legend)
    parts = [
        f"{field(row, 'label')}: {fmt.number(counts[row['kode_kelas']])}"
        for row in rows
        if row["bagian"] == "keadaan" and counts.get(row["kode_kelas"])
    ]
    note = field(rows[0], "catatan")
    limits = [f"{note}."] if note else []
    return " ".join([*([_("Tanpa nilai: {list}.").format(list="; ".join(parts))] if parts else []), *limits])
