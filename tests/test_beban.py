"""What the load bench tells of a series of times."""

import random

from tests.bench.beban import BOXES, Official, spread


def test_the_spread_names_the_worst_of_a_few_and_the_high_end_of_many():
    assert spread([40.0]) == {"n": 1, "p50": 40, "p95": 40}
    assert spread([float(n) for n in range(101)]) == {"n": 101, "p50": 50, "p95": 95}


def test_a_reader_opens_the_map_first_and_comes_back_to_it():
    reader = Official("http://127.0.0.1:1", 1, ["6309112008"])
    assert reader._kind() == "buka"
    reader.line._socket = object()
    reader.page = "target"
    assert reader._kind() == "halaman"


def test_a_date_that_is_alone_is_not_chosen():
    reader = Official("http://127.0.0.1:1", 1, ["6309112008"])
    reader.line._socket, reader.page, reader.random = object(), "peta", random.Random(5)
    assert not reader.line.options(BOXES["tanggal"])
    assert "tanggal" not in {reader._kind() for _ in range(200)}
