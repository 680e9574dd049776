"""Parts that pages share: cards, the map, charts, tables to read and download, and the line that names the source."""

from __future__ import annotations

import pickle
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import folium
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit_folium import st_folium

from kkb import bahasa, charts, config, maps, queries
from kkb import format as fmt
from kkb.bahasa import _, field
from kkb.maps import Assets
from kkb.report import tables
from kkb.rows import Row, Table, by, first, records
from kkb.teks import literal
from kkb.ui import assets, run


@dataclass(frozen=True)
class Card:
    """One figure: what it is, its value, n of N or the change under it, and help on its source."""

    label: str
    value: str
    note: str
    help: str


CARD_WIDTH = 171
"""Pixels: five side by side on a laptop, two on a phone."""


def cards(shown: list[Card]) -> None:
    """At most five figures side by side; they wrap where there is less room."""
    with st.container(horizontal=True, gap="small"):
        for card in shown:
            with st.container(border=True, width=CARD_WIDTH, height="stretch", gap="xxsmall"):
                st.metric(card.label, card.value, help=literal(card.help))
                st.caption(card.note)


def only(answer: pd.DataFrame) -> str | None:
    """The single text of an answer of one row and one column; None when it is missing."""
    value = answer.iloc[0, 0]
    return value if isinstance(value, str) else None


def source_line(what: str, period: str, extra: str = "") -> None:
    """The line under every picture and table: source, date, coverage; `what` and `extra` are shown as they are."""
    words = _("Sumber: {source}. Data per {period}.").format(source=what, period=period)
    st.caption(literal(f"{words} {extra}"))


def paragraphs(texts: list[str]) -> None:
    """Sentences that hold text others wrote, each on its own and shown as they are."""
    st.markdown("\n\n".join(literal(t) for t in texts))


def source_of(*files: str) -> str:
    """The publishers of fact files, each once."""
    sources = by(run.rows(queries.sources), "berkas")
    return "; ".join(dict.fromkeys(str(sources[f]["penerbit"]) for f in files))


def chart(figure: go.Figure, key: str, alt: str) -> None:
    """A figure with a sentence for those who cannot see it."""
    st.plotly_chart(figure, key=key, theme="streamlit", config=charts.CONFIG, alt=alt)


def drawn(draw: Callable[..., go.Figure], *tables: object, **choices: object) -> go.Figure:
    """What one of `kkb.charts` draws of some tables and choices, remembered: drawing takes longer than all else."""
    return charts.Ready(_drawn(draw, pickle.dumps((tables, choices), pickle.HIGHEST_PROTOCOL)))


@run.remembered
def _drawn(draw: Callable[..., go.Figure], packed: bytes) -> dict[str, Any]:
    tables, choices = pickle.loads(packed)  # noqa: S301 - packed just above
    figure: dict[str, Any] = draw(*tables, **choices).to_dict()
    return figure


def map_assets(layer: Row) -> Assets:
    """Addresses of what a map needs, for one layer set."""
    return Assets(
        leaflet_js=assets.address("leaflet/leaflet.js"),
        leaflet_css=assets.address("leaflet/leaflet.css"),
        script=assets.address("peta.js"),
        style=assets.address("peta.css"),
        layer=assets.offer_layer(layer["sha256"], layer["isi"]),
    )


def show_map(
    paint: folium.FeatureGroup,
    key: str,
    *,
    height: int,
    on_click: Callable[[dict[str, object]], None],
    view: str = "peta",
    online: bool = False,
    linked: bool = False,
    layer: Row | None = None,
    frame: str | None = None,
) -> None:
    """A map of villages, or of the areas of another layer set, which `frame` names. `on_click` gets {'village': code},
    the code of whatever area was clicked, or {'district': code}.

    `linked` maps of one reader move together. A change of `paint` recolours the map that is on screen.
    """
    channel = None
    if linked:
        channel = st.session_state.setdefault("kkb-saluran", f"kkb{uuid.uuid4().hex}")
    base = maps.base(
        map_assets(layer or first(run.rows(queries.map_layer, nama=view))),
        view,
        channel=channel,
        base_map_url=config.base_map_url() if online else None,
        frame=frame,
    )

    def clicked() -> None:
        answer = st.session_state.get(key)
        if isinstance(answer, dict):
            on_click(answer)

    st_folium(
        base,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=paint,
        on_change=clicked,
        render=False,  # once is enough: st_folium draws the map in any case, and with this the figure around it too
    )


def table(
    rows: pd.DataFrame,
    *,
    key: str,
    title: str,
    file_name: str,
    notes: list[str],
    decimals: dict[str, int] | None = None,
    height: int | None = None,
) -> None:
    """A table to read and sort, and the same numbers as CSV and XLSX. `notes` go into the workbook."""
    places = decimals or {}
    numeric = {c: places.get(str(c), 0) for c in rows.select_dtypes("number").columns}
    style = rows.style.format({c: _formatter(n) for c, n in numeric.items()}, na_rep=fmt.MISSING)
    st.dataframe(style, hide_index=True, key=key, alt=title, height=height or "auto", placeholder=fmt.MISSING)
    downloads(rows, key=key, title=title, file_name=file_name, notes=notes)


def _formatter(decimals: int) -> Callable[[object], str]:
    return lambda value: fmt.number(value, decimals)


