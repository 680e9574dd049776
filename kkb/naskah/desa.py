"""One village in words: the finding, its class over time, what is missing, and what is not known."""

from __future__ import annotations

from itertools import chain, islice

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute.alasan import Reason
from kkb.compute.klasifikasi import CLASSES
from kkb.compute.naik_kelas import Plan, Route, Steps
from kkb.compute.rekap import Beside
from kkb.rows import Row, records

UNKNOWN = "†"
"""Marks an item without a report among the ways."""


def name(facts: Row) -> str:
    """A village with its kecamatan, as two may share a name: 'Padangin (Kec. Tanta)'."""
    return _("{village} (Kec. {district})").format(village=facts["nama_desa"], district=facts["nama_kecamatan"])


def title(facts: Row, kelas: str | None, told: list[Reason], ahead: Plan | None, idm: Row | None, period: str) -> str:
    """The finding on one village: its class and what holds it there, or that it is no Kampung KB and its IDM.

    `period` is the day of the status, which a list of decrees may know later than the portal knows classes.
    """
    village = name(facts)
    if kelas is None and has_status(facts, period):
        return _("{village} sudah Kampung KB, tetapi belum dinilai portal").format(village=village)
    if kelas is None:
        if idm is None or idm["keadaan"] == "belum_melapor":
            return _("{village} belum Kampung KB").format(village=village)
        if idm["keadaan"] == "tidak_berlaku":
            return _("{village} belum Kampung KB; IDM tidak berlaku untuk kelurahan").format(village=village)
        return _("{village} belum Kampung KB; IDM {year} {status}").format(
            village=village, year=idm["periode"], status=field(idm, "label").split(" (")[0]
        )
    finding = [fmt.class_name(kelas), _holding_back(kelas, told, ahead)]
    return _("{village}: {finding}").format(village=village, finding="; ".join(f for f in finding if f))


def _holding_back(kelas: str, told: list[Reason], ahead: Plan | None) -> str:
    missing = {r.item.code for r in told if not r.is_known}
    if {"SK09", "SK10"} <= missing:
        return _("laporan KB dan poktan belum ada")
    if missing:
        return _("laporan KB belum ada") if "SK10" in missing else _("laporan poktan belum ada")
    if kelas == "berkelanjutan":
        return _("kelas tertinggi")
    if ahead is None:
        return ""
    return _("kurang {n} poin untuk {kelas}").format(n=fmt.number(ahead.points), kelas=fmt.class_name(leads_to(ahead)))


def has_status(facts: Row, period: str) -> bool:
    """Whether a village has the status on a day."""
    return bool(pd.notna(facts["tercatat_sejak"]) and str(facts["tercatat_sejak"])[:10] <= period)


def identity(facts: Row, period: str, version: str) -> str:
    """What stands under the title, on paper as well: kind, kecamatan, code, area, date and version of the data."""
    return _(
        "{kind} di Kecamatan {district} · kode {code} · {area} km² · data per {period} · versi data {version}"
    ).format(
        kind=_("Desa") if facts["jenis"] == "desa" else _("Kelurahan"),
        district=facts["nama_kecamatan"],
        code=fmt.village_code(facts["kode_desa"]),
        area=fmt.number(facts["luas_km2"], 2),
        period=fmt.period(period),
        version=version,
    )


def same_name(facts: Row) -> str:
    """That another village has the same name; '' when none has."""
    if facts["nama_sama"] < 2:
        return ""
    return _("Nama ini digunakan oleh {n} desa di kabupaten ini; perhatikan kecamatannya.").format(n=facts["nama_sama"])


def recorded(facts: Row) -> str:
    """Since when the portal records the status, and what is known of the decree."""
    sentence: str = (
        _("Tercatat sebagai Kampung KB sejak ekspor portal {day}; statusnya dapat lebih lama dari itu.").format(
            day=fmt.day(facts["sejak_portal"])
        )
        if pd.notna(facts["sejak_portal"])
        else _("Berstatus Kampung KB menurut daftar SK; belum ada di ekspor portal.")
    )
    decree = [w for w in (facts["nomor_sk"], fmt.day(facts["tanggal_sk"])) if isinstance(w, str) and w != fmt.MISSING]
    if not decree:
        return f"{sentence} " + _("Nomor dan tanggal SK tidak ada di sumber.")
    return f"{sentence} " + _("SK: {decree}.").format(decree=", ".join(decree))


