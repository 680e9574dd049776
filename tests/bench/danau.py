"""Every question from the lake beside the same from the file: `python -m tests.bench.danau [--rounds 9]`.

One process, one version, a PostgreSQL of its own on a socket of this machine, Parquet on this disk. Both alternate:
read the ratio, not the milliseconds. A catalogue on another machine adds its round trips to each question.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from kkb import danau, queries, store
from kkb.build import build
from kkb.config import ROOT
from tests import postgres

PARAMETERS = {
    "indikator": "KKB02",
    "periode": "2023-08-28",
    "sampai": "2023-08-28",
    "dari": "2022-06-13",
    "kecamatan": None,
    "desa": "6309032012",
    "kunci": ["KKB02|2023-08-28", "DS01|2024"],
    "nama": "peta",
    "induk": "00",
    "kata": "Padangin",
}


def seconds(ask, *arguments) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    ask(*arguments)
    return time.perf_counter() - begun


def main() -> None:
    """Print what loading, opening and asking take, and the same as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    if not postgres.INITDB:
        raise SystemExit(postgres.MISSING)
    with tempfile.TemporaryDirectory() as folder, postgres.running() as catalogue:
        var = Path(folder)
        version = build(ROOT / "data", var)
        os.environ |= {"KKB_DANAU": catalogue.database(), "KKB_DATA": folder}
        path = store.path_of(var, version)
        load = seconds(danau.put, path, version)
        opening = {
            "lake_s": statistics.median(seconds(store.from_lake, var, version) for _ in range(5)),
            "file_s": statistics.median(seconds(store._opened, path) for _ in range(5)),
        }
        lake, file = store.from_lake(var, version), store._opened(path)
        found = []
        for name in sorted(p.stem for p in (ROOT / "kkb/sql").glob("*.sql")):
            ask = getattr(queries, name)
            arguments = [PARAMETERS[n] for n in list(inspect.signature(ask).parameters)[1:]]
            times = {"lake": [], "file": []}
            for _ in range(rounds):
                for kind, served in (("lake", lake), ("file", file)):
                    times[kind].append(seconds(ask, served, *arguments))
            here, there = statistics.median(times["file"]), statistics.median(times["lake"])
            found.append({"question": name, "lake_ms": 1000 * there, "file_ms": 1000 * here, "ratio": there / here})
            print(f"{name:22} lake {1000 * there:7.1f} ms  file {1000 * here:7.1f} ms  {there / here:5.1f} x")
        assert danau.status() == "tersambung"
        parquet = sum(p.stat().st_size for p in (var / "danau").rglob("*.parquet"))
        summary = {
            "load_s": load,
            **opening,
            "all_questions_ratio": sum(f["lake_ms"] for f in found) / sum(f["file_ms"] for f in found),
            "median_ratio": statistics.median(f["ratio"] for f in found),
            "file_bytes": path.stat().st_size,
            "parquet_bytes": parquet,
            "catalogue_bytes": int(catalogue.ask("SELECT pg_database_size('danau1')")[0]),
        }
        print(json.dumps({"questions": found, **summary}, indent=1))


if __name__ == "__main__":
    main()
