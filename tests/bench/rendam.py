"""A bounded soak: does the server's memory stay flat? `python -m tests.bench.rendam [--minutes 30] [--viewers 20]`.

Viewers in a second process keep a websocket each, walk through all pages with ever different choices, hang up now and
then in the middle of an answer, and come back as a browser does. Once a minute the resident memory of the server, its
sessions, threads, open files and errors are written down. Flat means: the line fitted to the minutes after the warm-up
(the first third, in which caches fill) rises by less than RISE of its level over those minutes. Needs a warehouse.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from kkb.config import ROOT
from kkb.errors import KkbError
from tests.bench.pembaca import PAGES, Line, choices, walk
from tests.bench.servers import OURS, memory, serving

RISE = 0.03
WARM = 1 / 3
LEAST = 6
"""Minutes that a soak lasts at least."""
STAY = 8
"""Actions after which a viewer hangs up and comes back."""


@dataclass(frozen=True)
class Sample:
    """The server at one minute: memory [MB], sessions, threads, open files, page runs and unexpected errors so far."""

    minute: float
    memory: float
    sessions: int
    threads: int
    files: int
    runs: int
    errors: int


@dataclass(frozen=True)
class Verdict:
    """What the samples after the warm-up say: MB at their start, slope in MB an hour, rise over them as a share."""

    level: float
    slope: float
    rise: float
    flat: bool


def verdict(samples: list[Sample]) -> Verdict:
    """The fitted line of the samples after the warm-up. ValueError with fewer than three of them."""
    late = [s for s in samples if s.minute >= samples[-1].minute * WARM]
    if len(late) < 3:
        raise ValueError("fewer than three samples after the warm-up")
    minutes = [s.minute for s in late]
    slope, start = statistics.linear_regression(minutes, [s.memory for s in late])
    level = start + slope * minutes[0]
    rise = slope * (minutes[-1] - minutes[0]) / level
    return Verdict(level, slope * 60, rise, rise < RISE)


def _metrics(address: str) -> dict[str, float]:
    with urllib.request.urlopen(f"{address}/metrik", timeout=30) as answer:
        rows = answer.read().decode().splitlines()
    return {name: float(value) for name, _, value in (r.rpartition(" ") for r in rows if r and r[0] != "#")}


def sample(address: str, pid: int, minute: float) -> Sample:
    """The server now."""
    told = _metrics(address)
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    threads = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Threads:"))
    runs = sum(v for n, v in told.items() if n.startswith("kkb_halaman_detik_count"))
    errors = told['kkb_galat_total{jenis="kejadian"}']
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Sample(minute, memory(pid), int(told["kkb_pembaca"]), threads, files, int(runs), int(errors))


class Wanderer:
    """One reader who opens page after page with ever different choices. `choices` are values by parameter."""

    def __init__(self, address: str, seed: int, choices: dict[str, list[str]]) -> None:
        self.line, self.choices, self.random = Line(address), choices, random.Random(seed)
        self.wrong: list[str] = []
        self.left = self.done = 0

    def act(self) -> None:
        """Open a page with some choices, and see it end, or now and then hang up in the middle."""
        page = self.random.choice(PAGES)
        chosen = self.random.sample(sorted(self.choices), self.random.randint(0, 3))
        query = urlencode({name: self.random.choice(self.choices[name]) for name in chosen})
        if not self.line.open:
            self.left = self.random.randint(1, 2 * STAY)
        self.left -= 1
        self.line.visit(page, query, read=bool(self.left))
        if not self.left:
            self.line.glance()
            self.leave()
        self.done += 1

    def leave(self) -> None:
        """Hang up."""
        self.line.leave()


def view(address: str, viewers: int, minutes: float, every: float) -> int:
    """Walk about until the time is over; prints how many actions were done and what went wrong, as JSON."""
    known = choices()
    wanderers = [Wanderer(address, n, known) for n in range(viewers)]
    walk(wanderers, minutes * 60, every)
    for wanderer in wanderers:
        wanderer.leave()
    print(json.dumps({"actions": sum(w.done for w in wanderers), "wrong": [e for w in wanderers for e in w.wrong]}))
    return 0


def soak(minutes: float, viewers: int, every: float) -> tuple[list[Sample], dict[str, object]]:
    """Serve, let viewers walk, sample once a minute; gives the samples and what the viewers told."""
    with serving(OURS) as site:
        address = f"http://{urlsplit(site.url).netloc}"
        options = ["--viewers", str(viewers), "--minutes", str(minutes), "--every", str(every)]
        command = [sys.executable, "-m", "tests.bench.rendam", "--of", address, *options]
        samples, start = [], time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as walkers:
            print(HEAD, flush=True)
            while walkers.poll() is None:
                samples.append(sample(address, site.pid, (time.monotonic() - start) / 60))
                print(_row(samples[-1]), flush=True)
                with suppress(subprocess.TimeoutExpired):
                    walkers.wait(60)
            assert walkers.stdout is not None
            told = json.loads(walkers.stdout.read())
    return samples, told


HEAD = f"{'minute':>6} {'MB':>6} {'sessions':>8} {'threads':>7} {'files':>5} {'runs':>6} {'errors':>6}"


def _row(s: Sample) -> str:
    return f"{s.minute:6.1f} {s.memory:6.0f} {s.sessions:8} {s.threads:7} {s.files:5} {s.runs:6} {s.errors:6}"


def main() -> int:
    """Run, print, and write JSON if asked. The exit code is 1 when memory is not flat or a viewer saw an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--viewers", type=int, default=20)
    parser.add_argument("--every", type=float, default=15, help="seconds from one action of a viewer to the next")
    parser.add_argument("--json", type=Path, help="write the samples here as well")
    parser.add_argument("--of", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.minutes < LEAST:
        parser.error(f"at least {LEAST} minutes, else there is no line to fit")
    if chosen.of:
        return view(chosen.of, chosen.viewers, chosen.minutes, chosen.every)
    try:
        choices()
    except KkbError as error:
        print(f"{error}\nThe soak builds nothing: run `python -m kkb build` first.", file=sys.stderr)
        return 1
    samples, told = soak(chosen.minutes, chosen.viewers, chosen.every)
    found = verdict(samples)
    said = "flat" if found.flat else "NOT flat"
    print(f"{said}: {found.level:.0f} MB after the warm-up, {found.slope:+.1f} MB an hour, {found.rise:+.1%} since")
    print(f"{told['actions']} actions, {len(told['wrong'])} went wrong {told['wrong'][:5]}")
    if chosen.json:
        result = {"samples": [asdict(s) for s in samples], "verdict": asdict(found), "viewers": told}
        chosen.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0 if found.flat and not told["wrong"] and not samples[-1].errors else 1


if __name__ == "__main__":
    sys.exit(main())
