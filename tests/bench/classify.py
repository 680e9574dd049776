"""`python -m kkb classify` on an export as long as the nation's: `python -m tests.bench.classify [--rounds 5]`.

The files are look-alikes of the portal's two exports, a day of Tabalong repeated to 17,736 rows, so every machine can
make them. Measured is the whole process, alternating with a process that only reads the same workbook with openpyxl:
read the ratio, not the seconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kkb.config import ROOT
from tests import portal_files

TIMES = 739
READ = "import sys, openpyxl; [0 for _ in openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows()]"


def national(folder: Path, kind: str) -> Path:
    """The day's rows, repeated under other names of villages."""
    header, *body = portal_files.rows(kind)
    place = header.index("Desa")
    many = [[*row[:place], f"{row[place]} {n}", *row[place + 1 :]] for n in range(TIMES) for row in body]
    return portal_files.write(folder / f"{kind}.xlsx", [header, *many])


def seconds(*arguments: str) -> float:
    """How long one process takes from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print one line a case, and the same as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        scores, recap = (national(Path(folder), kind) for kind in ("rekap-klasifikasi", "rekap-kampung"))
        cases = {"rekap-klasifikasi": [scores], "rekap-kampung": [recap], "both": [scores, recap]}
        found = []
        for name, paths in cases.items():
            ours, theirs = [], []
            for _ in range(rounds):
                ours.append(seconds("-m", "kkb", "classify", *map(str, paths)))
                theirs.append(sum(seconds("-c", READ, str(path)) for path in paths))
            found.append(
                {
                    "case": name,
                    "classify_s": round(statistics.median(ours), 2),
                    "read_with_openpyxl_s": round(statistics.median(theirs), 2),
                    "ratio": round(statistics.median(ours) / statistics.median(theirs), 2),
                }
            )
    for row in found:
        print(
            "{case:<20} classify {classify_s:>6} s   openpyxl reads {read_with_openpyxl_s:>6} s   {ratio} x".format(
                **row
            )
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