def class_title(history: pd.DataFrame, period: str) -> str:
    """The finding of the class over time, up to a date."""
    rows = history[(history["periode"] <= period) & history["kelas"].notna()]
    now = str(rows["kelas"].iloc[-1])
    others = rows[rows["kelas"] != now]
    if others.empty:
        if len(rows) == 1:
            return _("{kelas} pada tanggal data pertama").format(kelas=fmt.class_name(now))
        return _("Tetap {kelas} pada {n} tanggal data sejak {first}").format(
            kelas=fmt.class_name(now), n=fmt.number(len(rows)), first=fmt.period(rows["periode"].iloc[0])
        )
    since = rows[rows["periode"] > others["periode"].iloc[-1]]["periode"].iloc[0]
    return _("{kelas} sejak data {day}, sebelumnya {before}").format(
        kelas=fmt.class_name(now), day=fmt.period(since), before=fmt.class_name(str(others["kelas"].iloc[-1]))
    )


def items_title(told: list[Reason]) -> str:
    """The finding of the twelve items."""
    words = {
        "n": fmt.of(sum(r.is_known and r.score >= 3 for r in told), len(told)),
        "missing": fmt.number(sum(not r.is_known for r in told)),
    }
    if all(r.is_known for r in told):
        return _("{n} butir berskor 3 atau lebih").format(**words)
    return _("{n} butir berskor 3 atau lebih; {missing} butir belum melapor").format(**words)


def leads_to(plan: Plan) -> str:
    """The class that every one of the cheapest ways reaches, at least; it may be above the one asked for."""
    return min((r.reaches for r in plan.routes), key=CLASSES.index, default=plan.target)


def way_title(plan: Plan | None, target: str) -> str:
    """How far it is to a class, and to which class the cheapest ways really lead."""
    if plan is None:
        return _("{kelas} tidak dapat dicapai dalam batas skor").format(kelas=fmt.class_name(target))
    words = {"kelas": fmt.class_name(leads_to(plan)), "n": fmt.number(plan.points), "target": fmt.class_name(target)}
    if leads_to(plan) != target:
        return _("Menuju {kelas}, melewati {target}: kurang {n} poin").format(**words)
    return _("Menuju {kelas}: kurang {n} poin").format(**words)


def ways(plan: Plan, items: dict[str, Row], told: list[Reason], shown: int) -> str:
    """The points per index and the first `shown` of the cheapest ways, as Markdown; an item without a report is marked.

    They are few, so that the page fits on paper.
    """
    scores = {r.item.code: r.score for r in told}
    unknown = {r.item.code for r in told if not r.is_known}

    def step(code: str, new: int) -> str:
        mark = UNKNOWN if code in unknown else ""
        return f"{field(items[code], 'item')}{mark} {scores[code]}→{new}"

    def way(steps: Steps) -> str:
        return ", ".join(step(code, new) for code, new in steps.items())

    count = sum(r.count for r in plan.routes)
    first = islice(chain.from_iterable(r.sets() for r in plan.routes), shown)
    start = _("Poin per indeks: {points}.").format(points=_(" atau ").join(_points(r) for r in plan.routes))
    many = (
        _("Ada {n} cara dengan poin sesedikit itu; {k} yang pertama:").format(n=fmt.number(count), k=shown)
        if count > shown
        else _("Cara dengan poin sesedikit itu:")
    )
    return "\n".join([f"{start} {many}", "", *(f"- {way(steps)}" for steps in first)])


def _points(route: Route) -> str:
    names = {index: _(index.capitalize()) for index in route.missing}
    return fmt.names([f"{names[index]} {fmt.number(n)}" for index, n in route.missing.items()])


def unreported(told: list[Reason]) -> str:
    """That the score 1 of an empty report says nothing of the village; '' when all reports were made."""
    if all(r.is_known for r in told):
        return ""
    return _(
        "{mark} belum melapor: skor 1 dari portal, keadaan sebenarnya belum diketahui. Setelah laporan diisi, "
        "jaraknya dapat berkurang."
    ).format(mark=UNKNOWN)


