"""What each office is to do for which village: the official formula, targets, and sums that agree everywhere."""

import re
import shutil
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kkb import format as fmt
from kkb import queries, store
from kkb.build import build, facts
from kkb.compute import capaian, lintas
from kkb.compute.capaian import Target, band, decimals, of_year, percent
from kkb.errors import FactError
from kkb.ingest.pilihan import Choices
from kkb.naskah import lintas as naskah
from kkb.rapat import susun
from kkb.report import contoh
from kkb.rows import by
from kkb.selection import Options, Selection, parse, to_query
from kkb.terima import prepare, publish
from kkb.ui import parts
from tests import golden, halaman
from tests.conftest import FACTS
from tests.jalur import board

DAY = "2023-08-28"


@pytest.mark.parametrize(
    ("value", "target", "is_rising", "colour"),
    [
        (100, 100, True, "hijau"),
        (100.01, 100, True, "biru"),
        (0.7, 0.8, True, "hijau"),  # 87.49999999999999 in floating point
        (87.49, 100, True, "kuning"),
        (0.3, 0.4, True, "kuning"),  # 74.99999999999999
        (74.99, 100, True, "merah"),
        (0, 100, True, "merah"),
        (7.4, 7.4, False, "hijau"),
        (7.39, 7.4, False, "biru"),
        (0, 7.4, False, "biru"),
        (9, 8, False, "hijau"),
        (0.45, 0.4, False, "hijau"),  # 87.49999999999997
        (9.01, 8, False, "kuning"),
        (9.25, 7.4, False, "kuning"),
        (9.26, 7.4, False, "merah"),
        (23.1, 14, False, "merah"),
    ],
)
def test_the_borders_of_the_official_colours(value, target, is_rising, colour):
    assert band(percent(value, target, is_rising=is_rising)) == colour


def test_the_formula_of_the_decree_for_what_should_fall():
    assert percent(23.1, 14, is_rising=False) == pytest.approx(35.0)
    assert percent(30, 14, is_rising=False) < 0
    assert percent(24, 131, is_rising=True) == pytest.approx(18.3206, abs=1e-4)


@pytest.mark.parametrize(("value", "target"), [(5, 0), (5, None), (None, 5), (5, float("nan")), (float("nan"), 5)])
def test_without_a_target_or_with_zero_there_is_no_percentage(value, target):
    assert percent(value, target, is_rising=True) is None
    assert percent(value, target, is_rising=False) is None


@given(st.floats(-50, 250), st.sampled_from([0, 75, 87.5, 100]), st.floats(-0.06, 0.06))
def test_what_is_read_has_the_colour_it_is_given(anywhere, border, near):
    for value in (anywhere, border + near):
        shown = fmt.number(value, decimals(value)).replace(".", "").replace(",", ".")
        assert band(float(shown)) == band(value)


def row(area, year, target):
    return {"kode_wilayah": area, "tahun": year, "target": target, "satuan": "%", "sumber": "S", "url": None}


def test_the_nearest_area_and_the_year_of_the_data_decide_which_target_holds():
    rows = [row("00", 2024, 90), row("6309", 2023, 40), row("6309", 2025, 60), row("6309", 2027, 80)]
    areas = ["630901", "6309", "00"]
    assert [of_year(rows, areas, y).value for y in (2022, 2023, 2024, 2025, 2026, 2030)] == [40, 40, 60, 60, 80, 80]
    assert of_year([*rows, row("630901", 2020, 10)], areas, 2024).value == 10
    assert of_year(rows[:1], areas, 2030).is_national
    assert of_year([], areas, 2024) is None
    assert of_year([row("00", pd.NA, 3)], areas, 2024).year is None


def test_a_target_says_whose_it_is_and_that_its_year_is_past():
    percent_ = {"satuan": "%"}
    national = Target(63.41, 2024, "00", "%", None, "https://x")
    assert naskah.target(national, percent_, False, 2026) == "target nasional 63,41% (tahun 2024, sudah lewat)"
    assert naskah.target(national, percent_, False, 2024) == "target nasional 63,41% (tahun 2024)"
    own = replace(national, area="6309", value=131, unit="desa/kelurahan")
    assert naskah.target(own, percent_, False, 2024) == "target kabupaten 131 desa/kelurahan (tahun 2024)"
    assert naskah.target(replace(national, year=None, value=21), percent_, True, 2026) == "ambang kelas 21%"
    assert naskah.target(None, percent_, False, 2026) == "belum ada target"


