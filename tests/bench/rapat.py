"""How long the files of a meeting take to make: `python -m tests.bench.rapat [--rounds 3]`.

Each file is made in a new process, as the command line does, and in turn with a reference: the pack of all villages,
computed from the warehouse. Noise of the machine hits both alike, so compare `ratios` between versions; `whole_s` is
what the goal of 20 seconds is about, all files one after the other with the pack made once. `cpu_s` counts the time of
the processor only, which a busy machine changes less. Needs a built warehouse.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from datetime import date

from kkb import bahasa, config, store
from kkb.rapat import susun
from kkb.rapat.lembar import Pack
from kkb.report import paket

GOAL = 20.0
Taken = tuple[float, float]
"""Seconds of the clock and of the processor."""


def _now() -> Taken:
    return time.perf_counter(), time.process_time()


def _since(start: Taken) -> Taken:
    clock, cpu = _now()
    return clock - start[0], cpu - start[1]


def packed(outline: bool = False) -> tuple[Pack, Taken]:
    """The pack of the kabupaten, and what it took."""
    bahasa.use("id")
    warehouse, start = store.current(config.var_dir()), _now()
    made = susun.pack(warehouse, None, None, date.today(), outline=outline)
    return made, _since(start)


def measured(kind: str) -> tuple[Taken, Taken]:
    """What the pack took in this process, and one file, with the import of its writer."""
    made, first = packed()
    start = _now()
    paket.write(made, kind, lambda _part: None)
    return first, _since(start)


def main() -> int:
    """Print seconds and ratios as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    packs: list[Taken] = []
    files: dict[str, list[Taken]] = {kind: [] for kind in paket.KINDS}
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for _n in range(rounds):
            for kind in files:
                first, own = pool.apply(measured, (kind,))
                packs.append(first)
                files[kind].append(own)
        outline = pool.apply(_outline)
    clock, cpu = ({"pack": _median(packs, n)} | {k: _median(v, n) for k, v in files.items()} for n in (0, 1))
    whole = sum(clock.values())
    print(f"load {os.getloadavg()[0]:.1f}, {rounds} rounds", file=sys.stderr)
    result = {
        "seconds": {k: round(v, 2) for k, v in clock.items()},
        "cpu_s": {k: round(v, 2) for k, v in cpu.items()},
        "ratios": {k: round(v / cpu["pack"], 2) for k, v in cpu.items()},
        "outline_s": round(outline, 2),
        "whole_s": round(whole, 1),
        "whole_cpu_s": round(sum(cpu.values()), 1),
        "goal_s": GOAL,
        "met": whole <= GOAL,
    }
    print(json.dumps(result))
    return 0


def _outline() -> float:
    return packed(outline=True)[1][0]


def _median(taken: list[Taken], which: int) -> float:
    return statistics.median(t[which] for t in taken)


if __name__ == "__main__":
    sys.exit(main())
