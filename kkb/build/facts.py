"""Read every fact file, check it against its contract and against the others, and list all that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from kkb import aturan, contracts
from kkb.contracts import BOUNDARIES, BY_NAME, CONTRACTS, NEIGHBOURS
from kkb.errors import FactError, Problem
from kkb.schema import check, read

CODE = Path(__file__).resolve().parent.parent
REFERENCES = (
    ("desa", "kode_kecamatan", "kecamatan"),
    ("kecamatan", "kode_kabupaten", "kabupaten"),
    ("alias_desa", "kode_desa", "desa"),
    ("status", "kode_desa", "desa"),
    ("klasifikasi", "kode_desa", "desa"),
    ("rekap", "kode_desa", "desa"),
    ("idm", "kode_desa", "desa"),
    ("pembanding_klasifikasi", "kode_wilayah", "pembanding_wilayah"),
    ("aturan_item", "kode_indikator", "indikator"),
    ("target", "kode_indikator", "indikator"),
    ("target", "kode_fakta", "fakta"),
    ("nilai_indikator", "kode_indikator", "indikator"),
    ("nilai_indikator", "kode_fakta", "fakta"),
    ("indikator_opd", "kode_indikator", "indikator"),
    ("indikator_opd", "kode_opd", "opd"),
    ("inpres_kegiatan", "kode_program", "inpres_program"),
    ("inpres_indikator", "kode_kegiatan", "inpres_kegiatan"),
    ("inpres_indikator", "kode_indikator", "indikator"),
)
"""Table, its column, and the table in which every value of that column must exist under the same name."""


_checked: dict[Path, tuple[str, dict[str, pd.DataFrame]]] = {}
"""Per folder the tables that were read last and had no problem, with the hash of the files they came from."""


def load(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables by name, typed. FactError with every problem when anything is wrong.

    Files that are what they were when this process last found nothing wrong in them are not read again, so an import
    that reports and then publishes checks them once.
    """
    paths = [folder / f for f in ("SUMBER.csv", *files())]
    before = digest(paths).hexdigest()
    known, tables = _checked.get(folder, ("", {}))
    if known != before:
        tables = _load(folder)
        if digest(paths).hexdigest() == before:
            _checked[folder] = before, tables
    return {name: table.copy(deep=False) for name, table in tables.items()}


def _load(folder: Path) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    broken: set[str] = set()
    for contract in CONTRACTS:
        if contract.brought:
            tables[contract.name] = contract.empty()
            continue
        try:
            raw = read(folder, contract)
        except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
            problems.append(Problem(contract.file, None, None, None, "berkas CSV berkode UTF-8 yang dapat dibaca"))
            broken.add(contract.name)
            continue
        tables[contract.name], found = check(contract, raw)
        problems += found
        if found:
            broken.add(contract.name)
    problems += _references({n: t for n, t in tables.items() if n not in broken})
    if "aturan_item" not in broken:
        wrong_rules = aturan.check_rules(tables["aturan_item"])
        problems += wrong_rules
        if not wrong_rules and "klasifikasi" not in broken:
            problems += aturan.check_scores(tables["klasifikasi"], tables["aturan_item"])
    if "desa" not in broken:
        problems += _boundaries(folder, tables)
    if "sumber" not in broken:
        problems += _sources(folder, tables["sumber"])
    if problems:
        raise FactError(problems)
    return tables


def files() -> list[str]:
    """All fact files but SUMBER.csv itself, relative to the facts folder."""
    return sorted([c.file for c in CONTRACTS if c.name != "sumber" and not c.brought] + [*BOUNDARIES, NEIGHBOURS])


def inputs(folder: Path) -> list[Path]:
    """The fact files, and the code that reads and builds them: all that the tables depend on besides the uploads."""
    code = [p for part in ("build", "ingest", "compute") for p in (CODE / part).rglob("*.py")]
    code += [CODE / f"{name}.py" for name in ("aturan", "contracts", "rows", "schema", "teks")]
    return [*sorted(code), folder / "SUMBER.csv", *(folder / f for f in files())]


def digest(paths: Iterable[Path]) -> hashlib._Hash:
    """SHA-256 of files, with their names; a file that is not there counts as empty."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode())
        found.update(path.read_bytes() if path.is_file() else b"")
    return found


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal text."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _references(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    problems = []
    for name, column, other in REFERENCES:
        if name not in tables or other not in tables:
            continue
        values = tables[name][column]
        unknown = values.notna() & ~values.isin(tables[other][column])
        file, source = BY_NAME[name].file, BY_NAME[other].file
        problems += [
            Problem(file, int(str(i)) + 2, column, str(values[i]), f"kode yang ada di {source}")
            for i in values.index[unknown]
        ]
    return problems


def _boundaries(folder: Path, tables: dict[str, pd.DataFrame]) -> list[Problem]:
    problems = []
    keys = (("desa", "kode_desa"), ("kecamatan", "kode_kecamatan"), ("kabupaten", "kode_kabupaten"))
    for file, (name, key) in zip(contracts.BOUNDARIES, keys, strict=True):
        try:
            features = json.loads((folder / file).read_text(encoding="utf-8"))["features"]
            found = [f["properties"][key] for f in features]
        except (OSError, ValueError, KeyError, TypeError):
            problems.append(Problem(file, None, None, None, f"GeoJSON dengan properti {key}"))
            continue
        if name not in tables:
            continue
        wanted = set(tables[name][key])
        problems += [
            Problem(file, None, key, str(code), "satu poligon untuk tiap kode, tidak lebih")
            for code in sorted({c for c in found if found.count(c) > 1})
        ]
        problems += [
            Problem(file, None, key, str(code), f"kode yang ada di {BY_NAME[name].file}")
            for code in sorted(set(found) - wanted)
        ]
        problems += [
            Problem(file, None, key, str(code), "kode ini harus memiliki poligon")
            for code in sorted(wanted - set(found))
        ]
    return problems


def _sources(folder: Path, sources: pd.DataFrame) -> list[Problem]:
    listed = dict(zip(sources["berkas"], sources["sha256"], strict=True))
    problems = []
    for file in files():
        path = folder / file
        if file not in listed:
            problems.append(
                Problem("SUMBER.csv", None, "berkas", file, "setiap berkas fakta memiliki satu baris sumber")
            )
        elif path.is_file() and fingerprint(path) != listed[file]:
            problems.append(
                Problem(
                    file,
                    None,
                    None,
                    None,
                    "isi yang sama dengan sidik di SUMBER.csv; bila perubahan ini disengaja, "
                    "perbarui sumber dan tanggalnya lalu jalankan `python -m kkb sumber`",
                )
            )
    return problems


def refresh_fingerprints(folder: Path) -> list[str]:
    """Write the present SHA-256 of each fact file into SUMBER.csv; returns the files whose line changed."""
    path = folder / "SUMBER.csv"
    sources = pd.read_csv(path, dtype="str", keep_default_na=False)
    before = sources["sha256"].copy()
    sources["sha256"] = [
        fingerprint(folder / f) if (folder / f).is_file() else h
        for f, h in zip(sources["berkas"], sources["sha256"], strict=True)
    ]
    changed = sources.loc[sources["sha256"] != before, "berkas"]
    if len(changed):
        sources.to_csv(path, index=False, lineterminator="\n")
    return [str(f) for f in changed]
