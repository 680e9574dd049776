"""What one brought file adds to the fact tables: its rows by village code, and what was set aside and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kkb.bahasa import _
from kkb.contracts import BY_NAME
from kkb.errors import FileError, Problem
from kkb.ingest import ekspor, isi, jenis, match, portal, pribadi, sheets, tabel
from kkb.ingest.hasil import Contribution, Question, once
from kkb.ingest.isi.pembaca import Reader, indicator_labels
from kkb.ingest.match import Places
from kkb.ingest.pilihan import Choices
from kkb.ingest.sheets import Sheet
from kkb.ingest.tabel import Table
from kkb.teks import one_line

DATED = (*ekspor.TABLE_OF, "keputusan")
"""Kinds whose rows carry no date: the file as a whole has one."""


def of(
    path: Path, name: str, book: Sequence[Sheet], choices: Choices, facts: Mapping[str, pd.DataFrame]
) -> Contribution:
    """What a file with these sheets adds. `name` is what it was called when it came. FileError when it is none of the
    known kinds."""
    found = _of(path, name, book, choices, facts)
    cleaned = sum(s.cleaned for s in book)
    if not cleaned:
        return found
    told = _("{n} sel memuat karakter yang tidak terlihat (misalnya pembalik arah tulisan); karakter itu dibuang.")
    return replace(found, told=(*found.told, told.format(n=cleaned)))


def _of(
    path: Path, name: str, book: Sequence[Sheet], choices: Choices, facts: Mapping[str, pd.DataFrame]
) -> Contribution:
    if choices.indicator and choices.indicator not in set(facts["indikator"]["kode_indikator"]):
        raise isi.unknown_indicator(choices.indicator)
    known = match.places(facts, choices.names)
    if choices.kind in (None, *jenis.PORTAL):
        export = portal.find(name, book, choices.decimals)
        if export and choices.kind in (None, export.kind):
            pribadi.check(name, book)
            return ekspor.of(export, name, _dated(choices, path, name), facts, known)
    if choices.kind in (None, "nilai"):
        for sheet in book:
            if found := pribadi.weighing(sheet):
                return _of_persons(name, sheet, found, choices, facts, known)
    pribadi.check(name, book)
    tables, told = _tables(name, book, choices, facts)
    if tables[0].kind in DATED:
        choices = _dated(choices, path, name)
    return _of_tables(name, tables, told, choices, facts, known)


def _dated(choices: Choices, path: Path, name: str) -> Choices:
    """The choices with the date of the file, if none was given. FileError when the file does not say it either."""
    day = choices.as_of or sheets.created(path)
    if day is None or len(day) < 10:
        raise FileError(
            _("Tanggal data berkas {file} tidak diketahui.").format(file=name),
            _("Isi kotak “Masa data” dengan tanggal lengkapnya, misalnya 28/08/2023, lalu periksa lagi."),
            command=_("Sebutkan tanggalnya dengan --as-of TTTT-BB-HH."),
        )
    return replace(choices, as_of=day)


def _of_persons(
    name: str,
    sheet: Sheet,
    found: tuple[int, Mapping[str, int]],
    choices: Choices,
    facts: Mapping[str, pd.DataFrame],
    known: Places,
) -> Contribution:
    source = choices.source or f"e-PPGBM, diringkas dari berkas {name}"
    made = pribadi.summary(name, sheet, *found, known, source)
    if len(made.rows) == 1:
        raise FileError(
            _("Berkas {file} tidak memuat pengukuran anak di kabupaten ini.").format(file=name),
            _("Periksa kolom Desa/Kel, TB/U, dan Tanggal Pengukuran."),
            made.problems,
        )
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(made.rows)
    choices = replace(choices, kind="nilai")
    tables, _told = _tables(name, [Sheet("", made.rows)], choices, facts)
    summed = _of_tables(name, tables, [], choices, facts, known)
    told = _(
        "Daftar anak diringkas menjadi {n} angka desa/kelurahan per bulan; daftar itu sendiri tidak disimpan."
    ).format(n=len(made.rows) - 1)
    return replace(
        summed,
        read=made.read,
        matched=made.matched,
        outside=made.outside,
        problems=(*made.problems, *summed.problems),
        told=(told, *summed.told),
        stored=text.getvalue().encode(),
    )


def _of_tables(
    name: str,
    tables: Sequence[Table],
    told: list[str],
    choices: Choices,
    facts: Mapping[str, pd.DataFrame],
    known: Places,
) -> Contribution:
    kind = tables[0].kind
    if kind == "nilai" and not choices.indicator and not any(t.wide or "kode_indikator" in t.columns for t in tables):
        raise isi.no_indicator(name)
    wider = kind in ("nilai", "target")
    matched = [match.match(isi.rows_of(t), known, wider=wider) for t in tables]
    reader = Reader(name, tables, matched, known, facts, choices)
    made = dict(isi.read(reader))
    problems = [p for t, m in zip(tables, matched, strict=True) for p in isi.unmatched(name, t, m, known)]
    problems += reader.said.problems
    if not made and not problems:
        raise FileError(
            _("Berkas {file} tidak memuat satu pun angka untuk kabupaten ini.").format(file=name),
            _("Isi kolom nilainya, atau periksa kode dan nama desa/kelurahannya."),
        )
    if differ := isi.other_names(tables, matched, known):
        told.append(differ)
    if dashes := sum(len(n.dashes) for n in reader.numbers.values()):
        told.append(_("{n} sel bertulis “-” atau sejenisnya dibaca kosong, bukan nol.").format(n=dashes))
    if choices.decimals:
        told.append(_("Angka berbentuk teks dibaca dengan desimal {sign}.").format(sign=choices.decimals))
    order = sorted(problems, key=lambda p: (p.sheet, p.row or 0))
    return Contribution(
        kind,
        choices.as_of or _latest(made),
        sum(len(t.rows) for t in tables),
        sum(len(m.codes) for m in matched),
        sum(len(m.outside) for m in matched),
        made,
        tuple(order),
        tuple(reader.said.warnings),
        sum(len(m.totals) + len(m.aside) for m in matched),
        reader.said.blank,
        once(q for t, m in zip(tables, matched, strict=True) for q in _questions(t, m)),
        tuple(told),
    )


def _tables(
    name: str, book: Sequence[Sheet], choices: Choices, facts: Mapping[str, pd.DataFrame]
) -> tuple[list[Table], list[str]]:
    """The tables of the visible sheets that are of one kind, and which sheets were read and which were not."""
    labels = indicator_labels(facts)
    found = [(s, tabel.find(s, labels, choices.kind, choices.indicator)) for s in book]
    tables = [t for s, t in found if t and t.rows and s.is_visible]
    if not tables:
        header_only = next((t for s, t in found if t and s.is_visible), None)
        if header_only:
            problem = Problem(name, header_only.header_line + 1, None, None, _("sedikitnya satu baris data"))
            raise FileError(
                _("Berkas {file} hanya berisi judul kolom.").format(file=name), _("Isi datanya."), [problem]
            )
        raise _unknown(name, book)
    coded = [t for t in tables if "kode_desa" in t.columns]
    kind = (coded or tables)[0].kind
    used = [t for t in coded or tables if t.kind == kind]
    told = []
    if len(book) > 1:
        names = {t.sheet for t in used}
        told.append(_("Lembar yang dibaca: {names}.").format(names=", ".join(sorted(names))))
        left = [s.name for s in book if s.name not in names and s.rows]
        if left:
            told.append(_("Lembar yang tidak dibaca: {names}.").format(names=", ".join(left)))
    return used, told


def _unknown(name: str, book: Sequence[Sheet]) -> FileError:
    """A file in which no table is known, with the first row that has something in it."""
    message = _("Isi berkas {file} tidak dikenali.").format(file=name)
    if Path(name).suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods") and all(s.is_text for s in book):
        message = _("Berkas {file} bukan buku kerja, walaupun namanya demikian, dan isinya tidak dikenali.").format(
            file=name
        )
    rows = ((s.name, n, row) for s in book if s.is_visible for n, row in enumerate(s.rows, 1))
    first = next(((s, n, cells) for s, n, row in rows if (cells := [str(c) for c in row if c not in ("", None)])), None)
    words = _("judul kolom, misalnya kode_desa, nama_desa, kecamatan, tahun, nilai")
    problems = [Problem(name, first[1], None, one_line(" | ".join(first[2])), words, first[0])] if first else []
    known = _(
        "Tiap tabel memerlukan kolom kode_desa, atau nama desa dan kecamatan, dan kolom isinya. Yang dikenal: {kinds}."
    ).format(kinds="; ".join(jenis.title(k) for k in jenis.NAMES))
    return FileError(
        message,
        f"{known} " + _("Unduh contoh isiannya pada halaman ini, isi, lalu unggah."),
        problems,
        command=f"{known} "
        + _("Buat contohnya dengan `python -m kkb template JENIS`; JENIS: {kinds}.").format(
            kinds=", ".join(jenis.KINDS)
        ),
    )


def _questions(table: Table, matched: match.Matched) -> list[Question]:
    name, district = table.columns.get("nama_desa"), table.columns.get("kecamatan")
    found = []
    for row, near in matched.unknown.items():
        desa = " ".join(str(table.cell(row, name)).split()) if name is not None else ""
        area = " ".join(str(table.cell(row, district)).split()) if district is not None else ""
        found.append(Question(match.written(area, desa), f"{desa} ({area})" if area else desa, near))
    return found


def _latest(tables: Mapping[str, pd.DataFrame]) -> str:
    """The latest period in the rows."""
    columns = ("periode", "tahun", "tanggal")
    return max((str(t[c].max()) for t in tables.values() for c in columns if c in t and len(t)), default="")


def merged(facts: Mapping[str, pd.DataFrame], *added: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The fact tables with rows added or replaced by key, in the order given; a village has the status since its decree
    or first row."""
    tables = joined(facts, *added)
    return {**tables, "status": _status(tables)}


