"""The versions in a lake, for when one machine is not enough: DuckLake with its catalogue in PostgreSQL and its tables
as Parquet files on a shared folder or an S3-compatible store.

A version is a schema of that name, filled in one transaction from the sealed file of the version and compared with it
before it counts. It is never changed afterwards, so whoever reads it sees one consistent version while another is
loaded. Which version is read stays with the pointer of the data folder: one moment at which a change counts, not two.

DuckDB's extensions come from Python packages (requirements-danau.txt); nothing is downloaded here. What a failing
connection says is never told, since it may quote the password.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from kkb import config, log, s3, sambil, terkunci
from kkb.bahasa import _
from kkb.errors import StoreError
from kkb.terkunci import quoted, text

T = TypeVar("T")
EXTENSIONS = ("ducklake", "postgres_scanner")
OBJECT_STORE = "httpfs"
"""The extension that reads and writes addresses such as s3://."""
PATIENCE = "3"
"""Seconds after which a catalogue that does not answer counts as down."""
KEPT_ALIVE = "tcp_user_timeout=10000 keepalives_idle=10 keepalives_interval=5 keepalives_count=3"
"""What libpq is told besides, so that the line to a machine that is gone is cut after some 25 s. The setting may say
otherwise."""
ANSWER, OPENING, LOADING = 5.0, 10.0, 1800.0
"""Seconds after which a question, the opening of a version, and the loading of one count as failed."""
PAUSE = 15.0
"""Seconds for which a lake that failed is left alone."""

_lost_until = 0.0
_is_lost = False
_state = threading.Lock()
_unanswered: set[Future[Any]] = set()
"""Calls that were given up and still wait for the catalogue."""


def is_set() -> bool:
    """Whether the versions are to be read from a lake."""
    return bool(config.lake_catalogue())


def is_usable() -> bool:
    """Whether to try the lake now: it is set, did not fail just before, and no call waits for it in vain."""
    return is_set() and not _unanswered and time.monotonic() >= _lost_until


def status() -> str | None:
    """'tersambung' or, when the last try failed, 'terputus'; None without a lake."""
    if not is_set():
        return None
    return "terputus" if _is_lost else "tersambung"


def lose(error: Exception) -> None:
    """Note that the lake failed: for PAUSE seconds it is not asked again. The first failure is logged."""
    global _lost_until, _is_lost
    with _state:
        _lost_until = time.monotonic() + PAUSE
        was_lost, _is_lost = _is_lost, True
    if not was_lost:
        cause = error.__cause__ or error
        log.event("danau", level=logging.WARNING, keadaan="terputus", galat=type(cause).__name__)


def find() -> None:
    """Note that the lake answered."""
    global _lost_until, _is_lost
    with _state:
        was_lost, _is_lost, _lost_until = _is_lost, False, 0.0
    if was_lost:
        log.event("danau", keadaan="tersambung")


def bounded(call: Callable[[], T], seconds: float) -> T:
    """What a call to the lake gives. duckdb.IOException when that takes longer.

    A catalogue that holds the line and says nothing keeps DuckDB waiting for ever, and interrupting does not help. So
    the call has a thread of its own, which is left to wait; until it ends, the lake is not asked.
    """
    future = sambil.begin(call, "danau")
    try:
        return future.result(seconds)
    except TimeoutError:
        _unanswered.add(future)
        future.add_done_callback(_unanswered.discard)
        raise duckdb.IOException("no answer") from None


def put(path: Path, version: str) -> None:
    """Load the sealed file of a version into the lake, whole or not at all; nothing when it is there already and the
    same. For whoever has the turn. StoreError when the lake cannot be reached or written, or holds something else
    than the file after it was loaded."""
    with failing():
        bounded(lambda: _put(path, version), LOADING)


@contextmanager
def writing() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to which the lake is attached as `danau`, to be changed by whoever has the turn. Within `bounded`,
    since it may wait for ever."""
    with _connected({}) as connection:
        files = config.lake_files()
        if "://" not in files:
            Path(files).mkdir(parents=True, exist_ok=True)
        _attach(connection, f"DATA_PATH {text(files)}, DATA_INLINING_ROW_LIMIT 0")
        yield connection


def _put(path: Path, version: str) -> None:
    with writing() as connection:
        connection.execute(f"ATTACH {text(str(path))} AS berkas (READ_ONLY)")
        names, views = _tables(connection, "berkas", "main"), _views(connection, "berkas", "main")
        schema = f"danau.{quoted(version)}"
        there = _tables(connection, "danau", version), _views(connection, "danau", version)
        if there == (names, views) and not _differing(connection, schema, names):
            return
        connection.execute("BEGIN")
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.execute(f"CREATE SCHEMA {schema}")
        for name in names:
            connection.execute(f"CREATE TABLE {schema}.{quoted(name)} AS FROM berkas.{quoted(name)}")
        connection.execute(use(version))
        for view in views:
            connection.execute(view)
        wrong = _differing(connection, schema, names)
        if wrong:
            raise duckdb.DataError(f"{wrong} differ")
        connection.execute("COMMIT")


def opened(version: str) -> duckdb.DuckDBPyConnection:
    """A connection whose tables are those of one version in the lake, read-only and locked. StoreError when the lake
    cannot be reached or does not hold the version.

    Other files than those of the version are shut off. What no setting shuts off: a file beside them could be written
    where the system allows it, and the catalogue be asked, so both belong to a reader's rights (docs/skala.md).
    """
    with failing():
        return bounded(lambda: _opened(version), OPENING)


def _opened(version: str) -> duckdb.DuckDBPyConnection:
    with _connected(terkunci.SETTINGS, keep=True) as connection:
        files = config.lake_files()
        _attach(connection, f"READ_ONLY, DATA_PATH {text(files)}, OVERRIDE_DATA_PATH true")
        connection.execute(use(version))
        connection.execute(f"SET allowed_directories = [{text(_folder(files, version))}]")
        terkunci.lock(connection)
        return connection


def use(version: str) -> str:
    """The statement after which the tables of a version have their plain names; to be said on each cursor."""
    return f"USE danau.{quoted(version)}"


def failed(error: BaseException) -> StoreError:
    """The lake's failure in words."""
    made = StoreError(
        _("Danau data tidak dapat dihubungi atau tidak memuat versi ini ({reason}).").format(
            reason=type(error).__name__
        ),
        _("Hubungi pengelola server: katalog PostgreSQL atau berkas Parquet tidak dapat dibaca atau ditulis."),
        _(
            "Periksa KKB_DANAU dan KKB_DANAU_PARQUET dengan `python -m kkb doctor`, lalu jalankan `python -m kkb "
            "build`. Versi yang sedang ditampilkan tidak berubah."
        ),
    )
    made.__cause__ = error
    return made


