"""The page of completeness: what it is drawn from, asked once, its cards and the villages with a blank report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries, selection
from kkb.bahasa import _
from kkb.compute import kelengkapan as compute
from kkb.compute import kewajaran as rules
from kkb.naskah import kelengkapan as naskah
from kkb.naskah import kewajaran
from kkb.rows import Row, by, records
from kkb.ui import parts, run

RECAP = "kampung_kb_rekap.csv"


@dataclass(frozen=True)
class Known:
    """All that is known of the reports of an area at one date: `reports` has one row per Kampung KB, `recap` the last
    recap of each.

    `told` and `standing` are the states of each report in each recap and in the last (`compute.states`, `standing`),
    `grid` those of each column (`compute.cells`), `alike` since when figures are the same (`kewajaran.unchanged`), and
    `notes` those on plausibility, in the language of the reader.
    """

    period: str
    reports: pd.DataFrame
    recap: pd.DataFrame
    told: pd.DataFrame
    standing: pd.DataFrame
    grid: pd.DataFrame
    alike: pd.DataFrame
    notes: list[kewajaran.Note]

    def within(self, reports: pd.DataFrame, recap: pd.DataFrame) -> Known:
        """The same of fewer villages: those of `reports`."""
        mine = set(reports["kode_desa"])
        told, standing, alike = (_of(table, mine) for table in (self.told, self.standing, self.alike))
        grid = self.grid[self.grid.index.isin(mine)]
        return Known(
            self.period, reports, recap, told, standing, grid, alike, [n for n in self.notes if n.village in mine]
        )

    @cached_property
    def villages(self) -> list[Row]:
        """Rows of `reports`, those with most blank first."""
        rows = by(self.reports, "kode_desa")
        return [rows[code] for code in compute.order(self.reports, self.grid)]

    @cached_property
    def day(self) -> date | None:
        """The day of the latest recap; None when there is none."""
        return naskah.recap_day(self.reports)

    @property
    def names(self) -> dict[str, str]:
        """Code -> 'Ampukung (Kelua)'."""
        words = _("{village} ({district})")
        return {
            v["kode_desa"]: words.format(village=v["nama_desa"], district=v["nama_kecamatan"]) for v in self.villages
        }

    @cached_property
    def _last(self) -> dict[str, list[Row]]:
        """Village -> its rows of `standing`."""
        rows: dict[str, list[Row]] = {}
        for row in records(self.standing):
            rows.setdefault(row["kode_desa"], []).append(row)
        return rows

    def silent(self, village: str) -> str:
        """Which reports of a village are blank, and since when; '' when none is."""
        return naskah.silences(self._last.get(village, []))


def _of(table: pd.DataFrame, villages: set[str]) -> pd.DataFrame:
    return table[table["kode_desa"].isin(villages)].reset_index(drop=True)


def gathered(period: str, reports: pd.DataFrame, history: pd.DataFrame, recap: pd.DataFrame) -> Known:
    """What the answers of `queries.reporting`, `recap_history` and `recap` say of the villages of the first."""
    mine = set(reports["kode_desa"])
    history, recap = _of(history, mine), _of(recap, mine)
    told = compute.states(history)
    return Known(
        period,
        reports,
        recap,
        told,
        compute.standing(told),
        compute.cells(recap),
        rules.unchanged(history),
        kewajaran.told(history),
    )


@run.remembered
def _whole(period: str) -> Known:
    """Of the whole kabupaten; what the recaps say of a village does not depend on the area in which it is seen."""
    return gathered(
        period,
        run.ask(queries.reporting, periode=period, kecamatan=None),
        run.ask(queries.recap_history, periode=period),
        run.ask(queries.recap, periode=period, kecamatan=None),
    )


def known(period: str, area: str | None) -> Known:
    """The reports of a kecamatan, or of all, up to a date; of villages that are Kampung KB at it."""
    whole = _whole(period)
    if area is None:
        return whole
    reports = run.ask(queries.reporting, periode=period, kecamatan=area)
    return whole.within(reports, _of(run.ask(queries.recap, periode=period, kecamatan=area), set(reports["kode_desa"])))


def source_line(seen: Known, extra: str = "") -> None:
    """The source and the date of the recap under a picture."""
    parts.source_line(parts.source_of(RECAP), fmt.day(seen.day) if seen.day else fmt.MISSING, extra)


def book(seen: Known, title: str, *more: str) -> list[str]:
    """What goes into a workbook beside the numbers."""
    return [
        title,
        _("Sumber: {source}. Data per {period}.").format(
            source=parts.source_of(RECAP), period=fmt.day(seen.day) if seen.day else fmt.MISSING
        ),
        *more,
        _("Versi data {version}.").format(version=run.now().warehouse.version),
    ]


def links(seen: Known) -> dict[str, str]:
    """Code of a village -> the address of its page with the present choice."""
    return {
        v["kode_desa"]: f"desa?{urlencode(selection.to_query(run.chosen().with_(desa=v['kode_desa'])))}"
        for v in seen.villages
    }


def contents() -> None:
    """Links to the parts of the page."""
    parts_of_page = {
        "pengingat": _("Teks pengingat"),
        "laporan": _("Isi laporan"),
        "isian": _("Isian kosong"),
        "kewajaran": _("Kewajaran"),
        "sumber": _("Umur sumber"),
        "katalog": _("Katalog indikator"),
    }
    st.markdown(" · ".join(f"[{words}](#{anchor})" for anchor, words in parts_of_page.items()))


def cards(seen: Known) -> None:
    """How many reported, how much is blank, how many never change, and the age of the recap at the date of the data.

    Only where there is a recap.
    """
    total, days = len(seen.reports), seen.reports["tanggal_rekap"]
    recap = fmt.short_period(days.max().isoformat()[:10])
    blank, cells = int((seen.grid != compute.FILLED).to_numpy().sum()), seen.grid.size
    source, is_known = parts.source_of(RECAP), compute.can_be_old(seen.told)
    filled = _("Laporan dianggap ada bila sedikitnya satu isiannya terisi.")
    age = (pd.Timestamp(seen.period) - days.max()).days
    parts.cards(
        [
            parts.Card(
                _("Lapor KB"),
                fmt.of(int(seen.reports["is_lapor_kb"].sum()), total),
                _("Kampung KB melapor, rekap {day}").format(day=recap),
                f"{source}. {filled}",
            ),
            parts.Card(
                _("Lapor poktan"),
                fmt.of(int(seen.reports["is_lapor_poktan"].sum()), total),
                _("Kampung KB melapor, rekap {day}").format(day=recap),
                f"{source}. {filled}",
            ),
            parts.Card(
                _("Isian kosong"),
                fmt.share(blank, cells),
                _("{n} isian rekap").format(n=fmt.of(blank, cells)),
                _("Kampung KB dikali {n} kolom rekap. Portal juga menulis nol sebagai kosong.").format(
                    n=fmt.number(len(compute.ALL_COLUMNS))
                ),
            ),
            parts.Card(
                _("Angka tetap"),
                fmt.of(int(seen.alike["is_lama"].sum()), len(seen.alike)) if is_known else fmt.MISSING,
                (_("sama persis {n} hari atau lebih") if is_known else _("rekap belum mencakup {n} hari")).format(
                    n=fmt.number(rules.STALE_DAYS)
                ),
                _("Semua angka rekap sama persis. Batas {n} hari bukan ketentuan resmi.").format(
                    n=fmt.number(rules.STALE_DAYS)
                ),
            ),
            parts.Card(
                _("Umur rekap"),
                _("{n} hari").format(n=fmt.number(age)),
                _("pada tanggal data {day}").format(day=fmt.short_period(seen.period)),
                _("Selisih tanggal rekap laporan dengan tanggal data yang dipilih, bukan dengan hari ini."),
            ),
        ]
    )


def silent_list(seen: Known) -> None:
    """The villages with a blank report, those with the same words together; the name opens the page of the village."""
    groups: dict[str, list[str]] = {}
    for code in (v["kode_desa"] for v in seen.villages):
        if words := seen.silent(code):
            groups.setdefault(words, []).append(code)
    st.header(naskah.to_remind(sum(map(len, groups.values()))))
    for words, codes in groups.items():
        st.markdown(f"{words[:1].upper()}{words[1:]}:")
        with st.container(horizontal=True, gap="xsmall"):
            for code in codes:
                st.button(
                    seen.names[code],
                    key=f"kosong-{code}",
                    help=_("Buka halaman desa"),
                    on_click=run.visit,
                    args=("desa",),
                    kwargs={"desa": code},
                )
    source_line(seen, _("Klik nama desa untuk membuka profilnya.") if groups else "")
