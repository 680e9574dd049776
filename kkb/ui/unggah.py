"""Bringing a file in from the browser: choose it, say what it is, check it, answer what it asks, publish."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from kkb import config, queries, terima
from kkb.bahasa import _, field
from kkb.errors import AmbiguousNumberError, FileError
from kkb.ingest import jenis, sheets, waktu
from kkb.ingest.hasil import Question
from kkb.ingest.pilihan import Choices
from kkb.rows import by
from kkb.rupa import strong
from kkb.teks import file_name, literal
from kkb.terima import Report
from kkb.ui import errors, laporan_unggah, operator, run, widgets

_CHECKED = "kkb-unggah"
_ASKED = "kkb-desimal-ditanya"
_FAILED = "kkb-gagal"
_DONE = "kkb-terbit"
_ANSWERS = "kkb-nama-dipilih"
_NAME, _NAME_BOX = "kkb-nama", "kkb-nama-isian"
_ASIDE = "-"


def who_box() -> None:
    """Who brings the data in: it stands in the journal. A login tells; else the name goes with the operator from page
    to page."""
    if operator.signature():
        st.markdown(_("Dicatat atas nama **{name}**.").format(name=literal(who())))
        return
    widgets.keep(_NAME_BOX, who())
    st.text_input(
        _("Nama operator"),
        key=_NAME_BOX,
        max_chars=80,
        on_change=_named,
        help=_("Dicatat di jurnal bersama setiap perubahan."),
    )


def _named() -> None:
    st.session_state[_NAME] = st.session_state[_NAME_BOX]


def who() -> str:
    """The name of the login, else the name given, '' when none."""
    return operator.signature() or str(st.session_state.get(_NAME, "")).strip()


def folders() -> tuple[Path, Path]:
    """The folders of the facts and of what staff bring."""
    return config.facts_dir(), config.var_dir()


def say(done: str) -> None:
    """Remember a message for the next run, and start it."""
    st.session_state[_DONE] = done
    st.rerun()


def said() -> None:
    """Show the message of the run before, once: where it stays, and where the reader is on a long page."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")
        st.toast(done, icon=":material/check_circle:")


def bring() -> None:
    """Choose a file, say what it is, and check it; what was found is kept until it is published or replaced."""
    said()
    operator.receive()
    file = st.file_uploader(
        _("Berkas dari portal, instansi, atau contoh isian di bawah (xlsx, xls, ods, csv; paling besar 50 MB)"),
        type=list(operator.TYPES),
        on_change=_start_over,
        key="berkas",
    )
    if file is None:
        return
    with TemporaryDirectory() as folder:
        made = sheets.created(_write(folder, file.name, file.getvalue()))
    choices = _choices(made)
    if st.button(strong(_("Periksa berkas")), icon=":material/fact_check:", disabled=choices is None) and choices:
        _check(file.name, file.getvalue(), choices)
    _shown()


