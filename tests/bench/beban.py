"""The map under load: `python -m tests.bench.beban [--viewers 1 10 25 50] [--seconds 60] [--json PATH]`.

Readers in a second process keep a websocket each and do what officials do on the map: mostly another indicator, some
another date, kecamatan, a click on a village, another page; one action per reader in about 5 s. For each number of
readers there is a new server, warmed up by a few readers in a hurry. Told are, by kind of action, the milliseconds from
the request to the end of the answer (median and the 95th percentile), errors, the memory that each reader adds to the
server ((with all of them, after their last answer) - (before the first)) / N, and the processor time of both
processes, since they share the machine: cores in use, and of the server the milliseconds for each action, which hardly
depend on what else the machine does. Needs a warehouse; no browser.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from kkb.config import ROOT
from kkb.errors import KkbError
from tests.bench.pembaca import PAGES, Line, choices, walk
from tests.bench.servers import OURS, Site, memory, serving, worked

VIEWERS = (1, 10, 25, 50)
EVERY = 5.0
SETTLE = 5.0
"""Seconds between the last answer and the look at the memory."""
WARM_VIEWERS, WARM_SECONDS, WARM_EVERY = 4, 30.0, 0.1
MAP = "peta"
COMPONENT = "streamlit_folium.st_folium"
ACTIONS = {"indikator": 50, "tanggal": 15, "kecamatan": 15, "desa": 10, "halaman": 10}
"""How often each is done, of 100; who is on another page goes back to the map first, and a date that is alone
cannot be changed, which makes a change of indicator of it."""
BOXES = {"indikator": "Indikator", "tanggal": "Tanggal data", "kecamatan": "Kecamatan"}
P95_MS, MB_EACH = 1000, 8
"""Goals with 50 readers."""


class Official:
    """One reader of the map; `took` are the milliseconds of answers by kind of action."""

    def __init__(self, address: str, seed: int, villages: list[str]) -> None:
        self.line, self.random, self.villages = Line(address), random.Random(seed), villages
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.page, self.clicks = "", 0

    def act(self) -> None:
        """One action, timed."""
        kind = self._kind()
        options = self.line.options(BOXES.get(kind, ""))
        begun = time.perf_counter()
        if kind in ("buka", "halaman"):
            self.page = MAP if self.page != MAP else self.random.choice([p for p in PAGES if p != MAP])
            self.line.visit(self.page, self.line.query)
        elif kind == "desa":
            self.clicks += 1
            self.line.tell(COMPONENT, {"village": self.random.choice(self.villages), "n": self.clicks})
        else:
            self.line.choose(BOXES[kind], self.random.choice(options))
        self.took[kind].append((time.perf_counter() - begun) * 1000)

    def _kind(self) -> str:
        if not self.line.open:
            return "buka"
        if self.page != MAP:
            return "halaman"
        kind = self.random.choices(list(ACTIONS), list(ACTIONS.values()))[0]
        return "indikator" if kind == "tanggal" and not self.line.options(BOXES[kind]) else kind

    def leave(self) -> None:
        """Hang up."""
        self.page = ""
        self.line.leave()


def view(address: str, viewers: int, seconds: float, every: float) -> None:
    """Act until the time is over, print what was seen as JSON, and hang up when a line comes in."""
    villages = choices()["desa"]
    officials = [Official(address, n, villages) for n in range(viewers)]
    begun, busy = time.perf_counter(), time.process_time()
    walk(officials, seconds, every)
    lasted = time.perf_counter() - begun
    share = (time.process_time() - busy) / lasted
    took: dict[str, list[float]] = defaultdict(list)
    for official in officials:
        for kind, values in official.took.items():
            took[kind] += values
    wrong = [error for official in officials for error in official.wrong]
    print(json.dumps({"took": took, "wrong": wrong, "cores": share, "seconds": lasted}), flush=True)
    sys.stdin.readline()
    for official in officials:
        official.leave()


def _told(site: Site, viewers: int, seconds: float, every: float) -> tuple[dict[str, object], float, float]:
    """What readers in their own process saw; the server's memory [MB] with them, and the cores it used meanwhile."""
    options = ["--of", f"http://{urlsplit(site.url).netloc}", "--viewers", str(viewers)]
    options += ["--seconds", str(seconds), "--every", str(every)]
    command = [sys.executable, "-m", "tests.bench.beban", *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as readers:
        assert readers.stdin and readers.stdout
        begun, busy = time.perf_counter(), worked(site.pid)
        told = json.loads(readers.stdout.readline())
        cores = (worked(site.pid) - busy) / (time.perf_counter() - begun)
        time.sleep(SETTLE)
        resident = memory(site.pid)
        readers.stdin.write("\n")
        readers.stdin.flush()
    return told, resident, cores


def spread(values: list[float]) -> dict[str, float]:
    """Number, median, and 95th percentile (the worst below 20 values)."""
    high = statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    return {"n": len(values), "p50": round(statistics.median(values)), "p95": round(high)}


def load(viewers: int, seconds: float) -> dict[str, object]:
    """One server, its warm-up, and so many readers."""
    with serving(OURS) as site:
        _told(site, WARM_VIEWERS, WARM_SECONDS, WARM_EVERY)
        time.sleep(SETTLE)
        before = memory(site.pid)
        told, after, cores = _told(site, viewers, seconds, EVERY)
    took: dict[str, list[float]] = told["took"]  # type: ignore[assignment]
    kinds = ["buka", *ACTIONS]
    return {
        "viewers": viewers,
        "all": spread([v for values in took.values() for v in values]),
        "actions": {kind: spread(took[kind]) for kind in kinds if took.get(kind)},
        "errors": told["wrong"],
        "before_mb": round(before, 1),
        "each_mb": round((after - before) / viewers, 2),
        "server_cores": round(cores, 2),
        "cpu_ms": round(1000 * cores * told["seconds"] / sum(map(len, took.values()))),  # type: ignore[operator]
        "load_cores": round(told["cores"], 2),  # type: ignore[arg-type]
        "machine_load": round(os.getloadavg()[0], 1),
    }


def table(rows: list[dict[str, object]]) -> str:
    """The results to read."""
    names = ("viewers", "n", "p50 ms", "p95 ms", "errors", "MB each", "cpu ms", "cores", "load")
    lines = [" ".join(f"{name:>7}" for name in names) + "  p50/p95 by action"]
    for row in rows:
        every: dict[str, float] = row["all"]  # type: ignore[assignment]
        kinds: dict[str, dict[str, float]] = row["actions"]  # type: ignore[assignment]
        errors: list[str] = row["errors"]  # type: ignore[assignment]
        cells = (row["viewers"], every["n"], every["p50"], every["p95"], len(errors))
        cells += tuple(row[name] for name in ("each_mb", "cpu_ms", "server_cores", "load_cores"))
        by_kind = ", ".join(f"{kind} {of['p50']}/{of['p95']}" for kind, of in kinds.items())
        lines.append(" ".join(f"{cell:>7}" for cell in cells) + f"  {by_kind}; machine at {row['machine_load']}")
    return "\n".join(lines)


def main() -> int:
    """Run, print, and write JSON if asked. The exit code is 1 when a reader saw an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, nargs="+", default=list(VIEWERS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--json", type=Path, help="write the results here as well")
    parser.add_argument("--of", help=argparse.SUPPRESS)
    parser.add_argument("--every", type=float, default=EVERY, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.of:
        view(chosen.of, chosen.viewers[0], chosen.seconds, chosen.every)
        return 0
    try:
        choices()
    except KkbError as error:
        print(f"{error}\nNothing is built here: run `python -m kkb build` first.", file=sys.stderr)
        return 1
    rows = []
    for viewers in chosen.viewers:
        rows.append(load(viewers, chosen.seconds))
        print(table(rows[-1:]), flush=True)
    print(table(rows))
    errors = [error for row in rows for error in row["errors"]]  # type: ignore[attr-defined]
    most = rows[-1]
    met = most["all"]["p95"] < P95_MS and not errors and most["each_mb"] <= MB_EACH  # type: ignore[index,operator]
    print(
        f"{most['viewers']} viewers: p95 < {P95_MS} ms, no error, <= {MB_EACH} MB each: {'met' if met else 'NOT met'}"
    )
    print("\n".join(errors[:5]))
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
