"""What each office is to do, for which village, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute import capaian, lintas
from kkb.compute.capaian import Figure, Target
from kkb.compute.jalur import Board
from kkb.compute.klasifikasi import CLASSES
from kkb.compute.lintas import Task
from kkb.naskah import kecamatan, langkah
from kkb.rows import Row

NAMED = 4
"""So many indicators without data are named in a line."""
SYMBOLS = {"biru": "▲", "hijau": "●", "kuning": "◆", "merah": "▼"}


def title(tasks: Sequence[Task], offices: int, area: str) -> str:
    """The finding of all offices."""
    work = lintas.work(tasks)
    if not work:
        return _("Belum ada tugas yang dapat dihitung di {area}").format(area=area)
    words = {
        "n": fmt.number(len(work)),
        "k": fmt.number(offices),
        "m": fmt.number(len(lintas.villages(work))),
        "area": area,
        "left": fmt.number(len(lintas.of_kind(tasks, "status"))),
    }
    if lintas.of_kind(tasks, "status"):
        return _("{area}: {n} tugas bagi {k} perangkat daerah di {m} desa/kelurahan; {left} belum Kampung KB").format(
            **words
        )
    return _("{area}: {n} tugas bagi {k} perangkat daerah di {m} desa/kelurahan").format(**words)


def office_title(office: Row, own: Sequence[Task], shared: Sequence[Task], empty: int, lifts: int) -> str:
    """The finding of one office: its tasks and how many Kampung KB they lift, else what it shares with all, else that
    its figures are missing."""
    words = {"office": office["singkatan"], "k": fmt.number(empty)}
    work, together = lintas.work(own), lintas.work(shared)
    if work:
        words |= {"n": fmt.number(len(work)), "m": fmt.number(len(lintas.villages(work))), "l": fmt.number(lifts)}
        if lifts:
            return _("{office}: {n} tugas di {m} desa/kelurahan; {l} naik kelas bila selesai").format(**words)
        return _("{office}: {n} tugas di {m} desa/kelurahan").format(**words)
    status = lintas.of_kind(own, "status")
    if status:
        return _("{office}: {n} desa/kelurahan belum Kampung KB").format(n=fmt.number(len(status)), **words)
    if together and empty:
        return _("{office}: tugas bersama di {n} Kampung KB; {k} indikatornya belum ada data").format(
            n=fmt.number(len(lintas.villages(together))), **words
        )
    if together:
        return _("{office}: tugas bersama di {n} Kampung KB").format(
            n=fmt.number(len(lintas.villages(together))), **words
        )
    if empty:
        return _("{office}: {k} indikatornya belum ada data, sehingga tugasnya belum dapat dihitung").format(**words)
    return _("{office}: tidak ada tugas yang terbuka").format(**words)


def counts(own: Sequence[Task]) -> str:
    """How much an office has to do: '41 tugas di 19 desa/kelurahan'."""
    work = lintas.work(own)
    if not work:
        return _("belum ada tugas terhitung")
    return _("{n} tugas di {m} desa/kelurahan").format(
        n=fmt.number(len(work)), m=fmt.number(len(lintas.villages(work)))
    )


def apart(own: Sequence[Task]) -> list[str]:
    """What is counted apart from tasks: villages without the status, and villages that did not report."""
    status, silent = lintas.of_kind(own, "status"), lintas.villages(lintas.of_kind(own, "lapor"))
    told = []
    if status:
        told.append(_("{n} belum Kampung KB").format(n=fmt.number(len(status))))
    if silent:
        told.append(_("{n} belum melapor").format(n=fmt.number(len(silent))))
    return told


def role(name: str) -> str:
    """The part an office has in an indicator."""
    return {"utama": _("utama"), "pendukung": _("pendukung"), "bersama": _("bersama semua perangkat daerah")}[name]


def kind(name: str) -> str:
    """What sort of gap a task is."""
    return {
        "butir": _("butir kelas"),
        "target": _("target"),
        "ya_tidak": _("belum ada"),
        "status": _("penetapan"),
        "lapor": _("belum melapor"),
    }[name]


def name(code: str, indicators: Mapping[str, Row], items: Mapping[str, Row]) -> str:
    """A class item or an indicator by its name."""
    return field(items[code], "item") if code in items else field(indicators[code], "nama")


def gap(code: str, of_kind: str, tasks: Sequence[Task], indicators: Mapping[str, Row], items: Mapping[str, Row]) -> str:
    """How many villages lack what: '14 Kampung KB: MKJP di bawah skor 3'."""
    words = {"n": fmt.number(len(tasks)), "name": name(code, indicators, items)}
    if of_kind == "butir":
        return _("{n} Kampung KB: {name} di bawah skor {goal}").format(goal=fmt.number(tasks[0].goal), **words)
    if of_kind == "ya_tidak":
        return _("{n} desa/kelurahan belum: {name}").format(**words)
    if of_kind == "status":
        return _("{n} desa/kelurahan belum ditetapkan sebagai Kampung KB").format(**words)
    goals = {t.goal for t in tasks}
    indicator = indicators[code]
    goal = amount(tasks[0].goal, indicator) if len(goals) == 1 else _("masing-masing")
    if indicator["arah"] == "turun":
        return _("{n} desa/kelurahan: {name} di atas target {goal}").format(goal=goal, **words)
    return _("{n} desa/kelurahan: {name} di bawah target {goal}").format(goal=goal, **words)


def unreported(n: int, names: Sequence[str]) -> str:
    """How many villages did not report what."""
    return _("{n} desa/kelurahan belum melapor: {name}").format(n=fmt.number(n), name=", ".join(names))


def short_gap(code: str, of_kind: str, n: int, indicators: Mapping[str, Row], items: Mapping[str, Row]) -> str:
    """The same in short: 'MKJP 18', 'Unmet need (target) 13'."""
    words = _("{name} (target)") if of_kind == "target" else "{name}"
    return f"{words.format(name=name(code, indicators, items))} {fmt.number(n)}"


def exact(value: float | None) -> str:
    """A number with as many decimals as it has, at most 4."""
    if value is None:
        return fmt.MISSING
    return fmt.number(value, next(d for d in (0, 1, 2, 3, 4) if round(value, d) == value or d == 4))


def amount(value: float | None, indicator: Row) -> str:
    """A target or a figure in the unit of its indicator, as exact as it is."""
    return exact(value) + ("%" if value is not None and indicator["satuan"].startswith("%") else "")


def heading(task: Task, indicators: Mapping[str, Row], items: Mapping[str, Row]) -> str:
    """What a task is about: 'MKJP 1→3', or the indicator."""
    if task.kind == "butir" and task.need:
        return langkah.step(task.code, task.need.score, task.need.target, items)
    return name(task.code, indicators, items)


def need(task: Task, board: Board, indicators: Mapping[str, Row]) -> str:
    """What closes the gap, counted where the recap allows it."""
    if task.kind == "butir" and task.need:
        recap = board.recaps.get(task.village)
        day = fmt.day(recap["tanggal"]) if recap else fmt.MISSING
        return langkah.lines([task.need], board.items, day)[0].words
    if task.kind == "ya_tidak":
        return _("kini tidak; adakan, lalu catat pada laporan")
    if task.kind == "status":
        return _("tetapkan sebagai Kampung KB dengan surat keputusan")
    if task.kind == "lapor":
        return _("kirim laporan atau nilainya; keadaannya belum diketahui")
    indicator = indicators[task.code]
    decimals = fmt.decimals(indicator["skema_peta"], indicator["satuan"]) or 0
    unit = "%" if indicator["satuan"].startswith("%") else ""
    words = {"now": fmt.number(task.value, decimals) + unit, "goal": amount(task.goal, indicator)}
    if indicator["arah"] == "turun":
        return _("kini {now}, paling tinggi {goal}").format(**words)
    return _("kini {now}, perlu {goal}").format(**words)


def effect(task: Task) -> str:
    """What closing this gap alone does to the class; '' where the class does not depend on it."""
    if task.after is None:
        return ""
    if task.lifts:
        return _("naik ke {kelas}").format(kelas=fmt.class_name(task.after))
    return _("kelas tetap; langkah termurah") if task.is_cheapest else _("kelas tetap")


def when_done(change: tuple[str, str] | None) -> str:
    """The class of a village once an office has done all its tasks there."""
    if change is None:
        return ""
    before, after = change
    if before == after:
        return _("bila semua selesai: tetap {kelas}").format(kelas=fmt.class_name(after))
    return _("bila semua selesai: naik ke {kelas}").format(kelas=fmt.class_name(after))


def target(of: Target | None, indicator: Row, is_item: bool, year: int) -> str:
    """The target of an indicator: whose it is, of which year, and whether that year is past in `year`."""
    if of is None:
        return _("belum ada target")
    words = {"goal": amount(of.value, indicator), "year": of.year}
    if of.unit != indicator["satuan"]:
        unit = _("desa/kelurahan") if of.unit == "desa/kelurahan" else of.unit
        words["goal"] = f"{exact(of.value)} {unit}"
    if of.is_national and of.year is None:
        return (_("ambang kelas {goal}") if is_item else _("target nasional {goal}")).format(**words)
    whose = {
        2: _("target nasional {goal}"),
        4: _("target kabupaten {goal}"),
        6: _("target kecamatan {goal}"),
        10: _("target desa {goal}"),
    }[len(of.area)]
    when = _("(tahun {year}, sudah lewat)") if of.year is not None and of.year < year else _("(tahun {year})")
    return f"{whose.format(**words)} {when.format(**words)}"


def value(of: Figure, indicator: Row) -> str:
    """The figure of an indicator in words."""
    if of.measure is None:
        return amount(of.value, indicator)
    return kecamatan.figure(of.value, of.measure, indicator)


def reporting(of: Figure) -> str:
    """From how many villages a figure is; a published one of the kabupaten says so."""
    if of.measure is None:
        return _("angka kabupaten")
    counted = _("{n} memiliki nilai").format(n=fmt.of(of.n, of.whole))
    return f"{fmt.of(int(of.value * of.n / 100 + 0.5), of.n)}; {counted}" if of.measure.is_share and of.n else counted


def percentage(of: Figure) -> str:
    """Percent of target, or in words why there is none."""
    if of.percent is not None:
        return fmt.percent(of.percent, capaian.decimals(of.percent))
    if of.target is None:
        return _("tanpa target")
    return _("target nol: tanpa persentase") if of.target.value == 0 else fmt.MISSING


def band(percent: float) -> str:
    """The official colour by word and symbol: '▲ biru'."""
    found = capaian.band(percent)
    return f"{SYMBOLS[found]} {colour(found)}"


def colour(found: str) -> str:
    """An official colour by name."""
    return {"biru": _("biru"), "hijau": _("hijau"), "kuning": _("kuning"), "merah": _("merah")}[found]


def legend() -> str:
    """What the colours and the percentage mean."""
    return _(
        "Persen target: realisasi / target × 100; bila makin rendah makin baik, (2 − realisasi / target) × 100. "
        "▲ biru di atas 100; ● hijau 87,5 sampai 100; ◆ kuning 75 sampai di bawah 87,5; ▼ merah di bawah 75. "
        "Nilai ialah rata-rata desa/kelurahan tanpa bobot, atau bagiannya, kecuali disebut angka kabupaten."
    )


def lifted(changes: Sequence[tuple[str, str]]) -> str:
    """Which villages get another class: 'Berkelanjutan: Bilas (Upau); Mandiri: Binjai (Muara Uya)', highest first."""
    found: dict[str, list[str]] = {}
    for place, kelas in changes:
        found.setdefault(kelas, []).append(place)
    highest = sorted(found, key=CLASSES.index, reverse=True)
    return "; ".join(f"{fmt.class_name(kelas)}: {', '.join(found[kelas])}" for kelas in highest)


def when_lifted(changes: Sequence[tuple[str, str]]) -> str:
    """The same as a note; '' when there is none."""
    return _("naik kelas bila selesai – {names}").format(names=lifted(changes)) if changes else ""


def waiting(empty: Sequence[Row]) -> str:
    """Which indicators have no data; '' when all have."""
    if not empty:
        return ""
    told = [field(row, "nama") for row in empty[:NAMED]]
    more = len(empty) - len(told)
    return _("belum ada data: {names}").format(names=", ".join(told)) + (
        _(", dan {n} lainnya").format(n=fmt.number(more)) if more else ""
    )


def lifted_line(changes: Sequence[tuple[str, str]], office: str) -> str:
    """How many Kampung KB get another class once an office has done all its tasks, and which."""
    if not changes:
        return _("Tidak ada Kampung KB yang naik kelas oleh tugas {office} saja.").format(office=office)
    return _("**{n} Kampung KB naik kelas bila semua tugas {office} selesai** – {names}.").format(
        n=fmt.number(len(changes)), office=office, names=lifted(changes)
    )


def not_yet_known(villages: int) -> str:
    """That the tasks of villages without a report are not known."""
    return _("{n} desa/kelurahan belum melapor, sehingga tugasnya belum diketahui").format(n=fmt.number(villages))


def nothing_shared(day: str) -> str:
    """That no village waits for what all offices share."""
    return _(
        "Tugas bersama semua perangkat daerah (lintas sektor): per {day} tidak ada Kampung KB di bawah skor 3."
    ).format(day=day)


def proposed() -> str:
    """That the offices are proposals."""
    return _("Pembagian kepada perangkat daerah masih usulan dan perlu ditetapkan pemerintah kabupaten.")
