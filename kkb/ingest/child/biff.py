"""Error cells of an xls file, which the workbook reader leaves blank: from the records in it (MS-XLS in MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kkb.ingest.child.answer import RefusedError
from kkb.ingest.child.marks import Errors

CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_FORMULA, _EOF, _SHEET, _BOOLERR, _BOF, _LOCKED = 0x0006, 0x000A, 0x0085, 0x0205, 0x0809, 0x002F
_END = 0xFFFFFFFA
"""Sector numbers from here on are none."""


def errors(content: bytes) -> dict[int, Errors]:
    """Error cells by the place of their sheet in the workbook. RefusedError when the file is locked by a password."""
    book = _stream(content)
    sheets = []
    for code, record in _records(book, 0):
        if code == _LOCKED:
            raise RefusedError("password")
        if code == _SHEET:
            sheets.append(struct.unpack_from("<I", record)[0])
        if code == _EOF:
            break
    return {place: _found(book, offset) for place, offset in enumerate(sheets)}


def _found(book: bytes, offset: int) -> Errors:
    found: Errors = {}
    depth = 0
    for code, record in _records(book, offset):
        depth += (code == _BOF) - (code == _EOF)
        if not depth:
            break
        is_error = (code == _BOOLERR and record[7] == 1) or (
            code == _FORMULA and record[6] == 2 and record[12:14] == b"\xff\xff"
        )
        if is_error:
            row, column = struct.unpack_from("<HH", record)
            text = CODES.get(record[6 if code == _BOOLERR else 8], "#ERR")
            found.setdefault(row, []).append((column, text))
    return found


def _records(book: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + 4 <= len(book):
        code, size = struct.unpack_from("<HH", book, offset)
        yield code, book[offset + 4 : offset + 4 + size]
        offset += 4 + size


def _stream(content: bytes) -> bytes:
    """The stream of the workbook, b'' when there is none. RefusedError when what is there is an encrypted xlsx."""
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    directory, cutoff, mini_table = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    size = 1 << shift
    sectors = _Sectors(content, size, size, _table(content, size))
    found = {}
    entries = sectors.chain(directory)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", errors="replace")
        found[name] = struct.unpack_from("<II", entries, at + 116)
    if "EncryptedPackage" in found:
        raise RefusedError("password")
    first, length = found.get("Workbook") or found.get("Book") or (_END, 0)
    if length >= cutoff:
        return sectors.chain(first)[:length]
    inner = sectors.chain(found["Root Entry"][0]) if "Root Entry" in found else b""
    links = sectors.chain(mini_table)
    return _Sectors(inner, 1 << mini_shift, 0, _numbers(links)).chain(first)[:length]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """The number of the next sector for each sector."""
    places = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    while more < _END and len(places) * size <= len(content):
        *listed, more = _numbers(content[(more + 1) * size : (more + 2) * size])
        places += listed
    parts = [content[(n + 1) * size : (n + 2) * size] for n in places[: len(content) // size + 1] if n < _END]
    return _numbers(b"".join(parts))


@dataclass(frozen=True)
class _Sectors:
    """Sectors of one size from an offset on, and the number of the next for each."""

    content: bytes
    size: int
    offset: int
    table: tuple[int, ...]

    def chain(self, first: int) -> bytes:
        """The sectors from one on, joined; a chain that bites its tail is cut."""
        parts = []
        for _n in range(len(self.content) // self.size + 1):
            if first >= _END:
                break
            at = self.offset + first * self.size
            parts.append(self.content[at : at + self.size])
            first = self.table[first] if first < len(self.table) else _END
        return b"".join(parts)