def downloads(
    rows: pd.DataFrame | Callable[[], pd.DataFrame], *, key: str, title: str, file_name: str, notes: list[str]
) -> None:
    """The two download buttons; the files, and rows that are costly to count, are made when they are asked for."""
    language = bahasa.language()

    def made(write: Callable[[pd.DataFrame], bytes]) -> bytes:
        bahasa.use(language)  # the file is made in another thread, which does not know the reader's language
        return write(rows() if callable(rows) else rows)

    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("Unduh CSV"),
            lambda: made(tables.csv),
            f"{file_name}.csv",
            "text/csv",
            key=f"{key}-csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            _("Unduh XLSX"),
            lambda: made(lambda table: tables.xlsx(table, title, notes)),
            f"{file_name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}-xlsx",
            on_click="ignore",
            icon=":material/download:",
        )


def definition_list(rows: list[tuple[str, str, str]], *, large: bool = False) -> None:
    """Label, value as HTML already escaped, and a note or date, as a plain table. `large` is for a few key figures."""
    size = "1.05rem" if large else ".84rem"
    nowrap = "white-space:nowrap" if large else ""
    cell = "padding:.16rem .5rem .16rem 0"
    name = "font-size:.84rem;font-weight:400;text-align:left"
    body = "".join(
        f'<tr style="border-top:1px solid var(--garis)"><th scope="row" style="{cell};{name}">{escape(label)}</th>'
        f'<td style="{cell};font-weight:600;font-size:{size};{nowrap}">{value}</td>'
        f'<td style="padding:.16rem 0;color:var(--redup);font-size:.84rem;{"" if large else "white-space:nowrap"}">'
        f"{escape(note)}</td></tr>"
        for label, value, note in rows
    )
    st.html(f'<table style="width:100%;border-collapse:collapse">{body}</table>')


def source_of_indicator(code: str, period: str) -> str:
    """The publishers of the village values of an indicator in one period."""
    found = run.rows(queries.value_sources, indikator=None, periode=period)  # of all at once: a question takes longer
    return "; ".join(row["sumber"] for row in found if row["kode_indikator"] == code)


def village_table(rows: pd.DataFrame, indicator: Row, legend: Table, period: str) -> None:
    """The numbers of the map as a table, made only when it is opened."""
    title = f"{field(indicator, 'nama')}, {fmt.period(period)}"
    with st.expander(
        _("Tabel: {n} desa/kelurahan").format(n=fmt.number(len(rows))),
        icon=":material/table:",
        key="buka-tabel",
        on_change="rerun",
    ) as opened:
        if not opened.open:
            return
        labels = {r["kode_kelas"]: field(r, "label") for r in records(legend)}
        shown = pd.DataFrame(
            {
                _("Kode"): [fmt.village_code(k) for k in rows["kode_desa"]],
                _("Desa/kelurahan"): list(rows["nama_desa"]),
                _("Kecamatan"): list(rows["nama_kecamatan"]),
                _("Keterangan"): [labels[s] for s in maps.states(rows)],
            }
        )
        places = {}
        if indicator["skema_peta"] not in ("status", "klasifikasi"):
            shown[_("Nilai")] = rows["nilai"].to_numpy()
            places = {_("Nilai"): fmt.decimals(indicator["skema_peta"], indicator["satuan"]) or 0}
        table(
            shown,
            key="peta-tabel",
            title=title,
            file_name=f"kampung-kb_{indicator['kode_indikator']}_{period}",
            notes=[
                title,
                _("Sumber: {source}. Data per {period}.").format(
                    source=source_of_indicator(indicator["kode_indikator"], period), period=fmt.period(period)
                ),
                _("Versi data {version}.").format(version=run.now().warehouse.version),
            ],
            decimals=places,
        )


def status_facts() -> pd.DataFrame:
    """Dated counts of Kampung KB from sources other than the portal exports: `tanggal` as a day for drawing,
    `periode` as the source gives it, `nilai`, `sumber`."""
    facts = run.ask(queries.facts).set_index("kode_fakta")
    named = ["kampung-kb-2016", "kampung-kb-2017", "kampung-kb-2018", "pers-kampung-kb-2023-09-14"]
    rows = facts.loc[[n for n in named if n in facts.index]]
    return pd.DataFrame(
        {
            "tanggal": [t if len(t) == 10 else f"{t[:4]}-07-01" for t in rows["tanggal"]],
            "periode": list(rows["tanggal"]),
            "nilai": list(rows["nilai"]),
            "sumber": list(rows["sumber"]),
        }
    )


def district_table(districts: pd.DataFrame, period: str, source: str) -> None:
    """Coverage, gap and what-if per kecamatan, short to read; the downloads have the numbers apart."""
    shown = pd.DataFrame(
        {
            _("Kecamatan"): districts["nama_kecamatan"],
            _("Kampung KB"): [
                fmt.of(a, b) for a, b in zip(districts["jumlah_kampung_kb"], districts["jumlah_wilayah"], strict=True)
            ],
            _("Belum"): [fmt.number(n) for n in districts["kesenjangan"]],
            _("Dipilih"): [fmt.number(n) for n in districts["rencana"]],
        }
    )
    st.table(shown, hide_index=True, border="horizontal")
    numbers = districts.rename(
        columns={
            "kode_kecamatan": _("Kode"),
            "nama_kecamatan": _("Kecamatan"),
            "jumlah_wilayah": _("Desa/kelurahan"),
            "jumlah_kampung_kb": _("Kampung KB"),
            "kesenjangan": _("Belum"),
            "rencana": _("Dipilih"),
            "kesenjangan_setelah": _("Sisa setelah rencana"),
        }
    )
    title = _("Kesenjangan per kecamatan, {day}").format(day=fmt.period(period))
    notes = [
        title,
        _("Sumber: {source}. Data per {period}.").format(source=source, period=fmt.period(period)),
    ]
    downloads(numbers, key="target-kecamatan", title=title, file_name=f"target_kecamatan_{period}", notes=notes)