def test_an_address_keeps_office_and_aim_and_refuses_others():
    options = Options(frozenset(), {}, {"KKB00": (DAY,)}, frozenset({"DINKES"}), frozenset({"1", "2"}))
    chosen = Selection(opd="DINKES", sasaran="2")
    assert to_query(chosen) == {"opd": "DINKES", "sasaran": "2"}
    assert parse(to_query(chosen), options) == chosen
    odd = parse({"opd": "dinkes<b>", "sasaran": "9"}, options)
    assert (odd.opd, odd.sasaran) == (None, None)
    assert [n.parameter for n in odd.notes] == ["opd", "sasaran"]


def test_every_item_below_its_pass_mark_is_a_task_and_an_empty_report_is_none(warehouse):
    scores = queries.item_scores(warehouse, DAY)
    known = scores["keadaan"] == "ada"
    tasks = lintas.item_tasks(board(warehouse))
    low = scores[known & (scores["nilai"] < 3)]
    done = {(t.village, t.code) for t in tasks if t.kind == "butir"}
    assert done == set(zip(low["kode_desa"], low["kode_indikator"], strict=True))
    silent = scores[~known]
    told = {(t.village, t.code) for t in tasks if t.kind == "lapor"}
    assert told == set(zip(silent["kode_desa"], silent["kode_indikator"], strict=True))
    assert len({v for v, _code in told}) == 5


def test_the_effect_of_a_task_is_that_of_the_class_rule(warehouse):
    known = board(warehouse)
    bilas = next(v for v in known.villages if v.name == "Bilas")
    tasks = [t for t in lintas.item_tasks(known) if t.village == bilas.code and t.kind == "butir"]
    assert bilas.kelas == "mandiri"
    assert {t.code for t in tasks if t.lifts and t.after == "berkelanjutan"}
    assert lintas.class_when_done(known, tasks) == ("mandiri", "berkelanjutan")
    assert lintas.class_when_done(known, []) is None


def values(**figures):
    """One village a name; None did not report."""
    return pd.DataFrame(
        {
            "kode_desa": [f"63090120{n:02d}" for n in range(len(figures))],
            "nama_desa": list(figures),
            "kode_kecamatan": "630901",
            "nama_kecamatan": "X",
            "nilai": list(figures.values()),
            "kelas": None,
            "keadaan": ["belum_melapor" if v is None else "ada" for v in figures.values()],
        }
    )


@pytest.mark.parametrize(("direction", "missed"), [("naik", ["A"]), ("turun", ["C"])])
def test_a_village_misses_a_target_on_one_side_only_and_silence_is_neither(direction, missed):
    indicator = {"kode_indikator": "LG02", "arah": direction, "satuan": "%", "skema_peta": "LG02"}
    tasks = lintas.figure_tasks(values(A=89.9, B=90.0, C=90.1, D=None), indicator, lambda _village: 90.0, {})
    assert [t.name for t in tasks if t.kind == "target"] == missed
    assert [t.name for t in tasks if t.kind == "lapor"] == ["D"]


def test_what_a_class_item_says_already_is_no_second_task(warehouse):
    rule = board(warehouse).rule
    indicator = {"kode_indikator": "PK01", "arah": "naik", "satuan": "%", "skema_peta": "PK01"}
    limit = Target(21, None, "00", "%", None, None)
    assert not lintas.gives_tasks(indicator, limit, rule)
    assert lintas.gives_tasks(indicator, replace(limit, area="6309", year=2026, value=40), rule)
    assert not lintas.gives_tasks({**indicator, "skema_peta": "skor"}, limit, rule)


def test_every_indicator_has_one_main_office_and_every_item_an_office(warehouse):
    duties = queries.duties(warehouse)
    main = duties[duties["peran"] == "utama"]
    assert sorted(main["kode_indikator"]) == sorted(queries.indicators(warehouse)["kode_indikator"])
    assert duties["is_usulan"].all()
    assert queries.offices(warehouse)["is_usulan"].all()
    assert by(queries.indicators(warehouse), "kode_indikator")["SK10"]["opd"] == "DP3AP2KB; Dinkes"


