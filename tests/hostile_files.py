"""Files made to harm whoever reads them: small on disk and huge in memory, without end, or lying about themselves."""

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def zipped(parts, level=6):
    """A zip of parts; a part is text, bytes, or chunks of bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in parts.items():
            if isinstance(part, str | bytes):
                archive.writestr(name, part)
            else:
                with archive.open(name, "w", force_zip64=True) as packed:
                    for chunk in part:
                        packed.write(chunk)
    return content.getvalue()


def xlsx(rows="", *, before="", after="", names=("Data",), hidden=(), more=None, sheet=None):
    """A workbook whose sheets all hold the same: `rows` in sheetData and `after` behind it, or the whole `sheet`."""
    xml = sheet or f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    listed = "".join(
        f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"{f" state={chr(34)}{hidden[i - 1]}{chr(34)}" if hidden else ""}/>'
        for i, n in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        for i, _ in enumerate(names, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            "xl/worksheets/sheet1.xml": xml,
            **(more or {}),
        }
    )


def ods(rows, *, before="", more=None, sheet='table:name="Data"'):
    """A text document of LibreOffice with one sheet."""
    spaces = " ".join(f'xmlns:{n}="{ODF}:{n}:1.0"' for n in ("office", "table", "text", "style"))
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    body = (
        f"<office:body><office:spreadsheet><table:table {sheet}>{rows}</table:table></office:spreadsheet></office:body>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>',
            "content.xml": f"{before}<office:document-content {spaces}>{body}</office:document-content>",
            **(more or {}),
        }
    )


def cell(text, more=""):
    """A cell of an ods file."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def record(code, body=b""):
    """A record of an xls stream."""
    return struct.pack("<HH", code, len(body)) + body


def number(row, column, value):
    """A record of a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def error(row, column, code):
    """A record of an error cell."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def xls(records, *, globals_=b"", stream="Workbook"):
    """An xls file with one sheet, Data, of these records."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 0)) + globals_
    name = b"\x04\x00Data"
    offset = len(begin) + 4 + 6 + len(name) + 4
    book = begin + record(0x0085, struct.pack("<IBB", offset, 0, 0) + name) + record(0x000A)
    book += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 0)) + records + record(0x000A)
    return compound({stream: book})


def compound(streams):
    """A compound file (OLE) of one stream."""
    ((name, content),) = streams.items()
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    sectors = len(content) // 512
    tables = -(-(sectors + 1) // 127)
    links = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    links += [*range(tables + 2, tables + sectors + 1), 0xFFFFFFFE]
    links += [0xFFFFFFFF] * (tables * 128 - len(links))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    head += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))

    def entry(label, kind, child, first, size):
        told = label.encode("utf-16-le")
        return (
            told.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(told) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", first, size)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, tables + 1, len(content))
    directory = directory.ljust(512, b"\0")
    return head + struct.pack(f"<{len(links)}I", *links) + directory + content


def row(cells):
    """A row of an ods file."""
    return f"<table:table-row>{cells}</table:table-row>"


def repeated(text, times):
    """Chunks of about 1 MB that make up a text so many times."""
    chunk = text.encode() * max(1, 1_000_000 // len(text))
    whole, rest = divmod(times * len(text), len(chunk))
    yield from (chunk for _n in range(whole))
    yield chunk[:rest]


def around(start, middle, end):
    """Chunks of a part: a start, chunks in the middle, an end."""
    yield start.encode()
    yield from middle
    yield end.encode()


def sheet_of(middle):
    """A workbook whose sheet data comes in chunks."""
    head, tail = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
    return xlsx(sheet=around(head, middle, tail))


def shared(middle, count=1):
    """A workbook with shared texts in chunks; the first is in A1."""
    relation = f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    links = f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>{relation}'
    head = f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">'
    return xlsx(
        '<row><c t="s"><v>0</v></c></row>',
        more={
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            "xl/sharedStrings.xml": around(head, middle, "</sst>"),
        },
    )


def merged(ranges):
    """The XML behind the rows that merges these ranges."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{r}"/>' for r in ranges) + "</mergeCells>"


