"""The tables of the page of completeness: reports by recap, columns by village, plausibility; each also as files."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _
from kkb.charts import desa as tables
from kkb.charts import kelengkapan as charts
from kkb.compute import kelengkapan as compute
from kkb.compute import kewajaran as rules
from kkb.naskah import kelengkapan as naskah
from kkb.naskah import kewajaran
from kkb.rows import by, records
from kkb.ui import parts
from kkb.ui.kelengkapan import Known, book, links, source_line


def report_table(seen: Known) -> None:
    """Each report of each village over the recaps, and the same as files."""
    st.header(naskah.news(seen.told), anchor="laporan")
    st.html(charts.report_key())
    caption = naskah.grid_caption(seen.told)
    st.html(charts.report_grid(seen.told, seen.standing, seen.villages, links(seen), caption=caption))
    source_line(seen, _("Klik nama desa untuk membuka profilnya."))
    title = _("Isi laporan menurut rekap")
    parts.downloads(
        lambda: report_rows(seen),
        key="kelengkapan-laporan",
        title=title,
        file_name=f"kelengkapan-laporan_{seen.period}",
        notes=book(seen, title, _("kosong: seluruh isian laporan kosong; baru: terisi dan angkanya berbeda.")),
    )


def report_rows(seen: Known) -> pd.DataFrame:
    """One row per village and report: when last filled and changed, since when blank, and its state in each recap."""
    state = {(r["kode_desa"], r["laporan"], r["tanggal"]): r["keadaan"] for r in records(seen.told)}
    last = {(r["kode_desa"], r["laporan"]): r for r in records(seen.standing)}
    lines = [(v, last[key]) for v in seen.villages for r in compute.REPORTS if (key := (v["kode_desa"], r)) in last]
    days = sorted(seen.told["tanggal"].unique())

    def dates(column: str) -> list[str | None]:
        return [None if pd.isna(row[column]) else row[column].date().isoformat() for _village, row in lines]

    def states(day: object) -> list[str]:
        return [naskah.state_name(state.get((row["kode_desa"], row["laporan"], day))) for _village, row in lines]

    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(v["kode_desa"]) for v, _row in lines],
            _("Desa/kelurahan"): [v["nama_desa"] for v, _row in lines],
            _("Kecamatan"): [v["nama_kecamatan"] for v, _row in lines],
            _("Laporan"): [naskah.report_name(row["laporan"]) for _village, row in lines],
            _("Terisi terakhir"): dates("terisi_terakhir"),
            _("Angka berubah terakhir"): dates("berubah_terakhir"),
            _("Kosong sejak"): dates("kosong_sejak"),
            **{str(d.date()): states(d) for d in days},
        }
    )


def column_table(seen: Known) -> None:
    """Which of the columns of the last recap are blank, and the same as files with the figures themselves."""
    st.header(naskah.blanks_title(seen.grid), anchor="isian")
    st.html(charts.column_key())
    caption = _("Isian {n} kolom rekap terakhir tiap Kampung KB.").format(n=fmt.number(len(compute.ALL_COLUMNS)))
    st.html(charts.column_grid(seen.grid, seen.villages, links(seen), caption=caption))
    source_line(seen, naskah.blank_note())
    title = _("Isian rekap menurut kolom")
    parts.downloads(
        lambda: column_rows(seen),
        key="kelengkapan-kolom",
        title=title,
        file_name=f"kelengkapan-kolom_{seen.period}",
        notes=book(seen, title, naskah.blank_note(), _("Sel tanpa isi: kosong pada rekap.")),
    )


def column_rows(seen: Known) -> pd.DataFrame:
    """One row per village: how many columns are blank, and the figures themselves, missing where blank."""
    rows = seen.recap.set_index("kode_desa").loc[
        [v["kode_desa"] for v in seen.villages if v["kode_desa"] in seen.grid.index]
    ]
    grid = seen.grid.loc[rows.index]
    names = naskah.columns()
    shown = {
        _("Kode"): [fmt.village_code(code) for code in rows.index],
        _("Desa/kelurahan"): list(rows["nama_desa"]),
        _("Kecamatan"): list(rows["nama_kecamatan"]),
        _("Tanggal rekap"): [d.date().isoformat() for d in rows["tanggal"]],
        _("Kosong"): (grid == compute.BLANK).sum(axis=1).to_numpy(),
        _("Kosong karena belum melapor"): (grid == compute.SILENT).sum(axis=1).to_numpy(),
    }
    for column in compute.ALL_COLUMNS:
        given = rows[column]
        shown[names[column]] = [_("ya") if g else None for g in given] if column.startswith("is_") else given.array
    return pd.DataFrame(shown)


def plausibility(seen: Known) -> None:
    """Figures that hardly fit each other, with the rule, and those that never change; both as one file."""
    clashes = [n for n in seen.notes if n.rule != kewajaran.UNCHANGED]
    st.header(naskah.plausibility_title(len(clashes), len({n.village for n in clashes})), anchor="kewajaran")
    villages, addresses = {v["kode_desa"]: v for v in seen.villages}, links(seen)
    if clashes:
        head = [(_("Desa (kecamatan)"), "24%"), (_("Aturan"), "30%"), (_("Angka pada rekap"), "46%")]
        body = [
            [
                charts.link(villages[n.village], addresses),
                tables.two_lines(kewajaran.rule_name(n.rule), ""),
                tables.two_lines(n.words, _("Rekap {day}").format(day=fmt.day(n.day))),
            ]
            for n in clashes
        ]
        st.html(tables.table(head, [("", body)]))
    st.markdown(f"**{naskah.unchanged_title(seen.alike, compute.can_be_old(seen.told))}**")
    st.markdown("\n".join(f"- {line}" for line in naskah.unchanged_groups(seen.alike, seen.names)))
    source_line(seen, naskah.plausibility_note())
    _rules(seen, clashes)
    title = _("Catatan kewajaran")
    parts.downloads(
        lambda: note_rows(seen),
        key="kelengkapan-kewajaran",
        title=title,
        file_name=f"kewajaran_{seen.period}",
        notes=book(seen, title, naskah.plausibility_note()),
    )


def note_rows(seen: Known) -> pd.DataFrame:
    """One row per note, in the order of the villages' codes."""
    villages = by(seen.reports, "kode_desa")
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(n.village) for n in seen.notes],
            _("Desa/kelurahan"): [villages[n.village]["nama_desa"] for n in seen.notes],
            _("Kecamatan"): [villages[n.village]["nama_kecamatan"] for n in seen.notes],
            _("Aturan"): [kewajaran.rule_name(n.rule) for n in seen.notes],
            _("Catatan"): [n.words for n in seen.notes],
            _("Tanggal rekap"): [str(n.day)[:10] for n in seen.notes],
        }
    )


def _rules(seen: Known, clashes: list[kewajaran.Note]) -> None:
    label = _("Aturan yang diperiksa: {n}").format(n=fmt.number(len(rules.RULES)))
    with st.expander(label, icon=":material/rule:", key="buka-aturan", on_change="rerun") as opened:
        if opened.open:
            tested = compute.tested(seen.recap)
            found = pd.Series([n.rule for n in clashes], dtype="str").value_counts()
            shown = pd.DataFrame(
                {
                    _("Aturan"): [kewajaran.rule_name(code) for code in tested],
                    _("Catatan"): [fmt.number(found.get(code, 0)) for code in tested],
                    _("Dapat diperiksa"): [fmt.of(n, len(seen.recap)) for n in tested.values()],
                }
            )
            st.table(shown, hide_index=True, border="horizontal")
