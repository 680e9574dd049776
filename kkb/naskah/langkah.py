"""One step of the way up in real terms: how many people, groups or acts, and what cannot be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.compute.jalur import FAMILY_PLANNING
from kkb.compute.kebutuhan import Need
from kkb.rows import Row

POKTAN = {"bkb_kk": "BKB", "bkr_kk": "BKR", "bkl_kk": "BKL", "uppka_kk": "UPPKA", "pikr_jiwa": "PIK-R"}


@dataclass(frozen=True)
class Line:
    """One line to read: the items it is about, 'MKJP 1→2', what it takes, and the state of its Need."""

    codes: tuple[str, ...]
    heading: str
    words: str
    state: str


def lines(needs: Sequence[Need], items: Mapping[str, Row], day: str) -> list[Line]:
    """A way in lines. Family planning items that were counted together share one. `day` is the recap's, in words."""
    together = [n for n in needs if n.code in FAMILY_PLANNING and n.state == "ada"]
    found = []
    for need in needs:
        if need not in together:
            found.append(_line([need], items, day))
        elif need is together[0]:
            found.append(_line(together, items, day))
    return found


def _line(needs: list[Need], items: Mapping[str, Row], day: str) -> Line:
    return Line(
        tuple(n.code for n in needs),
        fmt.names([step(n.code, n.score, n.target, items) for n in needs]),
        _words(needs, items, day),
        needs[0].state,
    )


def step(code: str, score: int, target: int, items: Mapping[str, Row]) -> str:
    """'MKJP 1→2'."""
    return f"{field(items[code], 'item')} {score}→{target}"


def score_name(code: str, score: int, items: Mapping[str, Row]) -> str:
    """'Sarana 4'."""
    return f"{field(items[code], 'item')} {score}"


def _words(needs: list[Need], items: Mapping[str, Row], day: str) -> str:
    need = needs[0]
    item = items[need.code]
    if need.state == "ada":
        return f"{_counted(need, item)} ({_standing(needs, items)})"
    if need.state == "kisaran" and need.low is not None and need.high is not None:
        fewest, most = need.limit - need.high, need.limit - need.low
        return _("tambah {n} {unit} (kini {now} menurut skornya, perlu {limit}; rekap tidak memuat jumlahnya)").format(
            n=_span(fewest, most),
            unit=field(item, "satuan"),
            now=_span(need.low, need.high),
            limit=fmt.number(need.limit),
        )
    if need.state == "belum_melapor":
        return _("kirim {report} lebih dahulu; tanpa laporan, kebutuhannya belum dapat dihitung").format(
            report=_("laporan KB") if need.code in FAMILY_PLANNING else _("laporan poktan")
        )
    if need.state == "berbeda":
        return _("rekap per {day} belum cocok dengan skor ini, sehingga jumlahnya tidak dihitung").format(day=day)
    if need.state == "tanpa_rekap":
        return _("belum ada rekap sampai tanggal ini, sehingga jumlahnya tidak dihitung")
    return _("tidak dapat dicapai dengan butir ini saja (kini {now})").format(now=_amount(need.low, item))


def _span(low: float, high: float) -> str:
    return fmt.number(low) if low == high else f"{fmt.number(low)}–{fmt.number(high)}"


def _amount(value: float | None, item: Row) -> str:
    return fmt.percent(value, 0) if item["satuan"] == "%" else fmt.number(value)


def _standing(needs: list[Need], items: Mapping[str, Row]) -> str:
    """Where each item stands and where it must be."""
    told = []
    for need in needs:
        item = items[need.code]
        words = _("kini {now}, perlu {limit}") if item["arah"] == "naik" else _("kini {now}, paling tinggi {limit}")
        text = words.format(now=_amount(need.low, item), limit=_amount(need.limit, item))
        told.append(f"{field(item, 'item')} {text}" if len(needs) > 1 else text)
    return "; ".join(told)


def _counted(need: Need, item: Row) -> str:
    counts = need.counts
    if "tambah" in counts and need.code not in FAMILY_PLANNING:
        return _("tambah {n} {unit}").format(n=fmt.number(counts["tambah"]), unit=field(item, "satuan"))
    if need.code == "SK01":
        return _working_group(counts)
    if need.code == "SK05":
        acts = {"pendamping": _("tempatkan pendamping PKB/PLKB"), "regulasi": _("tetapkan regulasi")}
        missing = [words for name, words in acts.items() if name in counts]
        return fmt.names(missing) if counts["perlu"] >= len(missing) else _(" atau ").join(missing)
    if need.code == "SK09":
        return _("tambah {list}").format(list=fmt.names([_participants(a, n) for a, n in counts.items()]))
    return _family_planning(counts)


def _working_group(counts: Mapping[str, int]) -> str:
    acts = {"anggota": _("catat jumlah anggota Pokja"), "pelatihan": _("adakan pelatihan Pokja")}
    others = [words for name, words in acts.items() if name in counts]
    # Without a committee nothing else of the Pokja counts.
    first = [_("bentuk kepengurusan Pokja")] if "pengurus" in counts else []
    more = counts["perlu"] - len(first)
    if more >= len(others):
        return fmt.names([*first, *others])
    return fmt.names([*first, _(" atau ").join(others)] if more > 0 else first)


def _participants(column: str, n: int) -> str:
    words = _("{n} remaja peserta {group}") if column == "pikr_jiwa" else _("{n} keluarga peserta {group}")
    return words.format(n=fmt.number(n), group=POKTAN[column])


def _family_planning(counts: Mapping[str, int]) -> str:
    served, more, lasting = (counts.get(name, 0) for name in ("layani", "tambah", "mkjp"))
    acts = []
    if served:
        acts.append(_("layani {n} PUS unmet need").format(n=fmt.number(served)))
    if more:
        acts.append(_("tambah {n} peserta KB baru").format(n=fmt.number(more)))
    text = fmt.names(acts)
    if lasting and lasting == served + more:
        text = _("{acts}, semuanya dengan MKJP").format(acts=text)
    elif lasting:
        text = _("{acts}, {n} di antaranya dengan MKJP").format(acts=text, n=fmt.number(lasting))
    if "alih" in counts:
        change = _("alihkan {n} peserta KB ke MKJP").format(n=fmt.number(counts["alih"]))
        if "baru" in counts:
            change = _("{change}, atau tambah {n} peserta MKJP baru").format(
                change=change, n=fmt.number(counts["baru"])
            )
        text = _("{acts}; lalu {change}").format(acts=text, change=change) if text else change
    return text