def test_an_indicator_without_a_main_office_or_with_an_unknown_one_stops_the_build(tmp_path, golden_facts):
    folder = golden.write(FACTS, tmp_path / "a")
    golden.edit(folder, "indikator_opd.csv", 0, "peran", "pendukung")
    facts.refresh_fingerprints(folder)
    with pytest.raises(FactError, match="tepat satu perangkat daerah"):
        build(folder, tmp_path / "var")
    golden.edit(folder, "indikator_opd.csv", 0, "kode_opd", "DINASKU")
    facts.refresh_fingerprints(folder)
    with pytest.raises(FactError, match=r"indikator_opd.csv.*opd.csv"):
        build(folder, tmp_path / "var")


def test_what_all_share_reaches_each_office_once():
    duties = pd.DataFrame(
        [("SK08", "B", "utama"), ("SK08", "SEMUA", "pendukung"), ("AA01", "C", "utama")],
        columns=["kode_indikator", "kode_opd", "peran"],
    )
    kinds = {"B": "perangkat_daerah", "C": "perangkat_daerah", "D": "pemerintah_desa", "SEMUA": "bersama"}
    held = lintas.held(duties, {code: {"jenis": kind} for code, kind in kinds.items()})
    assert held["B"] == {"SK08": "utama"}
    assert held["C"] == {"AA01": "utama", "SK08": "bersama"}
    assert (held["D"], held["SEMUA"]) == ({}, {"SK08": "pendukung"})


def test_the_inpres_has_four_aims_eight_programmes_and_59_activities(warehouse):
    table = queries.activities(warehouse)
    assert (table["kode_sasaran"].nunique(), table["kode_program"].nunique(), len(table)) == (4, 8, 59)
    assert not [r for r in table.to_dict("records") if r["kode_kegiatan"][0] != r["kode_sasaran"]]


@pytest.mark.parametrize(("code", "rows"), [("LG02", 144), ("ST01", 1)])
def test_a_template_names_its_indicator_in_every_row(tmp_path, code, rows):
    path = tmp_path / "contoh.xlsx"
    path.write_bytes(contoh.workbook("nilai", facts.load(FACTS), code))
    table = pd.DataFrame(load_workbook(path).worksheets[0].values)
    table = table[1:].set_axis(list(table.iloc[0]), axis=1)
    assert len(table) == rows
    assert set(table["kode_indikator"]) == {code}
    assert table["kode_desa"].iloc[0] == "6309"


@pytest.fixture
def open_page(monkeypatch, published):
    """Opens the page on the real warehouse, or on another data folder."""

    def opened(folder=published, **query):
        monkeypatch.setenv("KKB_DATA", str(folder))
        app = halaman.opened("lintas_sektor", **query)
        assert not app.error
        return app

    return opened


@pytest.fixture
def files(monkeypatch):
    """The tables behind the download buttons of the page opened next, by key."""
    taken = {}

    def take(rows, *, key, title, file_name, notes):
        taken[key] = rows() if callable(rows) else rows

    monkeypatch.setattr("kkb.ui.parts.downloads", take)
    assert parts.downloads is take
    return taken


def html(app):
    return "\n".join(str(e.proto.body) for e in app.get("html"))


WORK = ("butir kelas", "target", "belum ada")


