"""What the workbook reader leaves out, from the XML of the sheets: error cells, and merged cells of an ods file."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each as row and column from 0."""
Errors = dict[int, list[tuple[int, str]]]
"""Row from 0 -> column from 0 and text of each error cell in it, such as #N/A."""
TELLING = (b't="e"', b"t='e'", b"-spanned=", b'type="error"', b"type='error'")
"""What in a part of a workbook says that there is something to mark."""
MOST_REPEATED = 1_000
"""A repeated error cell of an ods file is marked so many times at most in each direction."""


@dataclass(frozen=True)
class Marks:
    """What is to be marked on one sheet."""

    errors: Errors = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)


class _Reader:
    """Handles one part of a workbook; tags and attributes come without their namespace."""

    def start(self, tag: str, told: dict[str, str]) -> None:
        """An element begins, with its attributes."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands here."""


def of(archive: zipfile.ZipFile, telling: set[str]) -> dict[str, Marks]:
    """Marks by the name of their sheet. `telling` are the parts in which one of TELLING stands."""
    if "content.xml" in telling:
        ods = _Ods()
        _read(archive, "content.xml", ods)
        return ods.found
    if not telling or "_rels/.rels" not in archive.namelist():
        return {}
    roots = _attributes(archive, "_rels/.rels", "Relationship", "Type", "Target")
    book = next((_part("", target) for kind, target in roots.items() if kind.endswith("/officeDocument")), "")
    folder, name = posixpath.split(book)
    targets = _attributes(archive, f"{folder}/_rels/{name}.rels", "Relationship", "Id", "Target")
    found = {}
    for sheet, key in _attributes(archive, book, "sheet", "name", "id").items():
        part = _part(folder, targets.get(key, ""))
        if part in telling:
            cells = _Cells()
            _read(archive, part, cells)
            found[sheet] = Marks(cells.found)
    return found


def _part(folder: str, target: str) -> str:
    """The name of a part in the archive, from a link in a folder."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _attributes(archive: zipfile.ZipFile, part: str, tag: str, key: str, value: str) -> dict[str, str]:
    """One attribute of the elements of a part by another."""
    pairs = _Attributes(tag, key, value)
    _read(archive, part, pairs)
    return pairs.found


def _read(archive: zipfile.ZipFile, part: str, reader: _Reader) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        reader.start(tag.rpartition(":")[2], {k.rpartition(":")[2]: v for k, v in attributes.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = reader.text
    with archive.open(part) as file:
        parser.ParseFile(file)


class _Attributes(_Reader):
    """One attribute of an element by another."""

    def __init__(self, tag: str, key: str, value: str) -> None:
        self.found: dict[str, str] = {}
        self._names = tag, key, value

    def start(self, tag: str, told: dict[str, str]) -> None:
        element, key, value = self._names
        if tag == element and key in told:
            self.found[told[key]] = told.get(value, "")


class _Cells(_Reader):
    """Error cells of an xlsx sheet; a cell without an address follows the one before."""

    def __init__(self) -> None:
        self.found: Errors = {}
        self._row = self._column = -1
        self._is_error = self._is_value = False
        self._text = ""

    def start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "row":
            self._row = int(told["r"]) - 1 if "r" in told else self._row + 1
            self._column = -1
        elif tag == "c":
            self._column = _column(told["r"]) if "r" in told else self._column + 1
            self._is_error = told.get("t") == "e"
            self._text = ""
        self._is_value = tag == "v"

    def text(self, text: str) -> None:
        if self._is_error and self._is_value:
            self._text += text

    def end(self, tag: str) -> None:
        self._is_value = False
        if tag == "c" and self._is_error and self._text:
            self.found.setdefault(self._row, []).append((self._column, self._text.strip()))


def _column(address: str) -> int:
    number = 0
    for letter in address:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1


class _Ods(_Reader):
    """Error cells and merged cells of all sheets of an ods file."""

    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self._sheet: Marks | None = None
        self._row = self._column = self._rows = self._columns = 0
        self._is_error = self._is_text = False
        self._text = ""

    def start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "table":
            self._sheet = self.found.setdefault(told.get("name", ""), Marks())
            self._row = 0
        elif tag == "table-row":
            self._rows = int(told.get("number-rows-repeated", 1))
            self._column = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._columns = int(told.get("number-columns-repeated", 1))
            self._is_error = told.get("value-type") == "error"
            self._text = ""
            right = self._column + int(told.get("number-columns-spanned", 1)) - 1
            bottom = self._row + int(told.get("number-rows-spanned", 1)) - 1
            if self._sheet and (right > self._column or bottom > self._row):
                self._sheet.merged.append(((self._row, self._column), (bottom, right)))
        self._is_text = tag == "p"

    def text(self, text: str) -> None:
        if self._is_error and self._is_text:
            self._text += text

    def end(self, tag: str) -> None:
        self._is_text = False
        if tag in ("table-cell", "covered-table-cell"):
            if self._sheet and self._is_error and self._text:
                for row in range(self._row, self._row + min(self._rows, MOST_REPEATED)):
                    across = range(self._column, self._column + min(self._columns, MOST_REPEATED))
                    self._sheet.errors.setdefault(row, []).extend((n, self._text) for n in across)
            self._column += self._columns
        elif tag == "table-row":
            self._row += self._rows
        elif tag == "table":
            self._sheet = None
