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
    """All that is known of the reports of an area at one date: `reports` has one row per Kampung KB."""

    period: str
    reports: pd.DataFrame
    history: pd.DataFrame
    recap: pd.DataFrame

    @cached_property
    def told(self) -> pd.DataFrame:
        """State of each report in each recap."""
        return compute.states(self.history)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """State of each report in the last recap, and since when."""
        return compute.standing(self.told)

    @cached_property
    def grid(self) -> pd.DataFrame:
        """State of each column in the last recap."""
        return compute.cells(self.recap)

    @cached_property
    def alike(self) -> pd.DataFrame:
        """Since when the figures of each village are the same."""
        return rules.unchanged(self.history)

    @cached_property
    def notes(self) -> list[kewajaran.Note]:
        """Plausibility notes, in the language of the reader."""
        return kewajaran.told(self.history)

    @cached_property
    def villages(self) -> list[Row]:
        """Rows of `reports`, those with most blank first."""
        rows = by(self.reports, "kode_desa")
        return [rows[code] for code in compute.order(self.reports, self.grid)]

    @property
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

    def silent(self, village: str) -> str:
        """Which reports of a village are blank, and since when; '' when none is."""
        return naskah.silences(records(self.standing[self.standing["kode_desa"] == village]))


def known(period: str) -> Known:
    """The reports of the chosen area up to a date; of villages that are Kampung KB at it."""
    area = run.chosen().kecamatan
    reports = run.ask(queries.reporting, periode=period, kecamatan=area)
    history = run.ask(queries.recap_history, periode=period)
    recap = run.ask(queries.recap, periode=period, kecamatan=area)
    mine = set(reports["kode_desa"])
    return Known(
        period,
        reports,
        history[history["kode_desa"].isin(mine)].reset_index(drop=True),
        recap[recap["kode_desa"].isin(mine)].reset_index(drop=True),
    )


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
    source, is_known = parts.source_of(RECAP), compute.can_be_old(seen.history)
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