@pytest.mark.parametrize("query", [{}, {"kecamatan": "630903"}, {"sasaran": "3"}, {"tanggal": "2022-06-13"}])
def test_list_of_offices_lists_of_villages_and_files_have_the_same_sums(open_page, files, warehouse, query):
    names = by(queries.offices(warehouse), "kode_opd")
    app = open_page(**query)
    body, everyone = html(app), files["lintas-tugas"]
    counted = dict(re.findall(r"opd=(\w+)[^>]*>[^<]*</a>.*?(?:<b>(\d+) tugas di|belum ada tugas)", body))
    counted = {k: int(n or 0) for k, n in counted.items()}
    distinct = everyone[everyone["Jenis tugas"].isin(WORK)].drop_duplicates(["Kode", "Kode indikator", "Jenis tugas"])
    assert f": {len(distinct)} tugas bagi" in app.title[0].value
    assert f" di {distinct['Kode'].nunique()} desa/kelurahan" in app.title[0].value
    for code in ("DP3AP2KB", "DINKES", "DPMD", "PEMDES", "BAPPERIDA"):
        if code not in counted:
            continue
        own = open_page(**query, opd=code)
        table = files["lintas-tugas"]
        mine = table[table["Jenis tugas"].isin(WORK) & (table["Peran"] != "bersama semua perangkat daerah")]
        name = names[code]["singkatan"]
        assert len(mine) == counted[code]
        assert len(everyone[everyone["Jenis tugas"].isin(WORK) & everyone.iloc[:, 3].eq(name)]) == counted[code]
        shown = html(own)
        gaps = [int(n) for n in re.findall(r">(\d+) (?:Kampung KB|desa/kelurahan):? [^<]*</a>", shown)]
        lines = len(re.findall(r"text-indent:-.6rem", shown))
        shared = table[table["Jenis tugas"].isin(WORK) & (table["Peran"] == "bersama semua perangkat daerah")]
        assert lines == len(mine) + len(shared)
        assert sum(gaps) >= len(mine)


def test_the_figures_agree_with_the_list_and_hide_nothing(open_page, files, warehouse):
    open_page()
    table = files["lintas-capaian"].set_index("Kode indikator")
    catalogue = set(queries.indicators(warehouse)["kode_indikator"])
    assert set(table.index) == catalogue - {"KKB00", "KKB02"}
    assert table.loc["LG02", "Keadaan data"] == "belum ada data"
    assert pd.isna(table.loc["LG02", "Nilai"])
    assert (table.loc["ST01", "Nilai"], table.loc["ST01", "Warna"]) == (23.1, "merah")
    assert table.loc["ST01", "Tingkat"] == "angka kabupaten"
    assert table.loc["KKB01", "% target"] == pytest.approx(2400 / 131, abs=1e-5)
    assert tuple(table.loc["KB01", ["Memiliki nilai", "Seluruhnya"]]) == (20, 24)
    tasks = files["lintas-tugas"]
    for code in ("KB03", "SK11", "KKB09"):
        of = tasks[(tasks["Kode indikator"] == code) & tasks["Jenis tugas"].isin(WORK)]
        assert table.loc[code, "Desa/kelurahan dengan tugas"] == of["Kode"].nunique()


def test_survey_and_routine_stunting_stand_apart(open_page):
    body = html(open_page(opd="DINKES", tanggal="2023-08-28"))
    assert "18,1%" in body
    assert "7,46%" in body
    assert "angka kabupaten · survei · 2023" in body
    assert "peta?indikator=ST0" not in body


def test_an_office_without_data_says_so_and_has_its_templates(open_page):
    app = open_page(opd="PUPR")
    assert app.title[0].value == "PUPR: 5 indikatornya belum ada data, sehingga tugasnya belum dapat dihitung"
    labels = [b.proto.label for b in app.get("download_button")]
    assert [x for x in labels if x.startswith("Contoh isian")] == [
        f"Contoh isian {c}" for c in ("LG01", "LG02", "LG03", "LG04", "ST03")
    ]


def test_the_status_belongs_to_an_office_and_leads_to_its_villages(open_page, files):
    app = open_page(opd="KECAMATAN")
    assert app.title[0].value == "Kecamatan: 107 desa/kelurahan belum Kampung KB"
    assert len(files["lintas-tugas"]) == 107
    assert "kecamatan=630903&amp;opd=KECAMATAN" in html(app)
    one = open_page(opd="KECAMATAN", kecamatan="630903")
    assert one.title[0].value == "Kecamatan: 12 desa/kelurahan belum Kampung KB"
    assert html(one).count('href="desa?') == 12


@pytest.mark.parametrize("query", [{"opd": "XX"}, {"sasaran": "8"}])
def test_an_unknown_office_shows_all_with_a_note(open_page, query):
    app = open_page(**query)
    assert "106 tugas bagi 5 perangkat daerah" in app.title[0].value
    assert "tidak dikenali" in app.warning[0].value


