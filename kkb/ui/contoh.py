"""Buttons that give the importer's templates, each made when it is asked for."""

from __future__ import annotations

import streamlit as st

from kkb import bahasa, config
from kkb.build import facts
from kkb.report import contoh


def button(words: str, kind: str, indicator: str | None = None) -> None:
    """The template of one kind of table, with the codes of every village, and of one indicator if it is named."""
    language = bahasa.language()

    def made() -> bytes:
        bahasa.use(language)
        return contoh.workbook(kind, facts.load(config.facts_dir()), indicator)

    name = f"contoh-{kind}-{indicator}" if indicator else f"contoh-{kind}"
    st.download_button(
        words,
        made,
        f"{name}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=name,
        on_click="ignore",
        icon=":material/download:",
    )