def neighbours_title(rows: pd.DataFrame) -> str:
    """How many of the neighbours have the status."""
    return _("{n} tetangga sudah Kampung KB").format(
        n=fmt.of(int((rows["keadaan"] != "tidak_dinilai").sum()), len(rows))
    )


def neighbour(row: Row, district: str) -> str:
    """One neighbour: its name, its kecamatan if it is another, and its class or state."""
    state = fmt.class_name(row["kelas"]) if isinstance(row["kelas"], str) else _("belum")
    village = name(row) if row["kode_kecamatan"] != district else row["nama_desa"]
    return _("{village}: {state}").format(village=village, state=state)


def figures_title(cpr: Beside) -> str:
    """The finding of the recap: the CPR beside that of the others, or that there is no report."""
    if pd.isna(cpr.value):
        return _("Laporan KB kosong; median CPR Kampung KB lain {median} (n = {n})").format(
            median=fmt.percent(cpr.median), n=fmt.number(cpr.n)
        )
    return _("CPR {value}; median Kampung KB lain {median} (n = {n})").format(
        value=fmt.percent(cpr.value), median=fmt.percent(cpr.median), n=fmt.number(cpr.n)
    )


def figures_note(rows: dict[str, Beside]) -> str:
    """What the table of recap figures compares, and how blanks are read."""
    told = [
        _("Median Kampung KB lain di kabupaten; n: yang mengisi angka itu."),
        _("* kosong pada laporan yang terisi; dihitung 0, seperti portal menghitungnya."),
    ]
    if rows["pokja_anggota_jiwa"].value == 1:
        told.append(_("Jumlah anggota Pokja sebesar 1 dapat berupa angka pengganti yang ditulis portal."))
    if rows["sumber_dana_jumlah"].value == 1:
        told.append(_("Portal menulis 1 sumber dana juga bila tidak ada."))
    peers = list(rows["penduduk_jiwa"].peers)
    if len(peers) == 1:
        told.append(_("{village}: Kampung KB lain di kecamatan ini.").format(village=peers[0]))
    return " ".join(told)


def idm_title(row: Row) -> str:
    """The finding of the IDM: its value and status beside the median of the kabupaten."""
    words = {"year": row["periode"], "median": fmt.number(row["median_kabupaten"], 4)}
    if row["keadaan"] == "tidak_berlaku":
        return _("IDM {year} tidak berlaku: IDM hanya untuk desa").format(**words)
    if row["keadaan"] != "ada":
        return _("IDM {year} belum ada; median kabupaten {median}").format(**words)
    return _("IDM {year}: {value} ({status}); median kabupaten {median}").format(
        value=fmt.number(row["nilai"], 4), status=field(row, "label").split(" (")[0], **words
    )


def without_status(facts: Row, period: str, last: str, inside: pd.DataFrame) -> list[str]:
    """What is known and what is not of a village without the status, as paragraphs; `inside` are the villages of its
    kecamatan."""
    done = [str(r["nama_desa"]) for r in records(inside[inside["kelas"] == "sudah"])]
    known = _("Di Kecamatan {district}, {n} desa/kelurahan berstatus Kampung KB").format(
        district=facts["nama_kecamatan"], n=fmt.of(len(done), len(inside))
    )
    known += f": {fmt.names(done)}." if done else "."
    later = pd.notna(facts["tercatat_sejak"])
    about: str = (
        recorded(facts)
        if has_status(facts, period)
        else _("Belum tercatat sebagai Kampung KB per {period}; tercatat sejak {day}.").format(
            period=fmt.period(period), day=fmt.day(facts["tercatat_sejak"])
        )
        if later
        else _("Tidak tercatat sebagai Kampung KB pada ekspor portal mana pun sampai dengan {last}.").format(
            last=fmt.period(last)
        )
    )
    unknown = (
        _(
            "Tidak diketahui: kelas, skor dua belas butir, laporan KB, dan laporan poktan, karena portal belum "
            "menilainya."
        )
        if has_status(facts, period)
        else _(
            "Tidak diketahui: kelas, skor dua belas butir, laporan KB, dan laporan poktan, karena portal hanya memuat "
            "Kampung KB."
        )
    )
    return [about, known, unknown]
