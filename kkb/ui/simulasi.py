"""One village on its way up: the cheapest ways, each to be tried, and the what-if of its twelve scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.charts import naik_kelas as charts
from kkb.compute import jalur, naik_kelas
from kkb.compute.jalur import Board, Village
from kkb.compute.kebutuhan import Need, needs
from kkb.compute.klasifikasi import INDICES
from kkb.compute.naik_kelas import Route, Steps
from kkb.naskah import langkah
from kkb.naskah import naik_kelas as naskah
from kkb.report import naik_kelas as report
from kkb.ui import parts, run, widgets

FIRST = 4
"""Ways shown at once; the others are in a box that says how many they are."""
CONTROL_WIDTH = 172
"""Pixels: four scores side by side."""


def _try(village: str, steps: Steps) -> None:
    run.change(desa=village, simulasi=tuple(sorted(steps.items())))


def _moved(village: Village, code: str, key: str) -> None:
    others = {c: n for c, n in run.chosen_in_callback().simulasi if c != code}
    score = st.session_state[key]
    _try(village.code, others if score == village.scores[code] else {**others, code: score})


@dataclass(frozen=True)
class Shown:
    """The village on display, and what each of its ways takes."""

    known: Board
    village: Village
    needs: Mapping[frozenset[tuple[str, int]], list[Need]]


def shown(known: Board, village: Village) -> Shown:
    """Count once what every way takes, so that the live part only has to tell it."""
    return Shown(known, village, jalur.needs_by_way(village, known.recaps.get(village.code), known.rule))


def ways_up(seen: Shown) -> None:
    """The cheapest ways of one village: report first, then each route with every way of each of its indices."""
    known, village = seen.known, seen.village
    st.header(naskah.headline(village))
    st.html(charts.index_bars(index_rows(known, village, village.scores)))
    if village.waits:
        st.warning(
            naskah.report_first(village, _names(known, village.unreported), report.recap_day(known, village)),
            icon=":material/outgoing_mail:",
        )
    if village.group == "sampai":
        st.success(_("Kelas tertinggi sudah tercapai. Simulasi menunjukkan skor yang harus dijaga."))
    for number, route in enumerate(village.routes, 1):
        st.markdown(naskah.route_title(route, number, len(village.routes), village.unreported))
        st.caption(naskah.sets_line(route, village.unreported))
        for index in route.ways:
            if len(route.ways) > 1:
                st.markdown(naskah.index_line(village, route, index, known.rule))
            _ways(seen, number, route, index)
    parts.source_line(
        parts.source_of("kampung_kb_klasifikasi.csv"),
        fmt.period(known.period),
        _("Rekap per {days}.").format(days=report.recap_day(known, village)),
    )


def _ways(seen: Shown, number: int, route: Route, index: str) -> None:
    ways = route.ways[index]
    is_unknown = jalur.rests_on(route, index, seen.village.unreported)
    first = 0 if is_unknown else FIRST if len(ways) > FIRST + 1 else len(ways)
    for place in range(first):
        _way(seen, number, route, index, place)
    if first == len(ways):
        return
    label = _("{n} cara menurut skor portal, selama laporan belum ada") if is_unknown else _("{n} cara lainnya")
    key = f"cara-{seen.village.code}-{number}-{index}"
    with st.expander(label.format(n=fmt.number(len(ways) - first)), key=key, on_change="rerun") as rest:
        if rest.open:
            for place in range(first, len(ways)):
                _way(seen, number, route, index, place)


def _way(seen: Shown, number: int, route: Route, index: str, place: int) -> None:
    way, village, known = route.ways[index][place], seen.village, seen.known
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.html(_lines(known, village, seen.needs[frozenset(way.items())], brief=True))
        st.button(
            _("Coba"),
            key=f"coba-{village.code}-{number}-{index}-{place}",
            on_click=_try,
            args=(village.code, jalur.example(way, index, route, _tried(known, village), known.rule)),
            help=_("Isi simulasi dengan langkah ini"),
        )


def _lines(known: Board, village: Village, needs: list[Need], *, brief: bool = False) -> str:
    """`brief` says of a missing report only that it comes first, where the page has told why."""
    lines = langkah.lines(needs, known.items, report.recap_day(known, village))
    first = _("lapor dahulu")
    return charts.step_lines(
        [
            (
                line.heading,
                first if brief and line.state == "belum_melapor" else line.words,
                _owners(known, line.codes),
            )
            for line in lines
        ]
    )


def _names(known: Board, codes: frozenset[str]) -> str:
    return fmt.names([field(known.items[c], "item") for c in known.rule.items if c in codes])


def _owners(known: Board, codes: tuple[str, ...]) -> str:
    names = dict.fromkeys(o for c in codes for o in known.owners[c])
    return _("[usulan: {offices}]").format(offices=", ".join(names))


def _tried(known: Board, village: Village) -> Steps:
    chosen = run.chosen()
    return jalur.tried(chosen.simulasi if chosen.desa == village.code else (), village, known.rule)


def index_rows(known: Board, village: Village, scores: Mapping[str, int]) -> list[charts.Bar]:
    """The three indices of a village as bars: published, and with other scores."""
    now, then = (naik_kelas.means(s, known.rule) for s in (village.scores, scores))
    missing = naik_kelas.missing_points(scores, known.rule)
    return [
        charts.Bar(
            _(i.capitalize()),
            now[i],
            then[i],
            known.rule.pass_marks[i],
            missing[i],
            any(item.code in village.unreported for item in known.rule.of(i)),
        )
        for i in INDICES
    ]


def simulator(seen: Shown) -> None:
    """Twelve scores to move: the indices, the class, the points, and what it takes, at once."""
    known, village = seen.known, seen.village
    tried = _tried(known, village)
    scores = naik_kelas.after(village.scores, tried)
    kelas = jalur.class_after(village, tried, known.rule)
    _tell_of_odd_scores(seen)
    st.header(_("Simulasi {village}").format(village=naskah.place(village)))
    st.html(charts.class_change(village.kelas, kelas))
    st.markdown(naskah.simulated(village, kelas, tried))
    for index, bar in zip(INDICES, index_rows(known, village, scores), strict=True):
        with st.container(gap="xxsmall"):
            st.html(charts.index_bars([bar]))
            for item in known.rule.of(index):
                _control(seen, item.code, item.ceiling, scores[item.code])
    st.button(
        _("Kembalikan ke skor kini"),
        on_click=_try,
        args=(village.code, {}),
        disabled=not tried,
        icon=":material/restart_alt:",
    )
    rising = {c: n for c, n in tried.items() if n > village.scores[c]}
    falling = {c: n for c, n in tried.items() if n < village.scores[c]}
    if rising:
        st.markdown(_("**Yang diperlukan**"))
        st.html(_lines(known, village, needs(known.recaps.get(village.code), village.scores, rising, known.rule)))
    if falling:
        listed = [langkah.step(c, village.scores[c], n, known.items) for c, n in falling.items()]
        st.markdown(_("**Andai turun:** {items}.").format(items=fmt.names(listed)))
    st.caption(_("Simulasi tersimpan di tautan halaman ini; data tidak berubah."))


def _tell_of_odd_scores(seen: Shown) -> None:
    """Scores in the link that the item cannot have, and so are not used."""
    items = seen.known.rule.items
    odd = [langkah.score_name(c, n, seen.known.items) for c, n in run.chosen().simulasi if n > items[c].ceiling]
    if odd:
        st.warning(
            _("{scores} pada tautan melampaui skor tertinggi butirnya, sehingga tidak digunakan.").format(
                scores=fmt.names(odd)
            ),
            icon=":material/link_off:",
        )


def _control(seen: Shown, code: str, ceiling: int, score: int) -> None:
    village, name = seen.village, field(seen.known.items[code], "item")
    now = _("belum melapor") if code in village.unreported else _("kini {score}").format(score=village.scores[code])
    key = f"simulasi-{village.code}-{code}"
    widgets.keep(key, score)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.html(charts.score_label(name, now, is_moved=score != village.scores[code]))
        st.segmented_control(
            f"{name} · {now}",
            range(1, ceiling + 1),
            key=key,
            required=True,
            on_change=_moved,
            args=(village, code, key),
            label_visibility="collapsed",
            width=CONTROL_WIDTH,
        )
