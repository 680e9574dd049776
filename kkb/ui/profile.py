"""The profile panel at the right of the map: one village, or the area on display."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from kkb import charts, maps, queries
from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.charts.peta import district_bars
from kkb.compute import ringkasan
from kkb.naskah import desa as naskah
from kkb.rows import Row, first, records
from kkb.selection import CLASS, STATUS
from kkb.teks import literal
from kkb.ui import parts, run


def village_profile(code: str) -> None:
    """What is known of one village, each figure with its date and its state."""
    facts = first(run.rows(queries.village_facts, desa=code))
    until = run.chosen().tanggal or "9999-12-31"
    rows = run.ask(queries.village_profile, desa=code, sampai=until if len(until) > 4 else f"{until}-12-31")
    st.header(str(facts["nama_desa"]))
    kind = _("Desa") if facts["jenis"] == "desa" else _("Kelurahan")
    lines = [
        _("{kind} di Kecamatan {district} · kode {code} · {area} km²").format(
            kind=kind,
            district=facts["nama_kecamatan"],
            code=fmt.village_code(code),
            area=fmt.number(facts["luas_km2"], 2),
        )
    ]
    if facts["nama_sama"] > 1:
        lines.append(
            _("Nama ini digunakan oleh {n} desa di kabupaten ini; perhatikan kecamatannya.").format(
                n=facts["nama_sama"]
            )
        )
    if pd.notna(facts["tercatat_sejak"]):
        lines.append(literal(naskah.recorded(facts)))
    st.caption("  \n".join(lines))
    st.button(
        _("Profil lengkap"),
        key="profil-lengkap",
        icon=":material/home_work:",
        on_click=run.visit,
        args=("desa",),
        kwargs={"desa": code},
    )
    parts.definition_list([_line(row) for row in _ordered(rows)])
    told = [parts.source_of_indicator(str(r["kode_indikator"]), str(r["periode"])) for r in records(rows)]
    st.caption(literal(_("Sumber: {source}.").format(source="; ".join(dict.fromkeys(told)))))


def _ordered(rows: pd.DataFrame) -> list[Row]:
    order = {"KKB": 0, "SK": 1, "DS": 2}
    listed = records(rows)
    listed.sort(key=lambda r: (order.get(str(r["kode_indikator"])[:-2], 3), str(r["kode_indikator"])))
    no_class = any(r["kode_indikator"] == CLASS and r["keadaan"] == "tidak_dinilai" for r in listed)
    # A village without the status has no class, index or score: one line says so instead of sixteen.
    return [r for r in listed if not (no_class and r["keadaan"] == "tidak_dinilai" and r["kode_indikator"] != CLASS)]


def _line(row: Row) -> tuple[str, str, str]:
    decimals = fmt.decimals(row["skema_peta"], str(row["satuan"]))
    words = escape(field(row, "label"))
    if row["keadaan"] == "ada" and decimals is not None:
        value = fmt.number(row["nilai"], decimals)
        words = f"{value} · {words}" if row["skema_peta"] == "idm" else value
    motif = {"tidak_dinilai": "titik", "belum_melapor": "arsir", "tidak_berlaku": "silang"}.get(str(row["keadaan"]))
    mark = maps.swatch(str(row["warna"]), motif)
    return field(row, "nama"), f"{mark} {words}", fmt.short_period(str(row["periode"]))


def area_profile() -> None:
    """Four figures and the bars per kecamatan of the area on display."""
    chosen = run.chosen()
    period, scored = run.period(), run.period(CLASS)
    reached, villages = ringkasan.coverage_at(run.ask(queries.coverage_history, kecamatan=chosen.kecamatan), period)
    mix = ringkasan.at_period(run.ask(queries.class_counts, kecamatan=chosen.kecamatan), scored)
    reports = run.ask(queries.reporting, periode=scored, kecamatan=chosen.kecamatan)
    top = mix.get("mandiri", 0) + mix.get("berkelanjutan", 0)
    source = parts.source_of_indicator(STATUS, period)
    parts.definition_list(
        [
            (_("Kampung KB"), fmt.of(reached, villages), fmt.share(reached, villages)),
            (_("Belum"), fmt.number(villages - reached), _("desa/kelurahan")),
            (_("Mandiri ke atas"), fmt.of(top, sum(mix.values())), _("dua kelas teratas")),
            (_("Melapor KB"), fmt.of(int(reports["is_lapor_kb"].sum()), len(reports)), _("Kampung KB")),
        ],
        large=True,
    )
    if chosen.kecamatan:
        parts.source_line(source, fmt.names([fmt.period(p) for p in dict.fromkeys((period, scored))]))
        _village_buttons(chosen.kecamatan)
        return
    districts = run.ask(queries.district_coverage, periode=period)
    st.html(maps.heading_with_swatches(_("Per kecamatan"), [(charts.DONE, _("sudah")), (charts.TO_GO, _("belum"))]))
    st.html(district_bars(districts))
    parts.source_line(source, fmt.names([fmt.period(p) for p in dict.fromkeys((period, scored))]))


def _village_buttons(district: str) -> None:
    villages = run.ask(queries.villages)
    inside = villages[villages["kode_kecamatan"] == district].sort_values("nama_desa")
    st.markdown(_("**Pilih desa/kelurahan**"))
    with st.container(horizontal=True, gap="xsmall"):
        for row in records(inside):
            st.button(
                row["nama_desa"],
                key=f"desa-{row['kode_desa']}",
                on_click=run.change,
                kwargs={"desa": row["kode_desa"]},
            )
