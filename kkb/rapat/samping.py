"""What lies beside the warehouse and belongs into a pack: imports, agreements, and the day of the last meeting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kkb import journal, kesepakatan
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement, Event
from kkb.journal import Entry


@dataclass(frozen=True)
class Beside:
    """`since` is the day (ISO 8601) of the last meeting, from which changes are told, or None; `entries` are the
    imports in force, `events` what was written of agreements. Both books only grow, so their lengths name a state."""

    since: str | None = None
    entries: tuple[Entry, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements as they stand."""
        return compute.fold(self.events)


def read(var_dir: Path, since: str | None, lines: tuple[int, int]) -> Beside:
    """The state after so many lines of the journal and of the book of agreements. StoreError when one is unreadable."""
    written, noted = lines
    entries = journal.in_force(journal.entries(var_dir)[:written])
    return Beside(since, entries, kesepakatan.events(var_dir)[:noted])


def lines(var_dir: Path) -> tuple[int, int]:
    """How many lines the journal and the book of agreements have now."""
    return len(journal.entries(var_dir)), len(kesepakatan.events(var_dir))


def last_meeting(var_dir: Path, today: str) -> str | None:
    """The day of the last meeting in the book before today; None when there is none."""
    days = [e.tanggal_rapat for e in kesepakatan.events(var_dir) if e.tanggal_rapat and e.tanggal_rapat < today]
    return max(days, default=None)
