"""Sentences made from the numbers, in formal Indonesian or English. They say nothing that the tables do not hold."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute.ringkasan import Standing
from kkb.compute.target import Path
from kkb.rows import Row, first, records


def coverage(area: str, reached: int, villages: int, period: str) -> str:
    """How many villages have the status, and how many are left."""
    return _(
        "Sampai dengan {period}, {n} dari {total} desa/kelurahan di {area} ({percent}) berstatus Kampung Keluarga "
        "Berkualitas (Kampung KB); {gap} desa/kelurahan lainnya belum."
    ).format(
        period=fmt.period(period),
        n=fmt.number(reached),
        total=fmt.number(villages),
        area=area,
        percent=fmt.share(reached, villages),
        gap=fmt.number(villages - reached),
    )


def class_mix(counts: dict[str, int], total: int) -> str:
    """How many Kampung KB are in each class."""
    mix = fmt.names([f"{fmt.number(n)} {fmt.class_name(k)}" for k, n in counts.items()])
    return _("Menurut klasifikasi resmi, {total} Kampung KB tersebut terdiri atas {mix}.").format(
        total=fmt.number(total), mix=mix
    )


def movement(moves: pd.DataFrame, since: str | None, period: str) -> str:
    """Who rose and who fell since an earlier date; '' when there is no earlier date."""
    if since is None:
        return _("Susunan kelas tidak berubah sejak tanggal data pertama.")
    dates = {"since": fmt.period(since), "period": fmt.period(period)}
    up = [_now(r["nama_desa"], r["kelas_baru"]) for r in records(moves[moves["langkah"] > 0])]
    down = [_now(r["nama_desa"], r["kelas_baru"]) for r in records(moves[moves["langkah"] < 0])]
    parts = []
    if up:
        parts.append(_("{names} naik kelas").format(names=fmt.names(up)))
    if down:
        parts.append(_("{names} turun kelas").format(names=fmt.names(down)))
    if not parts:
        return _("Antara {since} dan {period} tidak ada Kampung KB yang berubah kelas.").format(**dates)
    return _("Antara {since} dan {period}, {what}.").format(what="; ".join(parts), **dates)


def _now(village: object, kelas: object) -> str:
    return _("{village} (kini {kelas})").format(village=village, kelas=fmt.class_name(str(kelas)))


def reporting(rows: pd.DataFrame) -> str:
    """How many Kampung KB reported family planning figures, as of which recap, who did not, and what that means."""
    if rows.empty or rows["tanggal_rekap"].isna().all():
        return _("Belum ada rekap laporan sampai dengan tanggal ini.")
    missing = [f"{r['nama_desa']} ({r['nama_kecamatan']})" for r in records(rows[~rows["is_lapor_kb"]])]
    sentence = _("Menurut rekap portal per {day}, laporan KB terisi pada {n} dari {total} Kampung KB.").format(
        day=fmt.day(rows["tanggal_rekap"].max()), n=fmt.number(rows["is_lapor_kb"].sum()), total=fmt.number(len(rows))
    )
    if missing:
        sentence += " " + _(
            "Yang belum melapor: {names}; portal memberi skor 1 pada butir output desa yang tidak melapor."
        ).format(names=fmt.names(missing))
    return sentence


def position(standing: Standing | None, area: str, province: str, period: str) -> str:
    """The rank of coverage in the province, ties in the open; '' when the date has no comparison."""
    if standing is None:
        return ""
    words = {
        "area": area,
        "rank": fmt.number(standing.rank),
        "of": fmt.number(standing.of),
        "province": province,
        "period": fmt.period(period),
        "n": fmt.number(standing.tied - 1),
    }
    if standing.tied > 1:
        return _(
            "Menurut cakupan Kampung KB per {period}, {area} menempati peringkat {rank} dari {of} kabupaten/kota di "
            "{province}, bersama {n} kabupaten/kota lain dengan cakupan yang sama."
        ).format(**words)
    return _(
        "Menurut cakupan Kampung KB per {period}, {area} menempati peringkat {rank} dari {of} kabupaten/kota di "
        "{province}."
    ).format(**words)


def deadline(target: int, year: int, reached: int, period: str, *, today_year: int, is_last: bool) -> str:
    """What the target year was, whether it is past, and what is known; `is_last` when no later portal data exists."""
    words = {"target": target, "year": year, "period": fmt.period(period), "n": fmt.number(reached)}
    if today_year <= year:
        return _(
            "Target pada tahun {year} adalah {target} desa/kelurahan; data portal per {period} mencatat {n}."
        ).format(**words)
    sentence = _(
        "Tenggat rencana {target} desa/kelurahan pada tahun {year} telah lewat. Data portal per {period} mencatat {n}."
    ).format(**words)
    if is_last:
        sentence += " " + _(
            "Sesudah tanggal itu tidak ada data portal, sehingga belum dapat diketahui apakah target tercapai."
        )
    return sentence


def map_title(indicator: str, scheme: str, legend: pd.DataFrame, counts: dict[str, int], area: str) -> str:
    """The finding of the map: how many of the villages with a value have the status, pass, or are in the best class."""
    classes = legend[legend["bagian"] == "kelas"]
    scored = sum(counts.get(str(k), 0) for k in classes["kode_kelas"])
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
    best = records(classes)[-1]
    sentence = {
        "klasifikasi": _("{n} Kampung KB di {area} berkelas {best}"),
        "idm": _("IDM: {n} desa di {area} berstatus {best}"),
    }.get(scheme, _("{indicator}: {n} desa di {area} bernilai {best}"))
    return sentence.format(
        indicator=indicator,
        n=fmt.of(counts.get(str(best["kode_kelas"]), 0), scored),
        area=area,
        best=field(best, "label").split(" (")[0],
    )


def map_note(legend: pd.DataFrame, counts: dict[str, int]) -> str:
    """How many villages have no value and why, and where the class limits come from."""
    states = legend[legend["bagian"] == "keadaan"]
    parts = [
        f"{field(row, 'label')}: {fmt.number(counts[row['kode_kelas']])}"
        for row in records(states)
        if counts.get(row["kode_kelas"])
    ]
    note = field(first(legend), "catatan")
    limits = [f"{note}."] if note else []
    return " ".join([*([_("Tanpa nilai: {list}.").format(list="; ".join(parts))] if parts else []), *limits])


def summary(*sentences: str) -> str:
    """One paragraph of the sentences that have something to say."""
    return " ".join(s for s in sentences if s)


def movement_title(moves: pd.DataFrame, since: str | None) -> str:
    """The finding of the class history: how many rose and fell since the mix last changed."""
    if since is None:
        return _("Susunan kelas belum berubah sejak data pertama")
    up, down = int((moves["langkah"] > 0).sum()), int((moves["langkah"] < 0).sum())
    return _("{up} naik kelas, {down} turun kelas sejak {day}").format(
        up=fmt.number(up), down=fmt.number(down), day=fmt.period(since)
    )


def standing_title(standing: Standing | None, area: str, province: str) -> str:
    """The finding of the ranking."""
    if standing is None:
        return _("Tidak ada pembanding untuk tanggal ini")
    return _("{area} peringkat {rank} dari {of} kabupaten/kota {province}").format(
        area=area, rank=standing.rank, of=standing.of, province=province
    )


def national(comparison: pd.DataFrame) -> str:
    """The nation on the same date; '' when the table has none."""
    rows = comparison[comparison["kode_wilayah"] == "00"]
    if rows.empty:
        return ""
    row = first(rows)
    return _(
        "Indonesia: {n} Kampung KB dari {total} desa/kelurahan menurut kode wilayah Kemendagri ({percent})."
    ).format(
        n=fmt.number(row["jumlah_kampung_kb"]),
        total=fmt.number(row["jumlah_wilayah"]),
        percent=fmt.share(row["jumlah_kampung_kb"], row["jumlah_wilayah"]),
    )


def target_title(path: Path, year: int, period: str, today_year: int) -> str:
    """The finding of the target page."""
    if path.gap == 0:
        return _("Target {n} desa/kelurahan tercapai").format(n=fmt.number(path.target))
    if today_year > year:
        return _("{n} desa/kelurahan belum Kampung KB per {period}; tenggat {year} telah lewat").format(
            n=fmt.number(path.gap), year=year, period=fmt.period(period)
        )
    return _("Masih {n} desa/kelurahan untuk mencapai target {year}").format(n=fmt.number(path.gap), year=year)


def pace(path: Path) -> str:
    """Villages a month, or words when no month is left."""
    return _("tenggat lewat") if path.pace is None else fmt.number(path.pace)


def facts_line(facts: pd.DataFrame, goal: Row) -> str:
    """The dated facts beside the portal's line, each with its source."""
    told = [
        f"{fmt.period(t)}: {fmt.number(v)} ({s})"
        for t, v, s in zip(facts["periode"], facts["nilai"], facts["sumber"], strict=True)
    ]
    return _("Belah ketupat: {facts}. Target {n} pada {year}: {source}.").format(
        facts="; ".join(told), n=fmt.number(goal["target"]), year=goal["tahun"], source=goal["sumber"]
    )