@contextmanager
def failing() -> Iterator[None]:
    """Turns what DuckDB and the system raise about the lake into StoreError."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        raise failed(error) from error


@contextmanager
def _connected(settings: terkunci.Settings, *, keep: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own in memory with the extensions loaded; closed at the end, or only on an error."""
    config.steer("PGCONNECT_TIMEOUT", PATIENCE)
    files = config.lake_files()
    wanted = (*EXTENSIONS, *([OBJECT_STORE] if "://" in files else []))
    paths = [extension(name) for name in wanted]
    without = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    connection = duckdb.connect(":memory:", config={**without, **settings})
    done = False
    try:
        for path in paths:
            connection.execute(f"LOAD {text(str(path))}")
        if OBJECT_STORE in wanted:
            told = ", ".join(f"{option} {text(value)}" for option, value in s3.options(files).items())
            connection.execute("SET enable_server_cert_verification = true")
            connection.execute(f"SET ca_cert_file = {text(s3.certificate())}")
            connection.execute(f"CREATE SECRET danau (TYPE s3, PROVIDER config, {told})")
        yield connection
        done = True
    finally:
        if not (done and keep):
            connection.close()


def extension(name: str) -> Path:
    """Where a package has put an extension for this DuckDB. StoreError when there is none."""
    package = f"duckdb_extension_{name}"
    with suppress(ImportError, ValueError):
        found = find_spec(package)
        if found and found.origin:
            path = Path(found.origin).parent / f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
            if path.is_file():
                return path
    raise StoreError(
        _("Paket {package} untuk DuckDB {version} tidak terpasang, padahal KKB_DANAU diatur.").format(
            package=package.replace("_", "-"), version=duckdb.__version__
        ),
        _("Hubungi pengelola server: paket untuk danau data belum terpasang."),
        _("Jalankan `.venv/bin/pip install --require-hashes -r requirements-danau.txt`, atau kosongkan KKB_DANAU."),
    )


def _attach(connection: duckdb.DuckDBPyConnection, options: str) -> None:
    told = config.lake_catalogue()
    catalogue = told if "://" in told.partition("=")[0] else f"{KEPT_ALIVE} {told}"
    connection.execute(f"ATTACH {text(f'ducklake:postgres:{catalogue}')} AS danau ({options})")


def _tables(connection: duckdb.DuckDBPyConnection, database: str, schema: str) -> list[str]:
    asked = "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = ? ORDER BY ALL"
    return [str(r[0]) for r in connection.execute(asked, [database, schema]).fetchall()]


def _views(connection: duckdb.DuckDBPyConnection, database: str, schema: str) -> list[str]:
    """The statements that make the views, in the order of their names."""
    asked = "SELECT sql FROM duckdb_views() WHERE database_name = ? AND schema_name = ? ORDER BY view_name"
    return [str(r[0]) for r in connection.execute(asked, [database, schema]).fetchall()]


def _differing(connection: duckdb.DuckDBPyConnection, schema: str, names: list[str]) -> list[str]:
    """Tables that are not the same, column by column and row by row, in the lake and in the file."""
    found = []
    for name in names:
        here, there = f"berkas.{quoted(name)}", f"{schema}.{quoted(name)}"
        columns = [connection.execute(f"DESCRIBE {t}").fetchall() for t in (here, there)]
        types = [[row[:2] for row in c] for c in columns]
        one_way = f"FROM {here} EXCEPT ALL FROM {there}"
        other_way = f"FROM {there} EXCEPT ALL FROM {here}"
        if (
            types[0] != types[1]
            or connection.execute(f"SELECT count(*) FROM (({one_way}) UNION ALL ({other_way}))").fetchall()[0][0]
        ):
            found.append(name)
    return found


def _folder(files: str, version: str) -> str:
    return f"{files.rstrip('/')}/{version}/"
