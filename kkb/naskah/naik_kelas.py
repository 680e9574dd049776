"""The way up in words: the finding, what comes first, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import jalur
from kkb.compute.jalur import Board, Village
from kkb.compute.klasifikasi import CLASSES, Rule, index_of
from kkb.compute.naik_kelas import Route


def title(villages: Sequence[Village], goal: str, area: str) -> str:
    """The finding: how many are one point away; else how far the nearest is, or that reports come first."""
    if not villages:
        return _("Belum ada Kampung KB di {area}").format(area=area)
    groups = jalur.counts(villages)
    words = {"area": area, "n": fmt.number(groups["satu"])}
    nearest = min((v.points for v in villages if v.is_open and v.points), default=None)
    if groups["satu"] and goal == "berikut":
        return _("{n} Kampung KB di {area} tinggal satu poin dari kelas di atasnya").format(**words)
    if groups["satu"]:
        return _("{n} Kampung KB di {area} tinggal satu poin dari Berkelanjutan").format(**words)
    if nearest:
        return _("Kampung KB terdekat di {area} kurang {n} poin dari {goal}").format(
            area=area, n=fmt.number(nearest), goal=goal_name(goal)
        )
    if groups["lapor"]:
        return _("{n} Kampung KB di {area} perlu melapor lebih dahulu").format(area=area, n=fmt.number(groups["lapor"]))
    return _("Semua Kampung KB di {area} sudah Berkelanjutan").format(**words)


def goal_name(goal: str) -> str:
    """The goal of the way up, inside a sentence."""
    return _("kelas di atasnya") if goal == "berikut" else fmt.class_name(goal)


def place(village: Village) -> str:
    """A village with its kecamatan, since names repeat: 'Padangin (Tanta)'."""
    return f"{village.name} ({village.district_name})"


def findings(board: Board) -> list[str]:
    """What an official should know first: which index leads further for the same points, and who must report first."""
    return [*_nearest(board.villages), *_reports_first(board)]


def _nearest(villages: Sequence[Village]) -> list[str]:
    """Sentences on the nearest villages, grouped by where their points lead and on which index."""
    nearest = min((v.points for v in villages if v.is_open and v.points), default=None)

    def kind(v: Village) -> tuple[int, str, str, str]:
        best = v.routes[0]
        lower = "" if all(r.reaches == best.reaches for r in v.routes) else v.routes[-1].reaches
        skipped = best.reaches if _skips(v) else ""
        return (
            -CLASSES.index(best.reaches),
            _(" atau ").join(index_names(r) for r in v.routes if r.reaches == best.reaches),
            lower,
            skipped,
        )

    found = []
    for (rank, indices, lower, skipped), group in groupby(
        sorted((v for v in villages if v.is_open and v.points == nearest), key=kind), kind
    ):
        sentence = _("{n} poin pada indeks **{indices}** membawa {villages} ke **{reached}**")
        if skipped:
            sentence = _("{n} poin pada indeks **{indices}** membawa {villages} langsung ke **{reached}**")
        text = sentence.format(
            n=fmt.number(nearest),
            indices=indices,
            villages=fmt.names([place(v) for v in group]),
            reached=fmt.class_name(CLASSES[-rank]),
        )
        if lower:
            text += _("; {n} poin pada indeks lain hanya sampai {lower}").format(
                n=fmt.number(nearest), lower=fmt.class_name(lower)
            )
        found.append(f"{text}.")
    return found


def _skips(village: Village) -> bool:
    return any(CLASSES.index(r.reaches) > CLASSES.index(village.target) for r in village.routes)


def _reports_first(board: Board) -> list[str]:
    waiting = [v for v in board.villages if v.waits]
    if not waiting:
        return []
    sentences = [
        _("{villages} belum mengirim {report}").format(villages=fmt.names([place(v) for v in group]), report=report)
        for report, group in (
            (_("laporan KB"), [v for v in waiting if "kb" in v.waits]),
            (_("laporan poktan"), [v for v in waiting if "kb" not in v.waits]),
        )
        if group
    ]
    text = _(
        "**Lapor dahulu:** {list}. Portal memberi skor 1 pada butir yang tidak dilaporkan, sehingga jaraknya belum "
        "dapat dipastikan."
    ).format(list="; ".join(sentences))
    ready = [v for v in waiting if "kb" in v.waits and {"input", "proses"} <= jalur.passed(v, board.rule).keys()]
    if ready:
        told = []
        for v in ready:
            means = jalur.passed(v, board.rule)
            told.append(
                _("{village} (input {input}; proses {process})").format(
                    village=v.name, input=fmt.number(means["input"], 2), process=fmt.number(means["proses"], 2)
                )
            )
        text += " " + _("Indeks input dan proses sudah lulus di {villages}: tinggal output yang belum dinilai.").format(
            villages=fmt.names(told)
        )
    return [text]


def reports(waits: Sequence[str]) -> str:
    """The reports to send first: 'laporan KB dan laporan poktan'."""
    return fmt.names([_("laporan KB") if w == "kb" else _("laporan poktan") for w in waits])


def index_names(route: Route) -> str:
    """The indices a route lifts: 'input dan proses'."""
    return fmt.names([index_name(i) for i in route.missing])


def index_name(index: str) -> str:
    """An index inside a sentence."""
    return _(index.capitalize()).lower()


def missing(village: Village) -> str:
    """What is missing per index: 'output 1 atau input 2 + proses 1'."""
    routes = [" + ".join(f"{index_name(i)} {fmt.number(n)}" for i, n in r.missing.items()) for r in village.routes]
    return _(" atau ").join(routes) or fmt.MISSING


def reached(village: Village) -> str:
    """The classes the cheapest ways lead to, highest first: 'Mandiri atau Berkembang'."""
    return _(" atau ").join(dict.fromkeys(fmt.class_name(r.reaches) for r in village.routes)) or fmt.MISSING


def note(village: Village) -> str:
    """What to mind about a village in the list; '' when its row says it all."""
    if village.group == "sampai":
        return _("sudah {kelas}").format(kelas=fmt.class_name(village.kelas))
    if village.waits:
        return _("lapor {reports} dahulu").format(reports=fmt.names(["KB" if w == "kb" else w for w in village.waits]))
    if village.plan is None:
        return _("tidak tercapai dalam batas skor")
    return ""


def headline(village: Village) -> str:
    """The finding on one village."""
    if village.group == "sampai":
        return _("{village}: sudah {kelas}").format(village=place(village), kelas=fmt.class_name(village.kelas))
    if village.waits:
        return _("{village}: lapor dahulu").format(village=place(village))
    if village.plan is None:
        return _("{village}: {target} tidak tercapai dalam batas skor").format(
            village=place(village), target=fmt.class_name(village.target)
        )
    return _("{village}: kurang {n} poin ke {reached}").format(
        village=place(village), n=fmt.number(village.points), reached=reached(village)
    )


def report_first(village: Village, items: str, day: str) -> str:
    """What a village must send before anything can be counted, and what its scores of 1 mean."""
    text = _(
        "**Kirim {reports} lebih dahulu.** Pada rekap per {day} laporan itu kosong. Skor 1 pada {items} hanya berarti "
        "belum ada laporan, bukan capaian rendah."
    ).format(reports=reports(village.waits), day=day, items=items)
    if village.points:
        text += " " + _("Setelah laporan masuk, kekurangannya paling banyak {n} poin.").format(
            n=fmt.number(village.points)
        )
    return text


def route_title(route: Route, number: int, total: int, unreported: frozenset[str]) -> str:
    """A choice of indices to lift and where it leads; points are a bound where an index rests on a missing report."""
    told = []
    for index, n in route.missing.items():
        is_bound = jalur.rests_on(route, index, unreported)
        amount = _("paling banyak {n} poin {index}") if is_bound else _("{n} poin {index}")
        told.append(amount.format(n=fmt.number(n), index=index_name(index)))
    needed = fmt.names(told)
    words = {"needed": needed, "reached": fmt.class_name(route.reaches), "n": number}
    if total == 1:
        return _("**Tambah {needed} → {reached}**").format(**words)
    return _("**Jalur {n}: tambah {needed} → {reached}**").format(**words)


def index_line(village: Village, route: Route, index: str, rule: Rule) -> str:
    """One index of a route: where it stands, the points missing, and how many ways there are."""
    is_unknown = jalur.rests_on(route, index, village.unreported)
    return _("**Indeks {index}** (kini {mean}): {n} poin, {ways} cara").format(
        index=index_name(index),
        mean=_("belum melapor") if is_unknown else fmt.number(index_of(village.scores, rule, index), 2),
        n=fmt.number(route.missing[index]),
        ways=fmt.number(len(route.ways[index])),
    )


def sets_line(route: Route, unreported: frozenset[str]) -> str:
    """How many sets a route holds, and how to make one."""
    if any(jalur.rests_on(route, index, unreported) for index in route.ways):
        return _(
            "Menurut skor portal ada {n} himpunan langkah; yang sebenarnya baru diketahui setelah laporan masuk."
        ).format(n=fmt.number(route.count))
    if len(route.ways) == 1:
        return _("{n} himpunan langkah termurah; pilih salah satu.").format(n=fmt.number(route.count))
    return _("Pilih satu cara dari tiap indeks: {product} = {n} himpunan langkah termurah.").format(
        product=" × ".join(fmt.number(len(w)) for w in route.ways.values()), n=fmt.number(route.count)
    )


def simulated(village: Village, kelas: str, steps: dict[str, int]) -> str:
    """What the scores tried out amount to."""
    if not steps:
        return (
            _("Pilih skor di bawah, atau tekan “Coba” pada salah satu cara.")
            if village.routes
            else _("Pilih skor di bawah.")
        )
    change = [n - village.scores[c] for c, n in steps.items()]
    parts = []
    if up := sum(n for n in change if n > 0):
        parts.append(_("naik {n} poin").format(n=fmt.number(up)))
    if down := -sum(n for n in change if n < 0):
        parts.append(_("turun {n} poin").format(n=fmt.number(down)))
    what = fmt.names(parts)
    if kelas == village.kelas:
        return _("Skor {what}: kelas tetap {kelas}.").format(what=what, kelas=fmt.class_name(kelas))
    sentence = (
        _("Skor {what}: kelas naik dari {now} ke {kelas}.")
        if CLASSES.index(kelas) > CLASSES.index(village.kelas)
        else _("Skor {what}: kelas turun dari {now} ke {kelas}.")
    )
    return sentence.format(what=what, now=fmt.class_name(village.kelas), kelas=fmt.class_name(kelas))
