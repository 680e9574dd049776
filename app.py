"""The ASGI app: Streamlit's pages, the map's assets and security headers. Run it with `streamlit run app.py`."""

import streamlit as st

from kkb.ui import errors, server

app = st.App(
    "kkb/ui/shell.py",
    routes=server.routes(),
    middleware=server.middleware(),
    lifespan=server.warm,
    on_script_error=errors.unexpected,
)
