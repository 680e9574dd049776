"""What this process counts for Prometheus, and how it is written out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from streamlit import runtime

from kkb import config, kesehatan, log, store
from kkb.errors import KkbError

_registry = CollectorRegistry()
ProcessCollector(registry=_registry)
_RUNS = Histogram(
    "kkb_halaman_detik",
    "Lama menjalankan halaman, menurut halaman; bagian berarti sebagian halaman",
    ["halaman", "bagian"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_registry,
)
_QUERIES = Histogram(
    "kkb_kueri_detik",
    "Lama satu pertanyaan ke basis data",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1),
    registry=_registry,
)
_ERRORS = Counter(
    "kkb_galat",
    "Galat; dugaan: sudah dijelaskan kepada pembaca, kejadian: tidak terduga",
    ["jenis"],
    registry=_registry,
)
for _kind in ("dugaan", "kejadian"):
    _ERRORS.labels(_kind)
_VERSION = Gauge("kkb_versi_info", "Versi data yang sedang ditampilkan", ["versi"], registry=_registry)


def _gauge(name: str, meaning: str) -> Gauge:
    return Gauge(f"kkb_{name}", meaning, registry=_registry)


_VIEWERS = _gauge("pembaca", "Tab peramban yang sedang terhubung")
_READY = _gauge("siap", "1 bila ada data yang dapat ditampilkan")
_BROKEN = _gauge("versi_rusak", "1 bila versi yang lebih baru tidak dapat dibuka")
_LAKE_LOST = _gauge("danau_terputus", "1 bila danau data tidak dapat dibaca dan berkas dipakai sebagai gantinya")
_BUILT = _gauge("dibangun_timestamp_seconds", "Saat versi yang ditampilkan dibangun")
_TOOK = _gauge("bangun_detik", "Lama membangun versi yang ditampilkan")
_AGE = _gauge("umur_data_hari", "Hari sejak tanggal terakhir data Kampung KB")
_ENTRIES = _gauge("jurnal_entri", "Banyaknya entri jurnal")
_FREE = _gauge("ruang_bebas_byte", "Ruang penyimpanan yang masih kosong")

_page: ContextVar[str | None] = ContextVar("page", default=None)
store.on_query.append(_QUERIES.observe)


@contextmanager
def run(page: str, version: str, *, part: bool = False) -> Iterator[None]:
    """Count and tell the run of a page, by the path in its address, or of a part of it; also one that ends early."""
    page = page or "ringkasan"
    _page.set(page)
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - started
        _RUNS.labels(page, "ya" if part else "tidak").observe(seconds)
        log.event("bagian" if part else "halaman", halaman=page, md=round(1000 * seconds), versi=version)


def refused(error: KkbError) -> None:
    """Count and log an error that a reader was told in words."""
    _ERRORS.labels("dugaan").inc()
    log.refused(error, halaman=_page.get())


def incident(error: BaseException, **fields: object) -> str:
    """Count and log an error nobody expected; returns its code."""
    _ERRORS.labels("kejadian").inc()
    return log.incident(error, **{"halaman": _page.get(), **fields})


def text() -> bytes:
    """Everything counted, in the text format of Prometheus."""
    now = kesehatan.state(config.var_dir())
    _VIEWERS.set(_viewers())
    _READY.set(now.versi is not None)
    _BROKEN.set(now.versi_rusak is not None)
    _LAKE_LOST.set(now.danau == "terputus")
    _VERSION.clear()
    if now.versi:
        _VERSION.labels(now.versi).set(1)
    missing = float("nan")
    _BUILT.set(now.dibangun.timestamp() if now.dibangun else missing)
    for gauge, value in (
        (_TOOK, now.bangun_detik),
        (_AGE, now.umur_hari),
        (_ENTRIES, now.jurnal),
        (_FREE, now.ruang_bebas),
    ):
        gauge.set(missing if value is None else value)
    return generate_latest(_registry)


def _viewers() -> float:
    """Sessions that are connected now. Streamlit tells it nowhere else in a form that stays the same."""
    try:
        return runtime.get_instance()._session_mgr.num_active_sessions()
    except (RuntimeError, AttributeError):
        return 0