def changed(content, parts):
    """The same zip with some parts replaced by what a function makes of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: parts[name](part) if name in parts else part for name, part in old.items()})


def lying(content):
    """The same zip, whose directory and heads say that each part holds 10 bytes."""
    lies = bytearray(content)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = lies.find(mark)
        while place >= 0:
            lies[place + at : place + at + 4] = struct.pack("<I", 10)
            place = lies.find(mark, place + 4)
    return bytes(lies)


def looped(content):
    """The same compound file, whose chain of sectors never ends."""
    loop = bytearray(content)
    loop[512 + 8 : 512 + 12] = struct.pack("<I", 2)
    return bytes(loop)


ZEROS = "0" * 1000
BILLIONS = 'table:number-columns-repeated="4000000000"'
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
CASES = {
    "far.xlsx": lambda: xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "far-down.xlsx": lambda: xlsx('<row r="1048576"><c r="A1048576"><v>1</v></c><c r="E1048576"><v>1</v></c></row>'),
    "far.xls": lambda: xls(number(0, 0, 1) + number(65535, 255, 2)),
    "far.ods": lambda: ods(
        row(cell("a"))
        + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
        + row('<table:table-cell table:number-columns-repeated="16383"/>' + cell("b"))
    ),
    "repeated-rows.ods": lambda: ods(
        f'<table:table-row table:number-rows-repeated="1048576">{cell("a")}{cell("b")}{cell("c")}</table:table-row>'
    ),
    "repeated-columns.ods": lambda: ods(row(cell("a", 'table:number-columns-repeated="16384"')) * 1000),
    "repeated-billions.ods": lambda: ods(
        f'<table:table-row table:number-rows-repeated="4000000000">{cell("a", BILLIONS)}</table:table-row>'
    ),
    "repeated-errors.ods": lambda: ods(
        (
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
            'calcext:value-type="error" table:number-columns-repeated="16384"><text:p>#N/A</text:p></table:table-cell>'
            "</table:table-row>"
        )
        * 50
    ),
    "laughs.xlsx": lambda: xlsx('<row><c t="str"><v>&j;</v></c></row>', before=LAUGHS),
    "laughs-error.xlsx": lambda: xlsx('<row><c t="e"><v>#N/A</v></c><c t="e"><v>&j;</v></c></row>', before=LAUGHS),
    "laughs.ods": lambda: ods(row(cell("&j;", 'table:number-columns-spanned="2"')), before=LAUGHS),
    "outside.xlsx": lambda: xlsx('<row><c t="str"><v>&x;</v></c></row>', before=OUTSIDE),
    "outside.ods": lambda: ods(row(cell("&x;", 'table:number-columns-spanned="2"')), before=OUTSIDE),
    "many-sheets.xlsx": lambda: xlsx("<row><c><v>1</v></c></row>", names=[f"L{n}" for n in range(100_000)]),
    "many-parts.zip": lambda: xlsx(more={f"x/{n}": "" for n in range(100_000)}),
    "swelling.xlsx": lambda: xlsx(more={"xl/media/a.png": repeated(ZEROS, 310_000)}),
    "swelling-sheet.xlsx": lambda: sheet_of(repeated("<row><c><v>1</v></c><c><v>2</v></c></row>", 5_000_000)),
    "swelling-texts.xlsx": lambda: shared(repeated("<si><t>a</t></si>", 10_000_000), 10_000_000),
    "swelling-text.xlsx": lambda: shared(around("<si><t>", repeated(ZEROS, 250_000), "</t></si>")),
    "lying-count.xlsx": lambda: shared(repeated("<si><t>a</t></si>", 1), 2**62),
    "lying-size.xlsx": lambda: lying(sheet_of(repeated("<row><c><v>1</v></c></row>", 3_000_000))),
    "lying-far.xlsx": lambda: xlsx(before="", after=merged(["A1:XFD1048576"])),
    "many-merged.xlsx": lambda: xlsx(
        "<row><c><v>1</v></c><c><v>2</v></c></row>" * 1000,
        after=merged(f"A{n % 900 + 1}:XFD1048576" for n in range(300_000)),
    ),
    "many-errors.xlsx": lambda: sheet_of(
        around(
            '<row><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
            repeated('<row><c t="e"><v>#N/A</v></c></row>', 500_000),
            "",
        )
    ),
    "deep.xlsx": lambda: sheet_of(repeated("<row><c><is>", 3_000_000)),
    "deep.ods": lambda: ods(row("<table:table-cell><text:p>" + "<text:span>" * 5_000_000)),
    "deep-spanned.ods": lambda: ods(
        row(cell("", 'table:number-columns-spanned="2"') + "<table:table-cell><text:p>" + "<text:span>" * 5_000_000)
    ),
    "looped.xls": lambda: looped(xls(number(0, 0, 1) * 4000)),
    "cut.xls": lambda: xls(number(0, 0, 1) * 4000)[:9000],
    "many-cells.xls": lambda: xls(b"".join(number(n % 65536, n % 250, 1) for n in range(370_000))),
    "lying-texts.xls": lambda: xls(number(0, 0, 1), globals_=record(0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1))),
    "merged.xls": lambda: xls(
        number(0, 0, 1) + record(0xE5, struct.pack("<H", 1026) + struct.pack("<HHHH", 0, 65535, 0, 255) * 1026) * 500
    ),
    "commas.csv": lambda: b"," * 40_000_000,
    "commas-lines.csv": lambda: (b"," * 100_000 + b"\n") * 400,
    "one-cell.csv": lambda: b"x" * 49_000_000,
    "one-quoted-cell.csv": lambda: b'"' + b"x\n" * 24_000_000,
    "columns.csv": lambda: b",".join(b"%d" % n for n in range(2_000_000)),
    "columns-quoted.csv": lambda: b'"\n",' * 9_000_000,
    "lines.csv": lambda: b"\n" * 49_000_000,
    "returns.csv": lambda: b"\r" * 49_000_000,
    "faces.csv": lambda: ("\U0001f600" * 2000 + ",\n").encode() * 6_000,
    "controls.csv": lambda: (b"\x01" * 4000 + b"\n") * 12_000,
    "wide-16.csv": lambda: ("a,b\n" * 6_000_000).encode("utf-16"),
    "too-large.csv": lambda: b"a,b\n" * 13_000_000,
}
"""Name of each file -> what makes its content."""
