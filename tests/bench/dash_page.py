"""The same map page in Dash and dash-leaflet: `python tests/bench/dash_page.py --port N`.

Written the fast way of Dash: the polygons travel once, from an immutable address, with the vertices of our own
map; a switch of indicator or date is one callback that brings one character per village as `hideout`, coloured by a
style function in the browser, with the legend and the words around the map. A kecamatan moves the view, a click tells
name and class. All else is drawn once. Answers are remembered per version of the data, as our page does.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import sys
from functools import cache
from pathlib import Path
from typing import Any

import dash_leaflet as dl
import plotly.graph_objects as go
from dash import Dash, Input, Output, ctx, dcc, html
from flask import Response, request

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from kkb import charts
from kkb import format as fmt
from kkb.bahasa import field
from tests.bench import bahan
from tests.bench.bahan import Picture

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
POLYGONS = "/batas/{key}.json"
HATCHES = {
    "titik": "radial-gradient(#8a8a8a 1px,transparent 1.3px) 0 0/6px 6px",
    "arsir": "repeating-linear-gradient(135deg,#4d4d4d 0 1.2px,transparent 1.2px 5px)",
    "silang": "repeating-linear-gradient(45deg,#a5a5a5 0 1px,transparent 1px 6px),"
    "repeating-linear-gradient(135deg,#a5a5a5 0 1px,transparent 1px 6px)",
}

PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
{%metas%}<title>{%title%}</title>{%favicon%}{%css%}
<style>
body { margin: 0; padding: 1.5rem 2rem; font: 16px "Source Sans", Arial, sans-serif; color: #1b1b1b; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; }
.kolom { display: grid; grid-template-columns: 2fr 1fr; gap: 1.5rem; align-items: start; }
.legenda { display: flex; flex-wrap: wrap; gap: .15rem 1rem; font-size: .9rem; margin: .7rem 0; }
.legenda span { display: inline-flex; align-items: center; gap: .4rem; }
.legenda i { width: 17px; height: 13px; border: 1px solid #595959; }
.angka { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
.angka div { border: 1px solid #d9dee3; border-radius: .4rem; padding: .5rem .7rem; }
.angka b { display: block; font-size: 1.2rem; }
.angka small, .sumber { color: #5a5a5a; font-size: .84rem; }
.leaflet-container { background: #fff; isolation: isolate; }
.judul-kecil { margin: 1rem 0 0; font-weight: 700; }
</style>
</head>
<body>
<svg width="0" height="0" style="position:absolute"><defs>
<pattern id="titik" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="#ffffff"/>
<circle cx="3" cy="3" r="1" fill="#8a8a8a"/></pattern>
<pattern id="arsir" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="#BDBDBD"/>
<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="#4d4d4d" stroke-width="1.2"/></pattern>
<pattern id="silang" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="#ffffff"/>
<path d="M0 8L8 0M0 0L8 8" stroke="#a5a5a5" stroke-width="1"/></pattern>
</defs></svg>
{%app_entry%}
<script>
window.kkb = {
  style(feature, {hideout}) {
    const {colour, pattern} = hideout.legend[parseInt(hideout.classes[feature.properties.i], 36)];
    return {
      fillColor: pattern ? `url(#${pattern})` : colour, fillOpacity: 0.88,
      color: "#595959", weight: 0.8, opacity: 1,
    };
  },
  tooltip(feature, layer, {hideout}) {
    const escape = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
    const {i, n, c} = feature.properties;
    layer.bindTooltip(() => {
      const {label} = hideout.legend[parseInt(hideout.classes[i], 36)];
      const value = hideout.values && hideout.values[i] ? ` (${escape(hideout.values[i])})` : "";
      return `<b>${escape(n)}</b>, Kec. ${escape(c)}<br>${escape(label)}${value}`;
    }, {sticky: true, opacity: 0.95});
  },
};
</script>
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


@cache
def polygons(version: str) -> bytes:
    """The villages as GeoJSON, in the order of the codes, with as many vertices as our own map has."""
    collection = {"type": "FeatureCollection", "features": bahan.villages(version)}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _paint(shown: Picture) -> dict[str, Any]:
    """What the style function and the tooltips need."""
    place = {row["kode_kelas"]: DIGITS[n] for n, row in enumerate(shown.legend)}
    return {
        "classes": "".join(place[s] for s in shown.states),
        "values": shown.numbers,
        "legend": [
            {"label": field(row, "label"), "colour": row["warna"], "pattern": _text(row["motif"])}
            for row in shown.legend
        ],
    }


def _legend(shown: Picture) -> list[html.Span]:
    return [
        html.Span([_swatch(row), f"{field(row, 'label')}: ", html.B(fmt.number(count))]) for row, count in shown.shown
    ]


def _swatch(row: dict[Any, Any]) -> html.I:
    pattern = _text(row["motif"])
    background = f"{HATCHES[pattern]},{row['warna']}" if pattern else row["warna"]
    return html.I(style={"background": background})


@cache
def switch(version: str, code: str, period: str) -> tuple[str, list[html.Span], dict[str, Any], str]:
    """Title, legend, paint and source of one indicator on one date."""
    shown = bahan.picture(version, code, period)
    return shown.title, _legend(shown), _paint(shown), shown.source


def _options() -> list[dict[str, str]]:
    rows = bahan.indicators(bahan.current().version)
    return [{"label": field(row, "nama"), "value": code} for code, row in rows.items()]


def _dates(code: str) -> list[dict[str, str]]:
    periods = bahan.indicators(bahan.current().version)[code]["periode"]
    return [{"label": fmt.period(period), "value": period} for period in periods]


def _view(version: str, district: str) -> list[list[float]]:
    west, south, east, north = bahan.bounds(version, district)
    return [[south, west], [north, east]]


def _figures(version: str, period: str) -> html.Div:
    rows = bahan.figures(version, period)
    return html.Div([html.Div([html.Small(n), html.B(v), html.Small(t)]) for n, v, t in rows], className="angka")


def _bars(version: str, period: str) -> dcc.Graph:
    rows = bahan.bars(version, period)
    texts = [f"{a} / {b}" for a, b in zip(rows["jumlah_kampung_kb"], rows["jumlah_wilayah"], strict=True)]
    shared = {"y": list(rows["nama_kecamatan"]), "orientation": "h", "hoverinfo": "skip"}
    outside = {"text": texts, "textposition": "outside", "cliponaxis": False}
    figure = go.Figure(
        [
            go.Bar(x=list(rows["jumlah_kampung_kb"]), marker={"color": charts.DONE}, **shared),
            go.Bar(x=list(rows["kesenjangan"]), marker={"color": charts.TO_GO}, **outside, **shared),
        ],
        {
            "barmode": "stack",
            "template": "none",
            "height": 340,
            "showlegend": False,
            "margin": {"l": 4, "r": 48, "t": 8, "b": 4},
            "xaxis": {"visible": False, "fixedrange": True},
            "yaxis": {"automargin": True, "fixedrange": True},
        },
    )
    return dcc.Graph(figure=figure, config={"displayModeBar": False, "scrollZoom": False})


def _map(version: str, paint: dict[str, Any]) -> dl.Map:
    villages = dl.GeoJSON(
        id="desa",
        url=POLYGONS.format(key=hashlib.sha256(polygons(version)).hexdigest()[:16]),
        style={"variable": "kkb.style"},
        onEachFeature={"variable": "kkb.tooltip"},
        hideout=paint,
    )
    return dl.Map(
        [villages, dl.ScaleControl(imperial=False)],
        id="peta",
        bounds=bahan.layer(version)["batas"]["semua"],
        boundsOptions={"padding": [6, 6]},
        zoomSnap=0.25,
        zoomDelta=0.5,
        minZoom=2,
        attributionControl=False,
        style={"height": "470px"},
    )


@cache
def _layout(version: str) -> html.Div:
    period = bahan.beginning(version)
    title, legend, paint, source = switch(version, bahan.STATUS, period)
    boxes = {
        "Indikator": dcc.Dropdown(_options(), bahan.STATUS, id="indikator", clearable=False),
        "Tanggal data": dcc.Dropdown(_dates(bahan.STATUS), period, id="tanggal", clearable=False),
        "Kecamatan": dcc.Dropdown(bahan.districts(version), bahan.ALL, id="kecamatan", clearable=False),
    }
    left = [
        *(part for label, box in boxes.items() for part in (html.Label(label, htmlFor=box.id), box)),
        html.Div(legend, id="legenda", className="legenda"),
        _map(version, paint),
        html.P(id="dipilih"),
        html.P(source, id="sumber", className="sumber"),
    ]
    right = [_figures(version, period), html.P("Per kecamatan", className="judul-kecil"), _bars(version, period)]
    return html.Div([html.H1(title, id="judul"), html.Div([html.Div(left), html.Div(right)], className="kolom")])


def layout() -> html.Div:
    """The page as a visitor finds it, of the version that is current."""
    return _layout(bahan.current().version)


def _serve_polygons(key: str) -> Response:
    body, headers = polygons(bahan.current().version), dict(FOREVER)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body = _zipped(body)
        headers["Content-Encoding"] = "gzip"
    return Response(body, mimetype="application/json", headers=headers)


@cache
def _zipped(body: bytes) -> bytes:
    return gzip.compress(body)


def make_app() -> Dash:
    """The app, ready to serve."""
    app = Dash(
        __name__,
        title="Kampung KB Tabalong (Dash)",
        update_title=None,
        index_string=PAGE,
        suppress_callback_exceptions=True,
    )
    app.layout = layout
    app.server.add_url_rule(POLYGONS.format(key="<key>"), view_func=_serve_polygons)

    @app.callback(
        Output("judul", "children"),
        Output("legenda", "children"),
        Output("desa", "hideout"),
        Output("sumber", "children"),
        Output("tanggal", "options"),
        Output("tanggal", "value"),
        Input("indikator", "value"),
        Input("tanggal", "value"),
        prevent_initial_call=True,
    )
    def _switched(code: str, period: str) -> tuple[Any, ...]:
        dates = _dates(code)
        if ctx.triggered_id == "indikator":
            period = dates[-1]["value"]
        return *switch(bahan.current().version, code, period), dates, period

    @app.callback(Output("peta", "viewport"), Input("kecamatan", "value"), prevent_initial_call=True)
    def _moved(district: str) -> dict[str, Any]:
        return {"bounds": _view(bahan.current().version, district), "transition": "fitBounds"}

    @app.callback(
        Output("dipilih", "children"), Input("desa", "clickData"), Input("desa", "hideout"), prevent_initial_call=True
    )
    def _clicked(clicked: dict[str, Any] | None, paint: dict[str, Any]) -> list[Any]:
        if not clicked:
            return []
        village = clicked["properties"]
        row = paint["legend"][DIGITS.index(paint["classes"][village["i"]])]
        return [html.B(village["n"]), f": {row['label']}"]

    return app


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8050)
    port = parser.parse_args().port
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    make_app().run(host="127.0.0.1", port=port, debug=False, threaded=True)


if __name__ == "__main__":
    main()
