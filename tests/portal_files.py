"""Small look-alikes of the portal's two exports, made from the shipped facts of one day."""

from datetime import datetime

import pandas as pd
import xlsxwriter

from kkb.ingest import portal
from tests.conftest import FACTS

DAY = "2022-10-27"


def rows(kind, day=DAY):
    """One day's rows as the portal writes them: header, upper-case places, blanks for zero, TRUE or blank."""
    file = {"rekap-klasifikasi": "kampung_kb_klasifikasi.csv", "rekap-kampung": "kampung_kb_rekap.csv"}[kind]
    facts = pd.read_csv(FACTS / file, dtype={"kode_desa": "str"}).query("tanggal == @day")
    names = pd.read_csv(FACTS / "desa.csv", dtype="str").set_index("kode_desa")
    districts = pd.read_csv(FACTS / "kecamatan.csv", dtype="str").set_index("kode_kecamatan")["nama_kecamatan"]
    header = ["No", *portal.PLACE, *portal.KINDS[kind]]
    body = []
    for row in facts.to_dict("records"):
        village = names.loc[row["kode_desa"]]
        place = ["", row["nama_kampung_kb"], "KALIMANTAN SELATAN", "TABALONG"]
        place += [districts[village["kode_kecamatan"]].upper(), village["nama_desa"].upper()]
        cells = [row[c] for c in portal.KINDS[kind].values()]
        body.append(place + ["" if pd.isna(c) else c.capitalize() if isinstance(c, str) else c for c in cells])
    return [header, *body]


def write(path, table, above=0, made=DAY):
    """Write rows as a workbook made on a day, with empty rows and a title above the header."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.fromisoformat(made)})
        sheet = book.add_worksheet("Worksheet")
        if above:
            sheet.write(above - 1, 0, "Rekapitulasi")
        for n, row in enumerate(table, above):
            for m, cell in enumerate(row):
                if cell != "":
                    sheet.write(n, m, cell)
    return path
