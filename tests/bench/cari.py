"""Finding a place in a nation, and the page of its provinces: `python -m tests.bench.cari [--villages 20000]`.

A made-up nation (`tests.bench.nasional`); with few `--months` it is sooner written, and its names are the same. Told
are medians and the slowest, in ms: the question `place_search` for words that are right, misspelt, found everywhere or
nowhere; the questions of the page of areas; and that page as a reader gets it, over a websocket, at first (a date that
nobody asked for yet) and again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from kkb import queries, store, wilayah
from kkb.build.atas import NATION
from tests.bench import nasional, skala
from tests.bench.pembaca import Line
from tests.bench.servers import OURS, serving

WORDS = ("Desa Contoh 135", "Dsa Cntoh 135", "kec. contoh 07", "Contoh 117", "Contoh", "zzzz")
ROUNDS = 20


def told(name: str, times: list[float]) -> None:
    """Print the median and the slowest of some times."""
    print(f"{name:34}{statistics.median(times):9.1f} ms, slowest {max(times):.1f} ms", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--villages", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=nasional.MONTHS)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    with ExitStack() as open_:
        kept = chosen.keep or Path(open_.enter_context(tempfile.TemporaryDirectory()))
        folder = skala.nation(kept, chosen.villages, chosen.months)
        os.environ["KKB_DATA"] = str(folder)
        seen = wilayah.chosen(store.current(folder), nasional.FIRST)
        dates = list(queries.coverage_dates(seen)["periode"])
        for words in WORDS:
            found = len(queries.place_search(seen, words))
            times = [skala.took(lambda w=words: queries.place_search(seen, w)) for _ in range(ROUNDS)]
            told(f"place_search {words!r}: {found}", times)
        for area in (NATION, nasional.FIRST[:2]):
            times = [skala.took(lambda a=area: queries.area_coverage(seen, dates[-1], a)) for _ in range(ROUNDS)]
            told(f"area_coverage {area}", times)
            times = [skala.took(lambda a=area: queries.area_layer(seen, a)) for _ in range(ROUNDS)]
            told(f"area_layer {area}, {len(queries.area_layer(seen, area)['isi'][0]) // 1000} kB", times)
        site = open_.enter_context(serving(OURS))
        line = Line("http://" + urlsplit(site.url).netloc)
        first, again = [], []
        for number, day in enumerate(dates[-ROUNDS:]):
            for times in (first, again):
                spent = skala.took(lambda d=day: line.visit("nasional", urlencode({"tanggal": d})))
                if number >= skala.WARM_ROUNDS or len(dates) <= skala.WARM_ROUNDS:
                    times.append(spent)
        line.leave()
        told("page, first", first)
        told("page, again", again)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
