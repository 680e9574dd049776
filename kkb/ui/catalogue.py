"""The parts of the method page: the class rule, the states, the indicators, the facts, the sources."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kkb import format as fmt
from kkb.bahasa import _, language
from kkb.compute import klasifikasi
from kkb.rows import Row, records
from kkb.ui import parts, run


def class_rule(items: pd.DataFrame) -> None:
    """The official rule in force now, in words and as the table of scores."""
    st.markdown(
        _(
            "Dua belas butir diberi skor 1–4 dan dirata-ratakan menjadi tiga indeks: **input** (5 butir), **proses** "
            "(3 butir), dan **output** (4 butir). Ambang kelulusan tiap indeks adalah **3**.\n\n"
            "- Ketiga indeks ≥ 3: **Berkelanjutan** (disebut juga Paripurna)\n"
            "- Output dan tepat satu indeks lain ≥ 3: **Mandiri**\n"
            "- Hanya input dan proses ≥ 3: **Berkembang**\n"
            "- Selain itu: **Dasar**\n\n"
            "Desa yang tidak melapor diberi skor 1 oleh portal. Di sini keadaan itu ditulis “belum melapor”, terpisah "
            "dari skornya. Persentase dibulatkan ke bilangan bulat sebelum dibandingkan dengan batas; angka tepat "
            "di tengah dibulatkan ke bilangan genap (12,5% menjadi 12%), seperti pada portal."
        )
    )
    suffix = "" if language() == "id" else "_en"
    newest = klasifikasi.rules(items)[-1]
    items = items[items["berlaku_mulai"] == newest.since]
    units = list(items[f"satuan{suffix}"])
    shown = pd.DataFrame(
        {
            _("Indeks"): [_(str(i).capitalize()) for i in items["indeks"]],
            _("Butir"): items[f"item{suffix}"],
            _("Yang dihitung"): items[f"dasar_ukur{suffix}"],
            **{
                _("Skor {n}").format(n=n): [
                    fmt.score_range(i.limits, i.rising, n, u).replace(">", "\\>")
                    for i, u in zip(newest.items.values(), units, strict=True)
                ]
                for n in (1, 2, 3, 4)
            },
        }
    )
    st.table(shown, hide_index=True, border="horizontal")
    st.markdown(
        _(
            "**Yang dapat dihitung ulang dari rekap portal.** Pada kedua ekspor nasional 27 Oktober 2022 (17.731 "
            "Kampung KB), skor Pokja, PKB/PLKB dan regulasi, mekanisme operasional, partisipasi poktan, CPR, dan "
            "MKJP yang dihitung dari rekap sama dengan skor terbitan di semua desa. Unmet need sama di 99,8%: 34 "
            "desa yang laporannya berisi nol semua tampak seperti tidak melapor, karena rekap menulis nol sebagai"
            " kosong. Sumber dana dapat dihitung kecuali bila rekap menulis 1, yang dapat juga berarti tidak ada;"
            " penggunaan data hanya bila rekap menyatakan tidak ada. Poktan, sarana, dan lintas sektor tidak "
            "dapat dihitung dari rekap."
        )
    )


def states() -> None:
    """The states a village can be in, never mixed and never shown as zero."""
    st.markdown(
        _(
            "- **Sudah / ada nilai**: desa berstatus, atau angkanya ada.\n"
            "- **Belum Kampung KB**: desa belum tercatat sebagai Kampung KB, sehingga portal belum menilainya.\n"
            "- **Belum melapor**: desa berstatus, tetapi laporan yang mendasari angka itu kosong pada rekap terakhir.\n"
            "- **Tidak berlaku**: misalnya IDM untuk kelurahan, karena IDM hanya untuk desa.\n\n"
            "Nilai kosong tidak pernah dihitung sebagai nol. Laporan KB dianggap ada bila sedikitnya satu dari 7 "
            "metode atau 4 alasan tidak ber-KB terisi; laporan poktan bila sedikitnya satu dari 5 poktan terisi. "
            "Portal menulis nol sebagai kosong, sehingga “semuanya kosong” dibaca sebagai belum melapor."
        )
    )


def indicators(rows: pd.DataFrame) -> None:
    """The catalogue: definition, formula, unit, target, source and date of each indicator."""
    suffix = "" if language() == "id" else "_en"
    shown = pd.DataFrame(
        {
            _("Kode"): rows["kode_indikator"],
            _("Indikator"): rows[f"nama{suffix}"],
            _("Data desa"): [
                _("{n} tanggal, terakhir {day}").format(n=n, day=fmt.period(last)) if n else _("belum ada data")
                for n, last in zip(rows["jumlah_periode"], rows["periode_akhir"], strict=True)
            ],
            _("Definisi"): rows[f"definisi{suffix}"],
            _("Pembilang"): rows[f"pembilang{suffix}"].fillna(fmt.MISSING),
            _("Penyebut"): rows[f"penyebut{suffix}"].fillna(fmt.MISSING),
            _("Satuan"): rows[f"satuan{suffix}"],
            _("Target"): [_target(t, y) for t, y in zip(rows["target"], rows["tahun_target"], strict=True)],
            _("Perangkat daerah (usulan)"): rows["opd"],
            _("Sumber"): rows["url_sumber"].fillna(fmt.MISSING),
        }
    )
    notes = [_("Penanggung jawab masih usulan dan perlu ditetapkan pemerintah kabupaten.")]
    st.caption(notes[0])
    parts.table(
        shown,
        key="katalog",
        title=_("Katalog indikator"),
        file_name="katalog-indikator",
        notes=notes,
        height=520,
    )


def _target(value: float, year: float) -> str:
    if pd.isna(value):
        return fmt.MISSING
    decimals = 0 if value == int(value) else 2
    return fmt.number(value, decimals) if pd.isna(year) else f"{fmt.number(value, decimals)} ({int(year)})"


def facts(rows: pd.DataFrame) -> None:
    """District-level facts, each with source and date; survey and routine figures are told apart."""
    kinds = {
        "rutin": _("pencatatan rutin"),
        "survei": _("survei atau estimasi"),
        "administrasi": _("administrasi"),
        "pers": _("pemberitaan"),
        "rencana": _("rencana"),
        "aturan": _("aturan"),
        "tidak-ditemukan": _("tidak ditemukan"),
    }
    suffix = "" if language() == "id" else "_en"
    shown = pd.DataFrame(
        {
            _("Topik"): [_(t) for t in rows["topik"]],
            _("Fakta"): rows[f"uraian{suffix}"],
            _("Nilai"): [_value(r) for r in records(rows)],
            _("Tanggal"): [fmt.period(t) for t in rows["tanggal"]],
            _("Jenis"): [kinds[j] for j in rows["jenis"]],
            _("Sumber"): rows["sumber"].fillna(fmt.MISSING),
            _("Alamat"): rows["url"].fillna(fmt.MISSING),
        }
    )
    st.caption(_("Angka survei dan angka rutin tidak pernah digabung dalam satu deret."))
    parts.table(shown, key="fakta", title=_("Fakta kabupaten"), file_name="fakta-kabupaten", notes=[], height=520)


def _value(row: Row) -> str:
    words = row["nilai_teks"] if isinstance(row["nilai_teks"], str) else ""
    if pd.isna(row["nilai"]):
        return words or fmt.MISSING
    value = float(row["nilai"])
    decimals = next(d for d in (0, 1, 2, 3, 4) if round(value, d) == value or d == 4)
    unit = row["satuan"] if isinstance(row["satuan"], str) else ""
    number = fmt.number(value, decimals) + ("%" if unit == "%" else f" {unit}".rstrip())
    return f"{number}: {words}" if words else number


def sources(rows: pd.DataFrame) -> None:
    """Every fact file, its publisher, date, licence and fingerprint."""
    suffix = "" if language() == "id" else "_en"
    shown = pd.DataFrame(
        {
            _("Berkas"): rows["berkas"],
            _("Isi"): rows[f"isi{suffix}"],
            _("Penerbit"): rows["penerbit"],
            _("Tanggal"): rows["tanggal"],
            _("Lisensi atau atribusi"): rows["atribusi"],
            _("Alamat"): rows["url"].fillna(fmt.MISSING),
            _("Sidik jari SHA-256"): rows["sha256"],
        }
    )
    st.caption(
        _("Pustaka peta: Leaflet 1.9.4 (BSD-2-Clause). Versi data: {version}.").format(
            version=run.now().warehouse.version
        )
    )
    parts.table(shown, key="sumber", title=_("Sumber dan lisensi"), file_name="sumber", notes=[], height=520)
