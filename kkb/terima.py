"""Bringing a file in: what it would change, then publishing it; and taking an entry back.

Nothing is stored or published by `prepare`. `publish`, `take_back` and a build wait for each other (`build.giliran`),
so two imports at once queue up and neither is lost; readers are never blocked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from kkb import berkas, journal, log
from kkb import format as fmt
from kkb.bahasa import _
from kkb.build import facts, in_turn, unggahan
from kkb.build.giliran import turn
from kkb.contracts import BY_NAME
from kkb.errors import FileError
from kkb.ingest import contributions, match, sheets
from kkb.ingest.hasil import Contribution
from kkb.ingest.isi.pembaca import LONGEST
from kkb.ingest.pilihan import Choices
from kkb.ingest.sheets import Reading
from kkb.journal import Entry
from kkb.naskah import kewajaran
from kkb.teks import one_line


@dataclass(frozen=True)
class Report:
    """What a file would change. `name` is what the file is called, on one line; `sha256` is of what it held when it was
    read; `choices` is all that is needed to read it the same way again. `fresh` and `same` count rows by table that are
    new or as published; `changes` has one row per figure that differs: `tabel`, `kunci` (date and place), `kolom`,
    `lama`, `baru` as text. `notes` are figures that need a look: the village and a sentence."""

    path: Path
    name: str
    sha256: str
    choices: Choices
    contribution: Contribution
    fresh: Mapping[str, int]
    same: Mapping[str, int]
    changes: pd.DataFrame
    notes: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether publishing it would change nothing."""
        return not any(self.fresh.values()) and self.changes.empty


Progress = Callable[[float, str], object]
"""Told how far a long action is, from 0 to 1, and what it is doing."""


def _silent(_part: float, _words: str) -> None:
    """Tells nobody."""


def prepare(
    path: Path,
    choices: Choices,
    facts_dir: Path,
    var_dir: Path,
    progress: Progress = _silent,
    reading: Reading | None = None,
) -> Report:
    """Read a file and set it beside what is published. `reading` is that of a file whose reading has begun already.
    FileError when it cannot be read, or its date is not known."""
    _must_be_past(choices.as_of)
    reading = reading or sheets.begin(path)
    progress(0.05, _("Membaca data yang sudah terbit…"))
    known = journal.entries(var_dir)
    choices = replace(
        choices, names=journal.names_chosen(known) | dict(choices.names), source=one_line(choices.source)[:LONGEST]
    )
    tables = unggahan.added(facts.load(facts_dir), known, facts_dir, var_dir)
    progress(0.3, _("Membaca dan mencocokkan berkas…"))
    called = one_line(path.name)
    found = contributions.of(path, called, reading.book.result(), choices, tables)
    progress(0.8, _("Membandingkan dengan yang sudah terbit…"))
    _must_be_past(None if found.kind == "target" else found.as_of)
    names = {**match.places(tables, {}).names, **tables["pembanding_wilayah"].set_index("kode_wilayah")["nama_wilayah"]}
    fresh, same, changes = {}, {}, []
    for name, rows in found.tables.items():
        key = list(BY_NAME[name].key)
        both = rows.merge(tables[name], on=key, how="left", suffixes=("", "_lama"), indicator=True)
        is_new = both["_merge"] == "left_only"
        differs = pd.Series(False, index=both.index)
        for column in [c for c in rows.columns if c not in key]:
            new, old = both[column], both[f"{column}_lama"]
            other = ~is_new & ~((new == old).fillna(False) | (new.isna() & old.isna()))
            differs |= other
            changes += [
                (name, ", ".join(_place(both.at[i, k], names) for k in key), column, _text(old[i]), _text(new[i]))
                for i in both.index[other]
            ]
        fresh[name] = int(is_new.sum())
        same[name] = int((~is_new & ~differs).sum())
    table = pd.DataFrame(changes, columns=["tabel", "kunci", "kolom", "lama", "baru"])
    return Report(
        path,
        called,
        reading.sha256,
        replace(choices, kind=found.kind, as_of=found.as_of),
        found,
        fresh,
        same,
        table,
        _notes(found, tables),
    )


def _must_be_past(day: str | None) -> None:
    if day and day > date.today().isoformat():
        raise FileError(
            _("Tanggal data {day} belum tiba.").format(day=fmt.period(day)),
            _("Periksa tanggal itu; data tidak berasal dari masa depan."),
        )


