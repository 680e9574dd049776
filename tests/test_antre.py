"""Page runs take turns, and none waits for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kkb.ui import antre


@pytest.fixture(autouse=True)
def turns(monkeypatch):
    """Turns of this test alone, for which a run waits as long as it takes."""
    monkeypatch.setattr(antre, "_turns", threading.Semaphore(antre.AT_ONCE))
    monkeypatch.setattr(antre, "PATIENCE", 60.0)


def test_only_a_few_work_at_once_and_all_come_to_their_turn():
    now, most, lock = 0, 0, threading.Lock()

    def work(_):
        nonlocal now, most
        with antre.turn():
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.002)
            with lock:
                now -= 1
        return True

    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(work, range(200)))
    assert most == antre.AT_ONCE


def test_a_run_within_a_run_is_of_the_same_turn():
    for _ in range(3 * antre.AT_ONCE):
        with antre.turn(), antre.turn():
            assert antre._turns.acquire(blocking=False), "the inner run took a turn of its own"
            antre._turns.release()
        with pytest.raises(ZeroDivisionError), antre.turn(), antre.turn():
            raise ZeroDivisionError
    held = [antre._turns.acquire(blocking=False) for _ in range(antre.AT_ONCE + 1)]
    assert held == [True] * antre.AT_ONCE + [False]


def test_long_runs_hold_nobody_up_for_ever(monkeypatch):
    for _ in range(antre.AT_ONCE):
        antre._turns.acquire()
    monkeypatch.setattr(antre, "PATIENCE", 0.01)
    with antre.turn():
        pass
    assert not antre._turns.acquire(blocking=False), "a turn that was not had was given back"