@pytest.mark.parametrize("office", ["DP3AP2KB", "PERTANIAN", "SEMUA", "DPMD"])
def test_offices_open_in_english(open_page, office):
    app = open_page(opd=office, bahasa="en")
    body = html(app) + app.title[0].value
    assert not re.search(r"\b(tugas|belum|desa/kelurahan|ambang|lewat|utama)\b", body)


def test_the_small_kabupaten_and_one_without_kampung_kb(open_page, golden_published, tmp_path, monkeypatch):
    assert "17 belum Kampung KB" in open_page(golden_published).title[0].value
    facts_dir = golden.write(FACTS, tmp_path / "data", empty=True)
    build(facts_dir, tmp_path / "var")
    monkeypatch.setenv("KKB_DATA", str(tmp_path / "var"))
    app = halaman.opened("lintas_sektor")
    assert not app.exception
    assert "Belum ada tanggal data Kampung KB" in app.error[0].value


def test_figures_that_an_office_brings_become_its_tasks(open_page, tmp_path, files):
    var = tmp_path / "var"
    build(FACTS, var)
    path = tmp_path / "jamban.xlsx"
    path.write_bytes(contoh.workbook("nilai", facts.load(FACTS), "LG02"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {c.value: c.column for c in sheet[1]}
    for line, value in ((20, 95), (21, 90), (22, 42.5), (23, 0)):
        for name, cell in (("periode", "2025"), ("nilai", value), ("sumber", "Uji")):
            sheet.cell(line, heads[name]).value = cell
    book.save(path)
    publish(prepare(path, Choices(as_of="2025-12-31"), FACTS, var), "uji", "", FACTS, var)
    app = open_page(var, opd="PUPR")
    assert app.title[0].value == "PUPR: 2 tugas di 2 desa/kelurahan"
    kinds = files["lintas-tugas"]["Jenis tugas"].value_counts()
    assert (kinds["target"], kinds["belum melapor"]) == (2, 127)
    assert "4 dari 131 memiliki nilai" in html(app)
    assert f"target nasional 90% (tahun 2024{', sudah lewat' if date.today().year > 2024 else ''})" in html(app)


def test_is_missed_leaves_room_for_floating_point_only():
    assert not capaian.is_missed(0.1 + 0.2, 0.3, is_rising=False)
    assert capaian.is_missed(0.3001, 0.3, is_rising=False)


@pytest.mark.parametrize("district", [None, "630903"])
def test_the_sheet_of_an_office_in_the_pack_says_what_its_page_says(open_page, published, district):
    pack = susun.pack(store.current(published), district, None, date(2026, 11, 28))
    sheets = [s for s in pack.sheets if s.part == "opd"]
    assert len(sheets) == 5
    for sheet in sheets:
        app = open_page(**sheet.choice)
        assert app.title[0].value == sheet.title
        assert f"Daftar tugas per desa/kelurahan: {sheet.grid.rows.iloc[:, :2].drop_duplicates().shape[0]}" in [
            h.value for h in app.header
        ]
        gaps = "".join(h.proto.body for h in app.get("html"))
        assert [p for p in sheet.points[1:] if "belum melapor" not in p and p.rstrip(".") not in gaps] == []


def test_a_target_in_percent_of_villages_is_told_as_their_number(published, tmp_path, monkeypatch):
    var = shutil.copytree(published, tmp_path / "var")
    path = tmp_path / "target.csv"
    path.write_text("kode_wilayah;kode_indikator;tahun;target;sumber\n6309;KKB01;2030;80;RPJMD\n")
    publish(prepare(path, Choices(), FACTS, var), "uji", "", FACTS, var)
    assert queries.target(store.current(var), "KKB01")["target"].tolist() == [131, 105]
    monkeypatch.setenv("KKB_DATA", str(var))
    assert halaman.opened("target").title[0].value == "Kurang 81 desa/kelurahan untuk mencapai target 2030"
    sheet = susun.pack(store.current(var), None, None, date(2026, 11, 28)).sheet("kabupaten/target")
    assert "Target 105 pada 2030: RPJMD." in sheet.source
