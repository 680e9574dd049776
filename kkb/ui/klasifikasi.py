"""The upper parts of the class page: the earlier date, the areas compared, who moved and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import skor
from kkb.compute import perubahan
from kkb.naskah import klasifikasi as naskah
from kkb.rows import Row, first, records
from kkb.selection import CLASS
from kkb.ui import parts, run, widgets
from kkb.ui.skor import notes


def _earlier_dates(period: str, indicator: str) -> list[str]:
    return [p for p in run.now().options.periode[indicator] if p < period]


def earlier_date(period: str, indicator: str = CLASS) -> str | None:
    """The date to compare with: the one chosen if it is earlier, else the first; None when nothing is earlier."""
    dates = _earlier_dates(period, indicator)
    asked = run.chosen().banding
    return asked if asked in dates else next(iter(dates), None)


def earlier_box(period: str, indicator: str = CLASS, help: str | None = None) -> None:
    """The select box of that date."""
    widgets.choose(
        _("Tanggal pembanding"),
        "banding",
        _earlier_dates(period, indicator) or [None],
        earlier_date(period, indicator),
        words=lambda p: fmt.short_period(p) if p else _("tidak ada"),
        help=help or _("Tanggal lebih awal untuk melihat siapa yang naik atau turun kelas."),
    )


def earlier_note(period: str, indicator: str = CLASS) -> None:
    """Tells when the date asked for could not be used."""
    asked, used = run.chosen().banding, earlier_date(period, indicator)
    if asked and used and asked != used:
        st.caption(
            _("{asked} bukan tanggal data sebelum {period}; pembandingnya {used}.").format(
                asked=fmt.period(asked), period=fmt.period(period), used=fmt.period(used)
            )
        )


def area_names() -> dict[str, str]:
    """The names of the areas of `perubahan.class_mixes`."""
    regency = first(run.rows(queries.regency))
    return {
        regency["kode_kabupaten"]: str(regency["nama_kabupaten"]),
        "provinsi": str(regency["provinsi"]),
        "00": _("Indonesia"),
    }


def shares(mixes: dict[str, dict[str, int]], names: dict[str, str], comparison: pd.DataFrame, period: str) -> None:
    """The class mix of those areas as bars; the province says of how many kabupaten/kota it is the sum."""
    n = fmt.number((comparison["kode_wilayah"] != "00").sum())
    province = _("{province} ({n} kabupaten/kota)").format(province=names["provinsi"], n=n)
    labels = {**names, "provinsi": province}
    st.html(skor.class_shares(mixes, labels, caption=naskah.comparison_caption(period)))


@run.remembered
def moves(earlier: str, period: str, district: str | None) -> pd.DataFrame:
    """Who went from which class to which between two dates (`perubahan.moves`), in a kecamatan or in all."""
    then, now = (run.ask(queries.village_classes, periode=p, kecamatan=district) for p in (earlier, period))
    return perubahan.moves(then, now)


@run.remembered
def _item_changes(earlier: str, period: str, district: str | None) -> pd.DataFrame:
    then, now = (run.ask(queries.item_scores, periode=p, kecamatan=district) for p in (earlier, period))
    return perubahan.item_changes(then, now)


def moved_list(moved: pd.DataFrame, earlier: str, period: str, items: dict[str, Row]) -> None:
    """Each village that moved: its name opens its page; under it what changed in its indices and items."""
    changes = _item_changes(earlier, period, run.chosen().kecamatan)
    with st.container(gap="medium"):
        for row in records(moved[moved["gerak"] != "tetap"]):
            _moved_village(row, changes[changes["kode_desa"] == row["kode_desa"]], items)


_MARKS = {"naik": ":material/arrow_upward:", "turun": ":material/arrow_downward:"}


def _moved_village(row: Row, changes: pd.DataFrame, items: dict[str, Row]) -> None:
    words = {"naik": _("naik"), "turun": _("turun"), "baru": _("baru dinilai"), "lepas": _("tidak lagi dinilai")}
    block = st.container(gap="xxsmall")
    with block.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            f"{row['nama_desa']} ({row['nama_kecamatan']})",
            key=f"pindah-{row['kode_desa']}",
            icon=_MARKS.get(row["gerak"]),
            help=_("Buka halaman desa"),
            on_click=run.visit,
            args=("desa",),
            kwargs={"desa": row["kode_desa"]},
        )
        st.markdown(f"**{words[row['gerak']]}**: {naskah.from_to(row)}")
    told = [naskah.index_changes(row), naskah.item_changes(changes, items)]
    why = [t for t in told if t] or [_("Tidak ada butir yang berubah di antara kedua tanggal.")]
    block.markdown("  \n".join(f":small[{t}]" for t in why))


def moves_table(moved: pd.DataFrame, earlier: str, period: str) -> None:
    """All villages at both dates, also those that stayed, made only when it is opened."""
    label = _("Tabel: kelas dan indeks {n} Kampung KB pada kedua tanggal").format(n=fmt.number(len(moved)))
    with st.expander(label, icon=":material/table:", key="buka-perubahan", on_change="rerun") as opened:
        if not opened.open:
            return
        days = {"lama": fmt.short_period(earlier), "baru": fmt.short_period(period)}
        names = {"input": _("Input"), "proses": _("Proses"), "output": _("Output")}
        shown = pd.DataFrame(
            {
                _("Kode"): [fmt.village_code(k) for k in moved["kode_desa"]],
                _("Desa/kelurahan"): moved["nama_desa"],
                _("Kecamatan"): moved["nama_kecamatan"],
                **{
                    _("Kelas {day}").format(day=day): [naskah.state_name(k) for k in moved[f"kelas_{date}"]]
                    for date, day in days.items()
                },
                _("Langkah (kelas)"): moved["langkah"],
                **{
                    f"{name} {day}": moved[f"indeks_{code}_{date}"]
                    for code, name in names.items()
                    for date, day in days.items()
                },
            }
        )
        title = _("Kelas dan indeks, {earlier} dan {later}").format(
            earlier=fmt.period(earlier), later=fmt.period(period)
        )
        indices = {f"{name} {day}": 2 for name in names.values() for day in days.values()}
        parts.table(
            shown,
            key="klasifikasi-perubahan",
            title=title,
            file_name=f"kelas_{earlier}_{period}",
            notes=notes(title, naskah.both_days(earlier, period)),
            decimals=indices,
        )
