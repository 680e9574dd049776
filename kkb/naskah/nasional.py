"""Sentences on provinces and on the kabupaten of one."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.cakupan import Total
from kkb.rows import Row, records


def title(found: Total, province: str | None, period: str) -> str:
    """How many villages are Kampung KB, and of how many kabupaten that is known; `province` None means all."""
    if not found.known:
        return _("Belum ada data Kampung KB per {day} di {area}").format(
            day=fmt.period(period), area=province or _("semua provinsi")
        )
    words = _("{n} kabupaten/kota di {province}") if province else _("{n} kabupaten/kota dalam data ini")
    return _("{n} desa/kelurahan di {area} sudah Kampung KB ({percent})").format(
        n=fmt.of(found.reached, found.villages),
        area=words.format(n=fmt.number(found.known), province=province),
        percent=fmt.share(found.reached, found.villages),
    )


def note(found: Total) -> str:
    """What the figures leave out: kabupaten without data on that date, Kampung KB without a class; '' when nothing."""
    told = []
    if found.known < found.regencies:
        told.append(
            _("Tanpa klasifikasi pada tanggal itu, sehingga tidak dihitung: {n} kabupaten/kota.").format(
                n=fmt.of(found.regencies - found.known, found.regencies)
            )
        )
    if found.classed < found.reached:
        told.append(_("Kampung KB tanpa kelas: {n}.").format(n=fmt.number(found.reached - found.classed)))
    return " ".join(told)


def legend_heading(is_nation: bool) -> str:
    """What colours and numbers of the legend mean."""
    if is_nation:
        return _("Warna: bagian desa/kelurahan yang sudah Kampung KB. Angka: banyaknya provinsi.")
    return _("Warna: bagian desa/kelurahan yang sudah Kampung KB. Angka: banyaknya kabupaten/kota.")


def labels(areas: pd.DataFrame) -> list[str]:
    """What stands on each area of the map: its name, and under it how many of its villages are Kampung KB."""
    return [
        "\n".join(
            (
                str(area["nama_wilayah"]),
                fmt.of(area["jumlah_kampung_kb"], area["jumlah_wilayah"])
                if area["keadaan"] == "ada"
                else _("belum ada data"),
            )
        )
        for area in records(areas)
    ]


def place(found: Row) -> str:
    """A place of `queries.place_search` with what it lies in."""
    code, name, regency = str(found["kode"]), str(found["nama"]), str(found["nama_kabupaten"])
    if len(code) == 4:
        return _("{village} ({district})").format(village=name, district=found["provinsi"])
    if len(code) == 6:
        return _("Kec. {name}, {regency}").format(name=name, regency=regency)
    return _("{village}, Kec. {district}, {regency}").format(
        village=name, district=found["nama_kecamatan"], regency=regency
    )
