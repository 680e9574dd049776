"""The published warehouse: found through `CURRENT`, opened read-only, one cursor per query.

A version is a DuckDB file `kkb-<version>.duckdb` with a table `meta` that seals it: the version, the number of rows
of every table, and when it was built. A file without a true seal is half-written and never served.

The first line of `CURRENT` is the version to read. While an entry is added to the journal there is a second line, the
version to read instead once the journal has so many bytes: so readers see the entry and its figures at the same moment,
also when the process that adds it is killed.

With a lake (`kkb.danau`) the version is read from there, and from its file while the lake cannot be reached: both hold
the same rows, so nobody sees another version.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from kkb import berkas, danau, journal, terkunci
from kkb.bahasa import _
from kkb.errors import NotBuiltError, StoreError
from kkb.segar import Fresh

POINTER = "CURRENT"
USE = "USE versi"
"""What a cursor on a file says first: each is attached under that name, to a database of its own in memory. So the same
file can be open twice while one takes over from the other, which `duckdb.connect` of the file itself does not give."""

READ = 5_000_000
"""A version is opened only after so many cells at the beginning and at the end of each table were read; with the data
of one kabupaten that is the whole. DuckDB checks each block by its sum when it reads it, later ones too."""


@dataclass(frozen=True)
class Warehouse:
    """One open version. `newer_broken` names a later version that could not be opened, if any; `build_seconds` is how
    long it took to build. `area` is the code of the one kabupaten that is read, None in a version that has only one.
    `use` is what each cursor says first. One read from the lake has `spare`, which opens the file of the same
    version."""

    version: str
    built: datetime
    connection: duckdb.DuckDBPyConnection | Fresh
    newer_broken: str | None = None
    build_seconds: float | None = None
    area: str | None = None
    use: str = ""
    spare: Callable[[], Warehouse] | None = None

    @property
    def key(self) -> str:
        """What answers may be remembered under: the version, and the kabupaten when it has several."""
        return f"{self.version}-{self.area}" if self.area else self.version

    def within(self, area: str) -> Warehouse:
        """The same version, of which only one kabupaten is seen (see `kkb.build.saring`)."""
        return replace(self, area=area)

    def rows(self, sql: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """The answer as a table. Safe from any thread: each call has a cursor of its own. StoreError when neither the
        lake nor the file can be read."""
        started = time.perf_counter()
        answer = self._asked(self, sql, parameters) if self.spare is None else self._from_lake(sql, parameters)
        for tell in on_query:
            tell(time.perf_counter() - started)
        return answer

    def _from_lake(self, sql: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """From the lake, else from the file. What fails in both is a wrong question, not a lost lake."""
        assert self.spare is not None  # noqa: S101
        failure: duckdb.Error | None = None
        if danau.is_usable():
            try:
                answer = danau.bounded(lambda: self._asked(self, sql, parameters), danau.ANSWER)
                danau.find()
                return answer
            except duckdb.Error as error:
                failure = error
        try:
            answer = self._asked(self.spare(), sql, parameters)
        except StoreError as error:
            raise (danau.failed(failure) if failure else error) from failure
        if failure:
            danau.lose(failure)
        return answer

    def _asked(self, source: Warehouse, sql: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        with source.connection.cursor() as cursor:
            cursor.execute(f"BEGIN TRANSACTION READ ONLY; {source.use}")
            if self.area:
                cursor.execute("SET VARIABLE kabupaten = $area", {"area": self.area})
            return cursor.execute(sql, dict(parameters)).df()


on_query: list[Callable[[float], object]] = []
"""Who is told how many seconds each query took."""
_open: dict[Path, Warehouse] = {}
_lake: dict[Path, Warehouse] = {}
"""The version last read from the lake, alone: an older one is closed when nobody holds it any more, and with it what
it has open in the catalogue."""
_lock = threading.Lock()


def path_of(folder: Path, version: str) -> Path:
    """Where a version lies."""
    return folder / f"kkb-{version}.duckdb"


def seal(connection: duckdb.DuckDBPyConnection, version: str, seconds: float) -> None:
    """Write `meta`, last of all: one row per table with its number of rows, the version, and how long it took."""
    names = [r[0] for r in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    built = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("CREATE TABLE meta (nama VARCHAR, isi VARCHAR)")
    counts = [(name, str(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])) for name in names]
    more = [*counts, ("_dibangun", built), ("_detik", f"{seconds:.2f}"), ("_versi", version)]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", more)


def publish(folder: Path, version: str) -> None:
    """Make a version the current one, by renaming the pointer."""
    berkas.write(folder / POINTER, f"{version}\n".encode())


def announce(folder: Path, version: str, size: int) -> None:
    """Make a version the current one as soon as the journal has so many bytes, and not before."""
    berkas.write(folder / POINTER, f"{_pointer(folder)[0] or ''}\n{version} {size}\n".encode())


def published(folder: Path) -> str | None:
    """The version that the pointer names, whether it can be opened or not; None when there is none. StoreError when
    the pointer cannot be read."""
    return _pointer(folder)[0] or None


def settle(folder: Path) -> None:
    """End what a killed process had announced: keep it if its entry was written, else forget it. Only for whoever
    alone may write there."""
    try:
        published, announced = _pointer(folder)
    except StoreError:
        return
    if announced is None:
        return
    if published:
        publish(folder, published)
    else:
        (folder / POINTER).unlink()
    if announced != published:
        with suppress(OSError):  # Windows keeps what a reader has open
            path_of(folder, announced).unlink(missing_ok=True)


def is_sound(path: Path) -> bool:
    """Whether the file is a whole, sealed version."""
    try:
        _opened(path).connection.close()
    except (OSError, StoreError):
        return False
    return True


def is_locked(warehouse: Warehouse) -> bool:
    """Whether queries cannot reach other files, nor change that."""
    with warehouse.connection.cursor() as cursor:
        return terkunci.is_locked(cursor)


def current(folder: Path) -> Warehouse:
    """The warehouse to read now.

    Follows `CURRENT`; when that version is missing or half-written, serves the last good one and says so in
    `newer_broken`. NotBuiltError when nothing was ever published, StoreError when no version can be opened.
    """
    wanted, announced = _pointer(folder)
    if wanted is None:
        raise NotBuiltError
    with _lock:
        path = path_of(folder, wanted)
        if danau.is_usable():
            try:
                return _in_lake(path, wanted)
            except StoreError as error:
                danau.lose(error)
        try:
            return _file(path)
        except (OSError, StoreError):
            return _last_good(folder, wanted, announced)


def _in_lake(path: Path, version: str) -> Warehouse:
    if path not in _lake:
        found = from_lake(path.parent, version)
        _lake.clear()
        _lake[path] = found
        danau.find()
    return _lake[path]


def from_lake(folder: Path, version: str) -> Warehouse:
    """A version opened anew from the lake. StoreError when that cannot be reached, or what it holds is not whole."""
    path = path_of(folder, version)
    connection = danau.opened(version)
    try:
        found = danau.bounded(lambda: _sealed(connection, path), danau.OPENING)
    except (StoreError, duckdb.Error) as error:
        raise danau.failed(error.__cause__ or error) from error.__cause__
    return replace(found, use=danau.use(version), spare=lambda: _spare(path))


def _spare(path: Path) -> Warehouse:
    with _lock:
        return _file(path)


def _file(path: Path) -> Warehouse:
    if path not in _open:
        _open[path] = _opened(path)
    return _open[path]


def _pointer(folder: Path) -> tuple[str | None, str | None]:
    """The version to read now, None when there is none yet; and the one that was announced, if any."""
    try:
        lines = (folder / POINTER).read_text(encoding="utf-8").splitlines()
        now = lines[0].strip() if lines else ""
        if len(lines) < 2:
            return now, None
        coming, size = lines[1].split()
        return (coming if len(journal.content(folder)) >= int(size) else now or None), coming
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError) as error:
        raise StoreError(
            _("Penunjuk versi {pointer} tidak dapat dibaca.").format(pointer=POINTER),
            _("Hubungi pengelola server: folder data tidak dapat dibaca."),
            _("Periksa izin baca folder data, lalu jalankan `python -m kkb build`."),
        ) from error


def _last_good(folder: Path, wanted: str, announced: str | None) -> Warehouse:
    for path in sorted(folder.glob("kkb-*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True):
        if path.stem.removeprefix("kkb-") in (wanted, announced):
            continue
        try:
            good = _file(path)
        except (OSError, StoreError):
            continue
        return replace(good, newer_broken=wanted)
    raise StoreError(
        _("Versi data {version} hilang atau tidak utuh, dan tidak ada versi lain yang dapat dibuka.").format(
            version=wanted
        ),
        *_again(),
    )


def _opened(path: Path) -> Warehouse:
    if not path.is_file():
        raise StoreError(
            _("Versi {name} tidak ada.").format(name=path.name),
            *_again(),
        )
    connection = _attached(path)
    found = _sealed(connection, path)
    return replace(found, connection=Fresh(connection, lambda: _whole(path)), use=USE)


def _whole(path: Path) -> duckdb.DuckDBPyConnection:
    connection = _attached(path)
    _sealed(connection, path)
    return connection


def _attached(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config=terkunci.SETTINGS)
    try:
        connection.execute(f"ATTACH {terkunci.text(str(path))} AS versi (READ_ONLY)")
        connection.execute(USE)
        terkunci.lock(connection)
    except duckdb.Error as error:
        connection.close()
        raise _torn(path) from error
    return connection


def _sealed(connection: duckdb.DuckDBPyConnection, path: Path) -> Warehouse:
    """The version behind a connection; StoreError, with the connection closed, unless its seal is true."""
    try:
        meta = dict(connection.execute("SELECT nama, isi FROM meta").fetchall())
        for name, rows in meta.items():
            if name.startswith("_"):
                continue
            found = connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
            many = READ // connection.execute(f'SELECT count(*) FROM (DESCRIBE "{name}")').fetchall()[0][0]
            for part in (f"rowid < {many}", f"rowid >= {max(many, found - many)}"):  # in one, DuckDB would read all
                connection.execute(f'SELECT max(hash(t)) FROM "{name}" AS t WHERE {part}')
            if str(found) != rows:
                raise duckdb.IOException(f"{name}: {found} != {rows}")
        seconds = float(meta["_detik"]) if "_detik" in meta else None
        return Warehouse(meta["_versi"], datetime.fromisoformat(meta["_dibangun"]), connection, None, seconds)
    except (duckdb.Error, KeyError, ValueError) as error:
        connection.close()
        raise _torn(path) from error


def _torn(path: Path) -> StoreError:
    return StoreError(_("Versi {name} tidak utuh.").format(name=path.name), *_again())


def _again() -> tuple[str, str]:
    """What to do about a version that cannot be opened, on a page and at the command line."""
    return (
        _("Hubungi pengelola server: data perlu dibangun lagi."),
        _("Jalankan `python -m kkb build` untuk membangunnya lagi."),
    )