def _choices(made: str | None) -> Choices | None:
    """What is said about the file; None while a date cannot be read."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            _("Jenis isi"),
            [None, *jenis.NAMES],
            format_func=lambda k: jenis.title(k) if k else _("Kenali otomatis"),
            on_change=_forget,
            key="jenis-isi",
            width=290,
        )
        text = st.text_input(
            _("Masa data"),
            placeholder=waktu_words(made),
            on_change=_forget,
            key="masa-data",
            width=290,
            help=_(
                "Tanggal ekspor portal atau daftar SK, misalnya 28/08/2023; bila kosong dipakai tanggal pembuatan "
                "berkas. Untuk berkas lain hanya perlu bila masanya tidak tertulis di berkas: 2024, 2024-08, atau "
                "17/08/2024."
            ),
        )
    about = by(run.rows(queries.indicators), "kode_indikator")
    free = [k for k, row in about.items() if not isinstance(row["asal"], str) or row["tingkat"] == "kabupaten"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        indicator = st.selectbox(
            _("Indikator, bila berkas hanya berisi satu dan tidak menyebutnya"),
            [None, *free],
            format_func=lambda k: f"{k} {field(about[k], 'nama')}" if k else _("Tertulis di berkas"),
            on_change=_forget,
            key="indikator-berkas",
            width=430,
        )
        source = st.text_input(
            _("Sumber angka, bila tidak tertulis di berkas"),
            max_chars=200,
            on_change=_forget,
            key="sumber-berkas",
            width=360,
            placeholder=_("misalnya Dinas Kesehatan, e-PPGBM Agustus 2024"),
        )
    as_of = waktu.period(text) if text.strip() else None
    if text.strip() and as_of is None:
        st.error(_("“Masa data” tidak terbaca; tulis misalnya 28/08/2023, 2024-08, atau 2024."))
        return None
    return Choices(kind, as_of, indicator, _decimals(), source.strip(), _names())


def waktu_words(made: str | None) -> str:
    """What stands in the empty box of the date."""
    return _("bila kosong: {day} (tanggal berkas)").format(day=made) if made else _("misalnya 28/08/2023 atau 2024")


def _decimals() -> str | None:
    """The decimal sign, asked for only once a file has numbers that may mean two."""
    if not st.session_state.get(_ASKED):
        return None
    words = {
        "koma": _("Koma: 1.234 berarti seribu dua ratus tiga puluh empat"),
        "titik": _("Titik: 1.234 berarti satu koma dua tiga empat"),
    }
    return st.radio(
        _("Tanda desimal angka di berkas ini"),
        list(words),
        format_func=words.__getitem__,
        index=None,
        key="desimal-berkas",
        on_change=_forget,
    )


def _names() -> dict[str, str]:
    """The villages chosen for names that were not recognised; kept while the boxes that asked are not drawn."""
    return dict(st.session_state.get(_ANSWERS, {}))


def _answer(name: str, box: str) -> None:
    """Remember what was chosen for a name; for callbacks."""
    chosen = st.session_state.get(box)
    answers = _names()
    answers.pop(name, None)
    if chosen:
        answers[name] = "" if chosen == _ASIDE else str(chosen)
    st.session_state[_ANSWERS] = answers


def _write(folder: str, name: str, content: bytes) -> Path:
    path = Path(folder) / file_name(name)
    path.write_bytes(content)
    return path


def _start_over() -> None:
    """Another file: nothing said of the last one holds."""
    _forget()
    st.session_state.pop(_ASKED, None)
    st.session_state.pop(_ANSWERS, None)


def _forget() -> None:
    st.session_state.pop(_CHECKED, None)
    st.session_state.pop(_FAILED, None)


def _check(name: str, content: bytes, choices: Choices) -> None:
    _forget()
    with errors.shown():
        operator.require()
        holder = TemporaryDirectory()
        bar = st.progress(0.0)
        try:
            found = terima.prepare(
                _write(holder.name, name, content), choices, *folders(), lambda part, words: bar.progress(part, words)
            )
            st.session_state[_CHECKED] = (holder, found)
        except FileError as error:
            st.session_state[_FAILED] = error
            if isinstance(error, AmbiguousNumberError) and not st.session_state.get(_ASKED):
                st.session_state[_ASKED] = True
                st.rerun()
        finally:
            bar.empty()


def _shown() -> None:
    """What the check found: an error, or the report with what it asks and the button that publishes it."""
    failed: FileError | None = st.session_state.get(_FAILED)
    if failed:
        laporan_unggah.failure(failed)
        return
    if _CHECKED not in st.session_state:
        return
    found: Report = st.session_state[_CHECKED][1]
    laporan_unggah.report(found)
    if found.contribution.questions:
        _questions(found.contribution.questions)
    elif not found.contribution.problems and not found.is_empty:
        note = st.text_input(_("Catatan untuk jurnal"), max_chars=200)
        if st.button(strong(_("Terbitkan")), icon=":material/publish:", disabled=not who(), help=need()):
            _publish(found, note.strip())


def need() -> str | None:
    """Why a button that changes data is off, None when it is on."""
    return None if who() else _("Isi nama operator terlebih dahulu.")


def _questions(asked: tuple[Question, ...]) -> None:
    """A box per name that is no village: which one is meant; the answer is remembered with the import."""
    st.markdown(
        _("**Nama yang tidak dikenal.** Pilih yang dimaksud, lalu periksa lagi; pilihan itu dicatat bersama impornya.")
    )
    villages = by(run.rows(queries.villages), "kode_desa")
    words = {k: f"{v['nama_desa']} ({v['nama_kecamatan']})" for k, v in villages.items()} | {
        _ASIDE: _("bukan desa/kelurahan di sini; sisihkan barisnya")
    }
    for question in asked:
        rest = [k for k in villages if k not in question.near]
        st.selectbox(
            literal(question.shown),
            [*question.near, _ASIDE, *rest],
            index=None,
            format_func=words.__getitem__,
            key=f"nama:{question.key}",
            on_change=_answer,
            args=(question.key, f"nama:{question.key}"),
            placeholder=_("pilih desa/kelurahan"),
            width=430,
        )


def _publish(found: Report, note: str) -> None:
    with errors.shown():
        bar = st.progress(0.0)
        operator.require()
        entry, version = terima.publish(found, who(), note, *folders(), lambda part, words: bar.progress(part, words))
        _start_over()
        say(_("Entri {n} tercatat dan versi {version} terbit.").format(n=entry.nomor, version=version))
