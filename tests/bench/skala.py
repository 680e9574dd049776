"""The same kabupaten in ever larger nations: `python -m tests.bench.skala [--villages 131 2000 20000 84000]`.

Made-up nations (`tests.bench.nasional`) of 50 indicators and 60 months, each served by a server of its own. The first
kabupaten is the same in all of them: 131 villages in 12 kecamatan with the same figures. Measured, nation after nation
in turn so that noise hits all alike: each question of `kkb.queries` about one kabupaten on the open file (`cari` is for
the others), and each page over a websocket, from the request to the end of the answer. A page is `first` with a date
nobody asked for yet, so that it comes from the database, and `again` at once after that, as most readers meet it. Told
are medians of the rounds, in ms, and their ratio to the smallest nation. Writing the nations takes long (an hour for
84,000 villages on a busy core, 3 GB); `--keep FOLDER` keeps them for the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from kkb import config, queries, store, wilayah
from kkb.store import Warehouse
from tests import pertanyaan
from tests.bench import nasional
from tests.bench.pembaca import PAGES, Line
from tests.bench.servers import OURS, Site, memory, serving

VILLAGES = (131, 2_000, 20_000, 84_000)
ROUNDS = 9
WARM_ROUNDS = 2
"""Rounds in which imports happen and files are read for the first time; not counted."""
GOAL = 1.5
"""Most that a page of the largest nation may take, in times of the smallest."""

Times = dict[str, dict[int, list[float]]]
"""Milliseconds by what was asked and by size of the nation."""


def took(do: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begun)


def nation(folder: Path, villages: int, months: int = nasional.MONTHS) -> Path:
    """The data folder of a nation, written unless it is there."""
    found = folder / str(villages)
    if not (found / store.POINTER).exists():
        real = config.var_dir()
        begun = time.perf_counter()
        nasional.write(found, store.path_of(real, store.current(real).version), villages, months)
        print(f"{villages} villages written in {time.perf_counter() - begun:.0f} s", flush=True)
    return found


def asked(nations: dict[int, Warehouse], rounds: int) -> Times:
    """Each question in each nation."""
    first = next(iter(nations.values()))
    village = queries.villages(first).iloc[40]
    periods = list(queries.map_indicators(first).set_index("kode_indikator")["periode"]["KKB02"])
    said = pertanyaan.answers([periods[-1], periods[0]], village["kode_kecamatan"], village["kode_desa"])
    times: Times = defaultdict(lambda: defaultdict(list))
    for number in range(rounds + 1):
        for question in (q for q in pertanyaan.QUESTIONS if q not in pertanyaan.OF_NATION):
            ask, parameters = getattr(queries, question), next(pertanyaan.ways(question, said))
            for villages, warehouse in nations.items():
                spent = took(lambda ask=ask, w=warehouse, p=parameters: ask(w, **p))
                if number:
                    times[question][villages].append(spent)
    return times


def visited(sites: dict[int, Site], dates: list[str]) -> tuple[Times, Times]:
    """Each page in each nation, one date after another: at first, and again at once."""
    lines = {n: Line("http://" + urlsplit(s.url).netloc) for n, s in sites.items()}
    first: Times = defaultdict(lambda: defaultdict(list))
    again: Times = defaultdict(lambda: defaultdict(list))
    for number, day in enumerate(dates):
        for page in PAGES:
            for villages, line in lines.items():
                query = urlencode({"kabupaten": nasional.FIRST, "tanggal": day})
                for times in (first, again):
                    spent = took(lambda line=line, page=page, query=query: line.visit(page, query))
                    if number >= WARM_ROUNDS:
                        times[page][villages].append(spent)
    for line in lines.values():
        line.leave()
    return first, again


def told(kind: str, times: Times) -> dict[str, object]:
    """Print the medians and ratios of one kind, and the sum of all; the same as a value."""
    names = list(times)
    middle = {name: {n: statistics.median(v) for n, v in times[name].items()} for name in names}
    sizes = list(next(iter(middle.values())))
    middle["all"] = {n: sum(middle[name][n] for name in names) for n in sizes}
    print(f"\n{kind:24}" + "".join(f"{n:>12,}" for n in sizes) + f"{'ratio':>8}")
    ratios = {}
    for name, found in middle.items():
        ratios[name] = found[sizes[-1]] / found[sizes[0]]
        print(f"{name:24}" + "".join(f"{found[n]:9.1f} ms" for n in sizes) + f"{ratios[name]:8.2f}")
    return {"ms": middle, "ratio": ratios}


def main() -> None:
    """Print the tables, and the same as JSON with `--json`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--villages", type=int, nargs="+", default=list(VILLAGES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with ExitStack() as open_:
        kept = chosen.keep or Path(open_.enter_context(tempfile.TemporaryDirectory()))
        folders = {n: nation(kept, n) for n in chosen.villages}
        sites, opening, nations, resident = {}, {}, {}, {}
        for villages, folder in folders.items():
            os.environ["KKB_DATA"] = str(folder)
            opening[villages] = took(lambda folder=folder: store.current(folder))
            nations[villages] = wilayah.chosen(store.current(folder), nasional.FIRST)
        questions = asked(nations, chosen.rounds)
        for villages, folder in folders.items():
            os.environ["KKB_DATA"] = str(folder)
            sites[villages] = open_.enter_context(serving(OURS))
        periods = queries.map_indicators(nations[chosen.villages[0]]).set_index("kode_indikator")["periode"]["KKB02"]
        first, again = visited(sites, list(periods)[-chosen.rounds - WARM_ROUNDS :])
        resident = {n: memory(s.pid) for n, s in sites.items()}
    result = {
        "questions": told("question", questions),
        "first": told("page, first", first),
        "again": told("page, again", again),
        "open_ms": opening,
        "memory_mb": resident,
    }
    print(f"\nopen: {', '.join(f'{n:,}: {ms:.0f} ms' for n, ms in opening.items())}")
    print(f"memory: {', '.join(f'{n:,}: {mb:.0f} MB' for n, mb in resident.items())}; load {os.getloadavg()[0]:.1f}")
    worst = max(max(result[k]["ratio"].values()) for k in ("first", "again"))
    print(f"worst page {worst:.2f} x, goal {GOAL} x: {'met' if worst <= GOAL else 'NOT met'}")
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
