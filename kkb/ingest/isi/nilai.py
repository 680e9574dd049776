"""Values of indicators, and their targets."""

from __future__ import annotations

from kkb.bahasa import _
from kkb.ingest import angka, waktu
from kkb.ingest.isi.pembaca import NO, YES, Reader, as_text, limits
from kkb.ingest.jenis import label
from kkb.ingest.tabel import Table


def _indicator(reader: Reader, table: Table, row: int, said: str = "") -> str | None:
    """The indicator a row or column is about; None when it is unknown, and that is told."""
    own = reader.text(table, row, "kode_indikator")
    code = said or reader.by_label.get(label(own)) if own else said or reader.choices.indicator
    if code is None:
        reader.wrong(table, row, "kode_indikator", _("kode indikator dari katalog, misalnya ST02"))
    return code


def values(reader: Reader) -> None:
    """Values of indicators: one column of them, or a column for each indicator or year."""
    for table, row, area in reader.rows():
        columns: list[tuple[int | str, tuple[str, str]]] = [*table.wide.items()] or [("nilai", ("", ""))]
        for column, (said, year) in columns:
            if column == "nilai" and not any(reader.text(table, row, c) for c in ("nilai", "pembilang", "penyebut")):
                reader.said.blank += 1
                continue
            if column != "nilai" and str(table.cell(row, int(column))).strip().casefold() in angka.NOTHING:
                reader.said.blank += 1
                continue
            code = _indicator(reader, table, row, said)
            if code is None or not _fits(reader, table, row, code, area):
                continue
            period = year or period_of(reader, table, row)
            value, over, under = _figure(reader, table, row, column, code)
            if period is None or value is None:
                continue
            record = {
                "kode_indikator": code,
                "kode_wilayah": area,
                "periode": period,
                "nilai": value,
                "pembilang": over,
                "penyebut": under,
                "sumber": reader.source(table, row),
            }
            reader.add("nilai_indikator", record, table, row)


def _fits(reader: Reader, table: Table, row: int, code: str, area: str) -> bool:
    """Whether values of an indicator may come from a file, and for such an area."""
    about = reader.indicators.loc[code]
    if about["tingkat"] == "kabupaten" and len(area) > 4:
        words = _("baris kabupaten saja: {code} berasal dari survei yang tidak berlaku per desa").format(code=code)
    elif isinstance(about["asal"], str) and len(area) == 10:
        words = _("indikator lain: nilai desa {code} dihitung dari {origin}").format(
            code=code, origin=about["asal"].split(".")[0]
        )
    else:
        return True
    column = "kode_indikator" if "kode_indikator" in table.columns else next(iter(table.wide), "nilai")
    reader.wrong(table, row, column, words)
    return False


def period_of(reader: Reader, table: Table, row: int) -> str | None:
    """The period of a row: year and month, or one column, or what was said of the file."""
    for name in ("periode", "tahun", "tanggal"):
        if name not in table.columns or not reader.text(table, row, name):
            continue
        found = waktu.period(table.cell(row, table.columns[name]))
        month = table.cell(row, table.columns["bulan"]) if "bulan" in table.columns else ""
        if found and len(found) == 4 and month != "":
            number = waktu.month(month)
            if number is None:
                reader.wrong(table, row, "bulan", _("bulan, angka 1 sampai 12 atau namanya"))
                return None
            found = f"{found}-{number:02}"
        if found is None:
            reader.wrong(table, row, name, _("tahun (2024), bulan (2024-08), atau tanggal (17/08/2024)"))
        return found
    if reader.choices.as_of is None:
        reader.wrong(table, row, "periode", _("masa data: kolom tahun atau periode, atau sebutkan tanggal data"))
    return reader.choices.as_of


def _figure(
    reader: Reader, table: Table, row: int, column: str | int, code: str
) -> tuple[float | None, float | None, float | None]:
    """Value, numerator, denominator; the value may follow from the other two."""
    about = reader.indicators.loc[code]
    unit = str(about["satuan"])
    if unit == "ya/tidak":
        place = table.columns.get(column) if isinstance(column, str) else column
        word = label(as_text(table.cell(row, place)).removesuffix(".0")) if place is not None else ""
        if word not in YES | NO:
            reader.wrong(table, row, column, _("ya atau tidak"))
            return None, None, None
        return float(word in YES), None, None
    low, high = limits(unit)
    value = reader.number(table, row, column, low, high)
    if column != "nilai":
        return value, None, None
    over = reader.number(table, row, "pembilang", 0, 1e9)
    under = reader.number(table, row, "penyebut", 0, 1e9)
    if over is not None and under is not None and unit == "%":
        if under == 0 or over > under:
            reader.wrong(table, row, "penyebut", _("penyebut lebih dari 0 dan tidak kurang dari pembilang"))
            return None, None, None
        share = 100 * over / under
        if value is not None and abs(share - value) > 0.1:
            reader.odd(
                table, row, "nilai", _("pembilang dibagi penyebut, {share}%").format(share=angka.plain(round(share, 2)))
            )
        value = share if value is None else value
    _look_at_fraction(reader, table, row, column, value, unit)
    return value, over, under


def _look_at_fraction(
    reader: Reader, table: Table, row: int, column: str | int, value: float | None, unit: str
) -> None:
    """A percentage below 1 in a column of percentages may be a fraction."""
    place = table.columns.get(column) if isinstance(column, str) else column
    if place is None or value is None or not unit.startswith("%") or not 0 < value < 1:
        return
    numbers = reader.numbers[reader.tables.index(table), place]
    if row in numbers.percent:
        return
    if numbers.percent:
        reader.wrong(table, row, place, _("semua sel dalam persen: 12,5 untuk 12,5%, bukan 0,125"))
    else:
        reader.odd(table, row, place, _("persen, 0 sampai 100; bila ini pecahan, kalikan 100"))


def targets(reader: Reader) -> None:
    """Targets by indicator, year and area."""
    for table, row, area in reader.rows():
        if not reader.text(table, row, "target"):
            reader.said.blank += 1
            continue
        code = _indicator(reader, table, row)
        if code is None:
            continue
        unit = str(reader.indicators.loc[code, "satuan"])
        value = reader.number(table, row, "target", *limits(unit))
        year = period_of(reader, table, row)
        if value is None or year is None:
            continue
        if len(year) != 4:
            reader.wrong(table, row, "tahun", _("tahun, 4 angka"))
            continue
        record = {"kode_indikator": code, "kode_wilayah": area, "tahun": year, "target": value, "satuan": unit}
        reader.add("target", {**record, "sumber": reader.source(table, row)}, table, row)