def joined(facts: Mapping[str, pd.DataFrame], *added: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same with the table `status` as it was."""
    tables = dict(facts)
    for name in {name for rows in added for name in rows}:
        parts = [rows[name] for rows in added if len(rows.get(name, ()))]
        if parts:
            both = pd.concat([tables[name], *parts], ignore_index=True)
            tables[name] = both.drop_duplicates(list(BY_NAME[name].key), keep="last", ignore_index=True)
    return tables


def _status(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    decrees = tables["keputusan"].sort_values("tanggal").groupby("kode_desa", as_index=False).last()
    days = [tables[t][["kode_desa", "tanggal"]] for t in ("klasifikasi", "rekap", "keputusan")]
    dated = decrees[["kode_desa", "tanggal_sk"]].rename(columns={"tanggal_sk": "tanggal"}).dropna()
    first = pd.concat([*days, dated]).groupby("kode_desa", as_index=False)["tanggal"].min()
    known = tables["status"]
    both = known.merge(first, on="kode_desa", how="outer")
    both["tercatat_sejak"] = both[["tercatat_sejak", "tanggal"]].min(axis=1)
    both["status"] = "sudah"
    both = both.merge(
        decrees[["kode_desa", "tanggal_sk", "nomor_sk"]], on="kode_desa", how="left", suffixes=("", "_baru")
    )
    for column in ("tanggal_sk", "nomor_sk"):
        both[column] = both[f"{column}_baru"].fillna(both[column])
    return both[known.columns].astype(known.dtypes.to_dict())
