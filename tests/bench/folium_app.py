"""Serves `folium_page.py` with Leaflet from this machine, cached for ever as a delivery network would, since a bench
has no internet: `streamlit run tests/bench/folium_app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from kkb.config import ROOT
from kkb.ui.assets import FOREVER


def leaflet(request: Request) -> FileResponse:
    """One of Leaflet's two files."""
    return FileResponse(ROOT / "kkb" / "ui" / "aset" / "leaflet" / request.path_params["name"], headers=FOREVER)


app = st.App("folium_page.py", routes=[Route("/leaflet/{name}", leaflet)])
