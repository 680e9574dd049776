"""A table as text: commas, semicolons or tabs in UTF-8, UTF-16 or Windows-1252, read line by line."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from kkb.ingest.child.answer import RefusedError

MOST_LINE = 1_000_000
"""Characters in the longest line that is read."""
SAMPLE = 200
"""Lines from which the delimiter is told, and no more than SAMPLE_SIZE characters."""
SAMPLE_SIZE = 200_000
_NO_TABLE = re.compile(r"\s*(<[a-z!?/]|%PDF|\{|\[\s*[\[{\"])", re.IGNORECASE)
_DELIMITERS = "\t;,"
"""In the order of trust: a comma may be the decimal comma."""


def rows(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of a text table. RefusedError with the line where it is none."""
    encoding = _encoding(file)
    file.seek(0)
    lines = _lines(io.TextIOWrapper(file, encoding, errors="replace", newline=""))
    head: list[str] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line)
        if len(head) == SAMPLE or size > SAMPLE_SIZE:
            break
    if _NO_TABLE.match("".join(head[:20])):
        raise RefusedError("no_table")
    yield from _parsed(itertools.chain(head, lines), _delimiter(head))


def _encoding(file: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = file.read(2)
    if start in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        decoder.decode(start)
        while part := file.read(1 << 20):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(MOST_LINE):
        number += 1
        if "\0" in line:
            raise RefusedError("nul", number)
        if len(line) == MOST_LINE:
            raise RefusedError("line", number)
        yield line


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            is_long = "field limit" in str(error)
            raise RefusedError("cell" if is_long else "quote", begins) from error
        yield row


def _delimiter(head: list[str]) -> str:
    """The one that cuts most lines into the same number of cells; the more cells the better."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(head, delimiter))


def _fit(head: list[str], delimiter: str) -> tuple[float, int]:
    """The share of lines that have as many cells as most, and how many these are; zeros when it cuts nothing."""
    with suppress(csv.Error):
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
        if common := Counter(width for width in widths if width > 1).most_common(1):
            return common[0][1] / len(widths), common[0][0]
    return 0.0, 0
