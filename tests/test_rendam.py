"""What the soak calls flat."""

import pytest

from tests.bench.rendam import Sample, verdict


def samples(*memory):
    return [Sample(float(minute), size, 20, 12, 100, 80 * minute, 0) for minute, size in enumerate(memory)]


def test_caches_that_fill_in_the_warm_up_are_no_growth():
    found = verdict(samples(280, 430, 460, 480, *[500, 498, 502, 500, 499, 501, 500]))
    assert found.flat
    assert abs(found.slope) < 20


def test_what_grows_on_is_told_with_its_slope():
    found = verdict(samples(*(300 + 5 * n for n in range(31))))
    assert not found.flat
    assert (round(found.level), round(found.slope)) == (350, 300)
    assert found.rise == pytest.approx(100 / 350)


def test_a_soak_too_short_to_tell_says_nothing():
    with pytest.raises(ValueError, match="fewer than three"):
        verdict(samples(300, 300))
