"""The figures of one village: the way up, plausibility, recap and IDM beside others, and the whole to take away."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb import maps, queries
from kkb.bahasa import _, field
from kkb.charts import desa as charts
from kkb.compute import rekap
from kkb.compute.rekap import Beside
from kkb.naskah import desa as naskah
from kkb.naskah import kewajaran
from kkb.naskah.rekap import labels
from kkb.rows import first, records
from kkb.ui import parts, run
from kkb.ui.desa import IDM, PORTAL, RECAP, Village

TOP = "berkelanjutan"
GROUPS = {
    "kb": ("cpr_pct", "mkjp_pct", "unmet_need_pct", "peserta_pasangan"),
    "metode": tuple(f"{n}_pasangan" for n in ("iud", "mow", "mop", "implan", "kondom", "suntik", "pil")),
    "poktan": ("bkb_pct", "bkr_pct", "bkl_pct", "uppka_pct", "pikr_pct"),
    "penduduk": ("penduduk_jiwa", "keluarga_kk", "pus_pasangan"),
    "pokja": ("pokja_anggota_jiwa", "pokja_terlatih_jiwa", "sumber_dana_jumlah", "mekanisme_operasional_jumlah"),
}
"""Which figures of the recap stand on the page, by part; the download has them all."""


def way_up(known: Village) -> None:
    """What is missing to the next class and to the highest, the cheapest ways first."""
    target = known.next_class
    if target is None:
        st.header(_("Sudah di kelas tertinggi"))
        st.markdown(_("Ketiga indeks mencapai ambang kelulusan."))
        return
    near = known.plan(target)
    st.header(naskah.way_title(near, target))
    if near:
        st.markdown(naskah.ways(near, known.item_rules, known.told, 3))
    if target != TOP and not (near and naskah.leads_to(near) == TOP):
        far = known.plan(TOP)
        st.markdown(f"**{naskah.way_title(far, TOP)}**")
        if far:
            st.markdown(naskah.ways(far, known.item_rules, known.told, 2))
    if words := naskah.unreported(known.told):
        st.markdown(words)
    st.button(
        _("Semua cara dan kebutuhannya"),
        key="hanya-layar-naik-kelas",
        icon=":material/trending_up:",
        on_click=run.visit,
        args=("naik_kelas",),
        kwargs={"desa": known.code, "simulasi": ()},
    )
    parts.source_line(parts.source_of(PORTAL), fmt.period(known.period), _("Satu poin: satu skor lebih tinggi."))


def plausibility(known: Village) -> None:
    """Figures of the latest recap that ask for a look."""
    history = run.ask(queries.recap_history, periode=known.period, desa=known.code)
    notes, untested = kewajaran.notes(history), kewajaran.untested(history)
    if notes:
        st.header(_("{n} catatan kewajaran").format(n=fmt.number(len(notes))))
        st.markdown("\n".join(f"- {n}" for n in notes))
        st.markdown(_("Catatan ini bukan kesalahan yang pasti; angkanya perlu diperiksa bersama pengisi laporan."))
    else:
        st.header(_("Tidak ada catatan kewajaran"))
    if untested:
        st.markdown(untested)
    parts.source_line(parts.source_of(RECAP), _recap_day(known))


def figures(known: Village) -> None:
    """The figures of the latest recap beside the other Kampung KB of the kecamatan and the median of the kabupaten."""
    if known.recap.empty:
        return
    rows = {b.code: b for b in rekap.beside(known.recaps, known.figures, known.code)}
    own, others = first(known.recap), known.recaps[known.recaps["kode_desa"] != known.code]
    near = others[others["kode_kecamatan"] == known.code[:6]]
    names = {
        "metode": _("Peserta KB menurut metode"),
        "poktan": _("Peserta poktan terhadap sasaran"),
        "penduduk": _("Kependudukan"),
        "pokja": _("Kelembagaan"),
    }
    blank = [rekap.blanks(r) for r in (known.recap.iloc[0], *(near.iloc[n] for n in range(len(near))))]
    groups = [(names.get(part, ""), [_figure(rows[code], blank) for code in codes]) for part, codes in GROUPS.items()]
    for column, words in (("is_pokja_sk", _("SK Pokja")), ("is_rkm", _("Rencana Kerja Masyarakat"))):
        beside = [_flag(near[column].iloc[0])] if len(near) == 1 else [_flags(near[column])] if len(near) else []
        groups[-1][1].append([words, f"<b>{_flag(own[column])}</b>", *beside, _flags(others[column])])
    st.header(naskah.figures_title(rows["cpr_pct"]))
    head = [(_("Angka"), "36%"), (str(known.facts["nama_desa"]), "22%")]
    if len(near):
        head.append((near["nama_desa"].iloc[0] if len(near) == 1 else _("Median kec. (n)"), "22%"))
    st.html(charts.table([*head, (_("Median kab. (n)"), "20%")], groups))
    parts.source_line(parts.source_of(RECAP), _recap_day(known), naskah.figures_note(rows))


def _figure(row: Beside, blank: list[frozenset[str]]) -> list[str]:
    """The cells of one figure; `blank` holds the figures counted as 0, of the village itself and of its peers."""

    def cell(value: float, counted_as_0: frozenset[str]) -> str:
        return _value(row.code, value) + ("*" if row.code in counted_as_0 and not pd.isna(value) else "")

    cells = [escape(labels()[row.code]), f"<b>{cell(row.value, blank[0])}</b>"]
    if len(row.peers) == 1:
        cells += [cell(v, b) for v, b in zip(row.peers.values(), blank[1:], strict=True)]
    elif row.peers:
        peers = pd.Series(row.peers)
        cells.append(f"{_value(row.code, peers.median())} ({fmt.number(peers.notna().sum())})")
    return [*cells, f"{_value(row.code, row.median)} ({fmt.number(row.n)})"]


def _flag(value: object) -> str:
    return escape(_("ada") if value else _("tidak tercatat"))


def _flags(values: pd.Series) -> str:
    return escape(_("{n} ada").format(n=fmt.of(int(values.sum()), len(values))))


def _value(code: str, value: float) -> str:
    if pd.isna(value):
        return charts.not_reported() if code in rekap.REPORTED else fmt.MISSING
    if code.endswith("_pct"):
        return fmt.percent(value)
    return fmt.number(value, 0 if value == int(value) else 1)


def idm(known: Village) -> None:
    """The IDM and its parts beside the medians of the kecamatan and of the kabupaten."""
    if known.idm.empty:
        return
    told = records(known.idm)
    st.header(naskah.idm_title(told[0]))
    rows = [
        [
            escape(field(r, "nama")),
            f"{maps.swatch(r['warna'], _PATTERN.get(r['keadaan']))} <b>{fmt.number(r['nilai'], 4)}</b> "
            f"{escape(field(r, 'label'))}"
            if r["keadaan"] == "ada"
            else f"{maps.swatch(r['warna'], _PATTERN.get(r['keadaan']))} {escape(field(r, 'label'))}",
            f"{fmt.number(r['median_kecamatan'], 4)} ({fmt.number(r['jumlah_kecamatan'])})",
            f"{fmt.number(r['median_kabupaten'], 4)} ({fmt.number(r['jumlah_kabupaten'])})",
        ]
        for r in told
    ]
    head = [(_("Indeks"), "16%"), (_("Nilai"), "38%"), (_("Median kec. (n)"), "23%"), (_("Median kab. (n)"), "22%")]
    st.html(charts.table(head, [("", rows)]))
    parts.source_line(parts.source_of(IDM), str(told[0]["periode"]), _("n: banyaknya desa yang memiliki IDM."))


_PATTERN = {"belum_melapor": "arsir", "tidak_berlaku": "silang"}


def _recap_day(known: Village) -> str:
    return fmt.day(known.recap["tanggal"].iloc[0]) if len(known.recap) else fmt.MISSING


def _whole(known: Village) -> pd.DataFrame:
    """One row per figure of the page: its value, what it says, what it stands beside, its date and source."""
    day = known.recap["tanggal"].iloc[0].date().isoformat() if len(known.recap) else None
    rows: list[tuple[object, ...]] = [
        (
            _("Butir"),
            field(known.item_rules[r.item.code], "item"),
            r.score if r.is_known else None,
            known.reasons[r.item.code],
            *(None, None, None, known.period, PORTAL),
        )
        for r in known.told
    ]
    for b in rekap.beside(known.recaps, known.figures, known.code) if len(known.recap) else ():
        state = _("belum melapor") if pd.isna(b.value) and b.code in rekap.REPORTED else None
        peers = pd.Series(b.peers, dtype=float).median()
        rows.append((_("Rekap"), labels()[b.code], b.value, state, peers, b.median, b.n, day, RECAP))
    for r in records(known.idm):
        medians = (r["median_kecamatan"], r["median_kabupaten"], r["jumlah_kabupaten"])
        rows.append(("IDM", field(r, "nama"), r["nilai"], field(r, "label"), *medians, r["periode"], IDM))
    head = [_("Bagian"), _("Angka"), _("Nilai"), _("Keterangan"), _("Median kecamatan"), _("Median kabupaten")]
    table = pd.DataFrame(rows, columns=[*head, "n", _("Tanggal"), _("Sumber")])
    table[_("Sumber")] = table[_("Sumber")].map({f: parts.source_of(f) for f in (PORTAL, RECAP, IDM)})
    return table.astype({_("Nilai"): float, head[4]: float, head[5]: float, "n": "Int64"}).round(4)


def take_away(known: Village) -> None:
    """The whole page as one table."""
    title = _("Profil {village}").format(village=naskah.name(known.facts))
    parts.downloads(
        _whole(known),
        key="desa-profil",
        title=title,
        file_name=f"profil_{known.code}_{known.period}",
        notes=[
            title,
            _("Sumber: {source}. Data per {period}.").format(
                source=parts.source_of(PORTAL, RECAP, IDM), period=fmt.period(known.period)
            ),
            _("Median rekap: Kampung KB lain, tanpa desa ini; median IDM: semua desa."),
            _("Versi data {version}.").format(version=run.now().warehouse.version),
        ],
    )
