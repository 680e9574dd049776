"""The written summary of the first page, and the titles of its charts."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.ringkasan import Standing
from kkb.rows import first, records


def coverage_title(area: str, reached: int, villages: int) -> str:
    """How many villages of the area have the status."""
    return _("{n} desa/kelurahan di {area} berstatus Kampung KB").format(n=fmt.of(reached, villages), area=area)


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


def class_mix(counts: dict[str, int], total: int, day: str | None) -> str:
    """How many Kampung KB are in each class; `day` is when they were scored, unless all `total` were on the same."""
    mix = fmt.names([f"{fmt.number(n)} {fmt.class_name(k)}" for k, n in counts.items()])
    if day is not None:
        return _("Menurut klasifikasi portal per {day}, {n} Kampung KB yang dinilai terdiri atas {mix}.").format(
            day=fmt.period(day), n=fmt.number(sum(counts.values())), mix=mix
        )
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
