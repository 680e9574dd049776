"""What is said of villages as such: decrees, activities, IDM and Indeks Desa."""

from __future__ import annotations

from kkb.bahasa import _
from kkb.contracts import IDM_CLASSES
from kkb.ingest import angka, waktu
from kkb.ingest.isi.nilai import period_of
from kkb.ingest.isi.pembaca import NO, YES, Reader
from kkb.ingest.jenis import DIMENSIONS, label
from kkb.ingest.tabel import Table


def decrees(reader: Reader) -> None:
    """Lists of decrees: a row per village that has one; rows that say 'belum' or nothing count as blank."""
    has = set(reader.facts["status"]["kode_desa"])
    for table, row, village in reader.rows():
        status = label(reader.text(table, row, "status"))
        number = reader.words(table, row, "nomor_sk")
        day = table.cell(row, table.columns["tanggal_sk"]) if "tanggal_sk" in table.columns else ""
        dated = reader.text(table, row, "tanggal_sk")
        if status and status not in YES | NO | {"kampungkb", "sudahkampungkb", "belumkampungkb"}:
            reader.wrong(table, row, "status", _("sudah atau belum"))
            continue
        if status in NO | {"belumkampungkb"}:
            if village in has or number or dated:
                reader.wrong(table, row, "status", _("sudah: desa/kelurahan ini tercatat sebagai Kampung KB"))
            reader.said.blank += 1
            continue
        if not status and not number and not dated:
            reader.said.blank += 1
            continue
        found = waktu.day(day) if dated else None
        if dated and (found is None or found > (reader.choices.as_of or "")):
            words = _("tanggal, misalnya 17/08/2024, tidak sesudah tanggal daftar ({day})")
            reader.wrong(table, row, "tanggal_sk", words.format(day=reader.choices.as_of))
            continue
        record = {"tanggal": reader.choices.as_of, "kode_desa": village, "tanggal_sk": found, "nomor_sk": number}
        reader.add("keputusan", {**record, "sumber": reader.source(table, row)}, table, row)


def activities(reader: Reader) -> None:
    """A row per activity in a village."""
    for table, row, village in reader.rows():
        if not reader.text(table, row, "kegiatan"):
            reader.said.blank += 1
            continue
        period = period_of(reader, table, row)
        if period is None:
            continue
        texts = {c: reader.words(table, row, c) for c in ("kegiatan", "opd", "sumber_dana", "keterangan")}
        people = reader.number(table, row, "peserta_jiwa", 0, 1_000_000)
        record = {
            "kode_desa": village,
            "periode": period,
            **texts,
            "anggaran_rp": reader.number(table, row, "anggaran_rp", 0, 1e12),
            "peserta_jiwa": people,
            "sumber": reader.source(table, row),
        }
        reader.add("kegiatan", record, table, row)


def idm(reader: Reader) -> None:
    """IDM and its three parts, for one year or several beside each other."""
    kinds = reader.facts["desa"].set_index("kode_desa")["jenis"]
    for table, row, village in reader.rows():
        years = {year for _name, year in table.idm.values()}
        for year in sorted(years):
            columns = {name: place for place, (name, y) in table.idm.items() if y == year}
            if all(str(table.cell(row, place)).strip().casefold() in angka.NOTHING for place in columns.values()):
                reader.said.blank += 1
                continue
            if kinds[village] == "kelurahan":
                reader.wrong(table, row, next(iter(columns.values())), _("kosong: IDM hanya untuk desa"))
                continue
            parts = {n: reader.number(table, row, columns[n], 0, 1) if n in columns else None for n in _IDM_PARTS}
            when = year or (period_of(reader, table, row) or "")[:4]
            status = _idm_status(reader, table, row, columns.get("status"))
            if not when or None in parts.values() or status is None:
                missing = [n for n, v in parts.items() if v is None]
                if missing:
                    place = columns.get(missing[0], next(iter(columns.values())))
                    reader.wrong(table, row, place, _("angka 0 sampai 1 untuk iks, ike, ikl, dan idm"))
                continue
            mean = sum(parts[n] or 0 for n in ("iks", "ike", "ikl")) / 3
            if abs(mean - (parts["idm"] or 0)) > 0.001:
                reader.odd(
                    table,
                    row,
                    columns["idm"],
                    _("rata-rata IKS, IKE, IKL, {mean}").format(mean=angka.plain(round(mean, 4))),
                )
            reader.add("idm", {"tahun": when, "kode_desa": village, **parts, "status_idm": status}, table, row)


_IDM_PARTS = ("idm", "iks", "ike", "ikl")


def _idm_status(reader: Reader, table: Table, row: int, place: int | None) -> str | None:
    word = "" if place is None else "_".join(str(table.cell(row, place)).casefold().split())
    if word in IDM_CLASSES:
        return word
    if place is None:
        place = next(iter(table.idm))
    reader.wrong(
        table, row, place, _("status resmi: {list}").format(list=", ".join(c.replace("_", " ") for c in IDM_CLASSES))
    )
    return None


def village_index(reader: Reader) -> None:
    """Indeks Desa, its dimensions and status."""
    kinds = reader.facts["desa"].set_index("kode_desa")["jenis"]
    for table, row, village in reader.rows():
        if not reader.text(table, row, "skor"):
            reader.said.blank += 1
            continue
        if kinds[village] == "kelurahan":
            reader.wrong(table, row, "skor", _("kosong: Indeks Desa hanya untuk desa"))
            continue
        score = reader.number(table, row, "skor", 0, 100)
        period = period_of(reader, table, row)
        if score is None or period is None:
            continue
        place = table.columns.get("status")
        status = (
            _idm_status(reader, table, row, place) if place is not None and reader.text(table, row, "status") else ""
        )
        if status is None:
            continue
        dimensions = {name: reader.number(table, row, name, 0, 100) for name in DIMENSIONS}
        record = {"tahun": period[:4], "kode_desa": village, **dimensions, "skor": score, "status_desa": status}
        reader.add("indeks_desa", {**record, "sumber": reader.source(table, row)}, table, row)
