"""Rapat: the agenda of a meeting, what is said in it, its show without a server, and its files."""

import streamlit as st

from kkb.ui import rapat, rapat_agenda, rapat_naskah
from kkb.ui.filter_bar import filter_bar

meeting = rapat.meeting()
st.title(rapat.title(meeting))
filter_bar(beside=rapat.choices)
rapat.newer(meeting)
left, right = st.columns([1, 2.1], gap="medium")
with right:
    rapat_agenda.agenda(meeting)
with left:
    rapat.start(meeting)
    rapat.files(meeting)
    rapat_naskah.briefing(meeting.outline)
