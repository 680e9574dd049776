"""`python -m kkb import` of an export as long as the nation's: `python -m tests.bench.impor [--rounds 7] [FILE ...]`.

Measured is the whole process, from its start to its end: a report only (`--dry-run`), an import that publishes into a
new data folder, and one into a folder with a year of two exports a month behind it. Without files, look-alikes of the
portal's two exports are made: a day of Tabalong, repeated to 17,736 rows under other names of kabupaten. `--beside`
names another copy of the code, which takes turns with this one, so that noise hits both alike. `cpu_s` is processor
time, which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kkb.config import ROOT
from tests import portal_files
from tests.bench.classify import TIMES

GOAL = 3.0
NEW = "2023-10-31"
"""A day of which nothing is published, so that there is something to publish."""
BEHIND = [f"2024-{month:02}-28" for month in range(1, 13)]
"""The days of a year of exports."""
Taken = tuple[float, float]
"""Seconds of the clock and of the processor."""


def national(folder: Path, kind: str) -> Path:
    """The day's rows, and the same again as those of other kabupaten."""
    header, *body = portal_files.rows(kind)
    place = header.index("Kabupaten")
    more = [[*row[:place], f"{row[place]} {n}", *row[place + 1 :]] for n in range(1, TIMES) for row in body]
    return portal_files.write(folder / f"{kind}.xlsx", [header, *body, *more])


def bring(code: Path, var: Path, path: Path, *told: str) -> None:
    """One import into a data folder, by a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "kkb", "import", path, *told],
        cwd=code,
        env={**os.environ, "KKB_DATA": str(var)},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def year(code: Path, folder: Path) -> Path:
    """A data folder with a year of exports behind it."""
    for kind in portal_files.portal.KINDS:
        path = portal_files.write(folder / f"bulanan-{kind}.xlsx", portal_files.rows(kind))
        for day in BEHIND:
            bring(code, folder / "setahun", path, "--as-of", day, "--yes")
    return folder / "setahun"


def taken(code: Path, path: Path, behind: Path | None, *told: str) -> Taken:
    """What one import takes, in a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "var"
        if behind:
            shutil.copytree(behind, var)
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        bring(code, var, path, *told)
        clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line a case, and the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--beside", type=Path)
    chosen = parser.parse_args()
    codes = [ROOT, *([chosen.beside.resolve()] if chosen.beside else [])]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        paths = [p.resolve() for p in chosen.file] or [
            national(Path(folder), kind) for kind in portal_files.portal.KINDS
        ]
        years = {}
        for n, code in enumerate(codes):
            (own := Path(folder) / str(n)).mkdir()
            years[code] = year(code, own)
        publish = "--as-of", NEW, "--yes"
        for path in paths:
            for case, told in (("report", ("--dry-run",)), ("new", publish), ("behind", publish)):
                rounds = [
                    [taken(code, path, years[code] if case == "behind" else None, *told) for code in codes]
                    for _ in range(chosen.rounds + 1)
                ]
                del rounds[0]  # it filled the caches of the disk
                for code, times in zip(codes, zip(*rounds, strict=True), strict=True):
                    clock, cpu = (round(statistics.median(part), 2) for part in zip(*times, strict=True))
                    slowest = round(max(t for t, _cpu in times), 2)
                    about = {"file": path.name, "case": case, "code": str(code)}
                    found.append({**about, "wall_s": clock, "slowest_s": slowest, "cpu_s": cpu, "met": clock <= GOAL})
                    print(found[-1], file=sys.stderr, flush=True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