def _notes(found: Contribution, tables: Mapping[str, pd.DataFrame]) -> tuple[tuple[str, str], ...]:
    """Each village's recaps up to the new one, seen as they would be once it is published."""
    if "rekap" not in found.tables:
        return ()
    history = contributions.joined(tables, found.tables)["rekap"]
    history = history[
        (history["tanggal"] <= found.as_of) & history["kode_desa"].isin(found.tables["rekap"]["kode_desa"])
    ]
    history = history.sort_values(["kode_desa", "tanggal"])
    flags = {c: history[c].eq("true").fillna(False) for c in history.columns if c.startswith("is_")}
    history = history.assign(tanggal=pd.to_datetime(history["tanggal"]), **flags)
    names = match.places(tables, {}).names
    told: dict[str, list[str]] = {}
    for note in kewajaran.told(history):
        told.setdefault(note.village, []).append(note.words)
    codes = [str(code) for code in found.tables["rekap"]["kode_desa"]]
    return tuple((names[code], words) for code in codes for words in told.get(code, ()))


def _place(key: object, names: Mapping[str, str]) -> str:
    """A part of the key of a row as it is shown: a date, or the name behind a code."""
    return names.get(str(key)) or fmt.period(str(key))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def publish(
    report: Report, who: str, note: str, facts_dir: Path, var_dir: Path, progress: Progress = _silent
) -> tuple[Entry, str]:
    """Store the file, build it in, write it down, publish; returns the entry and the version.

    FileError when the file has problems, or is another one by now. FactError or StoreError, with nothing changed, when
    the build refuses it.
    """
    found = report.contribution
    if found.problems:
        raise FileError(
            _("Berkas {file} tidak dapat diterbitkan: ada {n} masalah.").format(
                file=report.name, n=len(found.problems)
            ),
            _("Perbaiki sel yang disebutkan lalu ulangi. Yang sedang ditampilkan tidak berubah."),
            found.problems,
        )
    content = found.stored
    if content is None:
        content = report.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != report.sha256:
            raise FileError(
                _("Berkas {file} berubah sesudah diperiksa.").format(file=report.name),
                _("Unggah dan periksa berkas itu sekali lagi. Yang sedang ditampilkan tidak berubah."),
                command=_("Jalankan perintah ini sekali lagi. Yang sedang ditampilkan tidak berubah."),
            )
    progress(0.1, _("Menunggu giliran…"))
    with turn(var_dir):
        progress(0.3, _("Membangun versi baru…"))
        sha256 = _keep(content, var_dir)
        entry = _entry(
            var_dir,
            who,
            "impor",
            note,
            sha256=sha256,
            berkas=report.name,
            jenis=found.kind,
            per=found.as_of,
            koreksi=not report.changes.empty,
            opsi=report.choices.kept(),
        )
        version = in_turn(facts_dir, var_dir, entry, found.tables)
    log.event("impor", entri=entry.nomor, jenis=entry.jenis, oleh=entry.oleh, versi=version)
    return entry, version


def take_back(number: int, who: str, note: str, facts_dir: Path, var_dir: Path) -> tuple[Entry, str]:
    """Take an entry back by one more line of the journal; returns it and the version. FileError if there is none."""
    with turn(var_dir):
        known = journal.entries(var_dir)
        if number not in {e.nomor for e in known}:
            raise FileError(
                _("Jurnal tidak memuat entri nomor {n}.").format(n=number),
                _("Lihat nomornya pada riwayat data."),
                command=_("Lihat nomornya dengan `python -m kkb journal`."),
            )
        if number not in {e.nomor for e in journal.standing(known)}:
            raise FileError(
                _("Entri nomor {n} sudah dibatalkan.").format(n=number),
                _("Untuk memulihkannya, batalkan entri pembatalannya."),
            )
        entry = _entry(var_dir, who, "batal", note, membatalkan=number)
        version = in_turn(facts_dir, var_dir, entry)
    log.event("batal", entri=entry.nomor, membatalkan=number, oleh=entry.oleh, versi=version)
    return entry, version


def _keep(content: bytes, var_dir: Path) -> str:
    """Store the file unchanged, or what is kept instead of it, under its hash, whole or not at all; returns that."""
    sha256 = hashlib.sha256(content).hexdigest()
    kept = journal.upload_path(var_dir, sha256)
    kept.parent.mkdir(exist_ok=True)
    if not kept.is_file() or facts.fingerprint(kept) != sha256:
        berkas.write(kept, content)
    return sha256


def _entry(var_dir: Path, who: str, action: str, note: str, **more: object) -> Entry:
    number = len(journal.entries(var_dir)) + 1
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return Entry(number, moment, one_line(who), action, catatan=one_line(note), **more)  # type: ignore[arg-type]
