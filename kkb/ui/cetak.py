"""A page on A4 paper: what is left out in print, and the only style sheet a page adds.

Streamlit's own print styles let the page flow, but keep the open side bar, the widgets and the padding of the screen.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

SCREEN = "hanya-layar"
"""Begins the key of what is left out in print."""
_STYLE = f"""
@media print {{
  @page {{ size: A4; margin: 10mm 12mm; }}
  html {{ font-size: 12px; }}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stDownloadButton"],
  [class*="st-key-{SCREEN}"] {{ display: none !important; }}
  [data-testid="stMainBlockContainer"] {{ padding: 0 !important; max-width: none !important; }}
  [data-testid="stCustomComponentV1"] {{ width: 264px !important; }}
  [data-testid="stMain"] {{ padding: 0 !important; }}
  [data-testid="stVerticalBlock"] {{ gap: .5rem !important; }}
  [data-testid="stHtml"] td, [data-testid="stHtml"] th {{
    padding-top: .08rem !important; padding-bottom: .08rem !important;
  }}
  [data-testid="stCaptionContainer"] p {{ line-height: 1.3 !important; }}
  [data-testid="stMarkdown"] p, [data-testid="stMarkdown"] li {{ line-height: 1.4 !important; }}
  h1 {{ font-size: 1.5rem !important; padding: 0 0 1rem !important; }}
  h2 {{ font-size: 1.1rem !important; padding: .2rem 0 1rem !important; break-after: avoid; }}
}}
"""


def for_paper() -> None:
    """Let this page print on A4."""
    st.html(f"<style>{_STYLE}</style>")


def screen_only(name: str) -> DeltaGenerator:
    """A container that is left out in print."""
    return st.container(key=f"{SCREEN}-{name}")
