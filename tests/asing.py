"""Text that means harm or mischief, in every place where a file can hold text; brought in as staff would."""

import csv

import xlsxwriter

from kkb import terima
from kkb.ingest.pilihan import Choices
from kkb.teks import one_line
from tests import portal_files
from tests.conftest import FACTS

LATER = "2023-10-31"
HARM = "window.dirusak=1"
TEXTS = (
    f"<img src=x onerror={HARM}>",
    f"<script>{HARM}</script>",
    f'"><svg onload={HARM}>',
    f"</script><script>{HARM}</script>",
    "{{7*7}} {% raw %} {{ this.get_name() }}",
    "`${7*7}` dan `kode`",
    "**tebal** _miring_ ~~coret~~",
    f"[klik](javascript:{HARM}) ![g](http://gambar.example/x.png)",
    "https://luar.example/a www.luar.example siti@luar.example",
    ":red[x] :blue-background[y] :small[z]",
    "$x^2$ dan $$y$$ dan harga $5",
    ":material/home: :material_home: :smile: :streamlit:",
    "a -> b <- c <-> d -- e >= f <= g",
    '=HYPERLINK("http://luar.example")',
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=2+2",
    "'; DROP TABLE desa; --",
    '"; DROP TABLE desa; --',
    "# judul",
    "2024. daftar",
    "baris\n\n    kode\n\n# dua",
    "\u202ekilab\u202c",
    "tanpa\u200blebar\u00ad\ufeff",
    "\ue000img src=x onerror=1\ue001",
    "\x1b[31mmerah\x07",
    "&lt;b&gt; &amp; &#58;",
    "a\\*b\\",
    "%s %(x)s {0} {nama}",
    "panjang " * 250,
)
SHOWN = tuple(one_line(t)[:300].strip() for t in TEXTS)
"""The same as they must be seen: on one line, without what cannot be seen, no longer than what is kept."""
FILE_NAME = f"**x** [k](javascript_1) :red[x] $y^2$ <img src=x onerror={HARM}> {{{{7*7}}}} =1+1 \u202evsc..csv"
WHO = f"=HYPERLINK(1) <img src=x onerror={HARM}> **Siti** :red[x]"
NOTE = "@SUM(1) [klik](javascript:alert(1)) $x^2$ \u202ekilab\n\nbaris"
WITHOUT_STATUS = "6309032004"
WITH_STATUS = "6309082004"


def exports(folder):
    """Both exports of the portal with such texts as names of Kampung KB."""
    made = []
    for kind in ("rekap-klasifikasi", "rekap-kampung"):
        rows = portal_files.rows(kind)
        for n, row in enumerate(rows[1:]):
            row[1] = TEXTS[n % len(TEXTS)]
        made.append(workbook(folder / f"{kind}.xlsx", rows))
    return made


def workbook(path, rows):
    """Rows as a workbook in which no text is a formula."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Data")
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                if cell != "":
                    sheet.write(n, m, cell)
    return path


def text_file(path, rows):
    """Rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def tables(folder, villages):
    """The other kinds of tables with such texts wherever text may stand."""
    one_each = list(zip(villages, TEXTS, strict=False))
    decrees = [[WITHOUT_STATUS, "sudah", "15/09/2023", TEXTS[7]], [WITH_STATUS, "sudah", "1/9/2023", TEXTS[10]]]
    return [
        text_file(
            folder / FILE_NAME,
            [
                ["kode_desa", "kode_indikator", "tahun", "nilai", "sumber"],
                *([v, "LG01", "2024", str(n), t] for n, (v, t) in enumerate(one_each)),
                *([v, "LG02", "2024", "5", TEXTS[7]] for v in villages[:3]),
            ],
        ),
        text_file(
            folder / "kegiatan.csv",
            [
                ["kode_desa", "tanggal", "kegiatan", "opd", "sumber_dana", "keterangan", "sumber"],
                *([v, "2024-08-17", t, t, t, t, t] for v, t in one_each),
            ],
        ),
        text_file(
            folder / "sk.csv", [["kode_desa", "status", "tanggal_sk", "nomor_sk"], *([*d[:3], d[3]] for d in decrees)]
        ),
        text_file(
            folder / "target.csv",
            [["kode_desa", "kode_indikator", "tahun", "target", "sumber"], ["6309", "KKB01", 2030, 100, TEXTS[0]]],
        ),
        workbook(
            folder / "indeks.xlsx",
            [
                ["kode_desa", "dld", "ds", "de", "dl", "da", "dtkpd", "skor", "status", "tahun", "sumber"],
                *([v, 80, 70, 60, 50, 40, 30, 55.5, "BERKEMBANG", 2025, t] for v, t in one_each[:3]),
            ],
        ),
    ]


def bring(folder, var, villages):
    """Check and publish all of them; returns the reports, by name of the file."""
    found = {}
    for path in [*exports(folder), *tables(folder, villages)]:
        choices = Choices(as_of=LATER if path.name.startswith(("rekap", "sk")) else None)
        report = terima.prepare(path, choices, FACTS, var)
        assert report.contribution.problems == (), [str(p) for p in report.contribution.problems]
        terima.publish(report, WHO, NOTE, FACTS, var)
        found[path.name] = report
    return found
