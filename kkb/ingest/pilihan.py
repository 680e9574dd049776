"""What whoever brings a file says about it, kept with its line in the journal so that it is always read the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Choices:
    """`kind` of content, None to recognise it; `as_of` the date of the data (ISO 8601, may be a month or a year).

    `indicator` is the code a sheet with one column of values is about; `decimals` the decimal sign ('koma', 'titik');
    `source` whom the figures are from; `names` the village code chosen for a name as written (see `match.written`), ''
    to set such rows aside.
    """

    kind: str | None = None
    as_of: str | None = None
    indicator: str | None = None
    decimals: str | None = None
    source: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, object]:
        """The choices that an entry of the journal has no other place for."""
        return {k: v for k, v in asdict(self).items() if v and k not in ("kind", "as_of")}
