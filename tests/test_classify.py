"""`python -m kkb classify` on look-alikes, and on the real national exports where they are at hand."""

import random

import pandas as pd
import pytest

from kkb.__main__ import main
from kkb.config import ROOT
from tests import portal_files

SAMPLES = ROOT.parent / "shared" / "samples"
NATIONAL = [SAMPLES / f"portal_{kind}_2022-10-27.xlsx" for kind in ("rekap-klasifikasi", "rekap-kampung")]


@pytest.fixture
def files(tmp_path):
    kinds = ("rekap-klasifikasi", "rekap-kampung")
    return [portal_files.write(tmp_path / f"{kind}.xlsx", portal_files.rows(kind)) for kind in kinds]


def run(capsys, *arguments):
    code = main(["classify", *(str(a) for a in arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def agreement(text):
    """Column -> (same, of, cannot be counted), from the printed table."""
    found = {}
    for line in text.splitlines():
        parts = line.replace(".", "").split()
        if len(parts) == 5 and parts[1].isdigit():
            found[parts[0]] = tuple(int(parts[n]) for n in (1, 2, 4))
    return found


def test_scores_alone_give_indices_and_class(capsys, files):
    code, out, _err = run(capsys, files[0])
    assert code == 0
    assert agreement(out)["klasifikasi"] == (24, 24, 0)
    assert "Perbedaan: 0" in out


def test_both_exports_of_a_day_give_every_item_that_the_recap_can_tell(capsys, files):
    code, out, _err = run(capsys, *files)
    told = agreement(out)
    assert code == 0
    assert told["skor_cpr"] == told["skor_mkjp"] == told["skor_unmet_need"] == (24, 24, 0)
    assert told["skor_lintas_sektor"] == (0, 0, 24)
    assert "Perbedaan: 0" in out


def test_a_recap_alone_says_which_classes_are_certain(capsys, files):
    code, out, _err = run(capsys, files[1])
    assert code == 0
    assert "Laporan KB kosong: 6" in out
    assert "Kelas yang pasti dari rekap saja" in out


def test_each_disagreement_is_listed_with_its_place(capsys, tmp_path):
    rows = portal_files.rows("rekap-klasifikasi")
    rows[1][rows[0].index("Klasifikasi")] = "Berkelanjutan"
    rows[2][rows[0].index("Index Proses")] = 1.0
    code, out, _err = run(capsys, portal_files.write(tmp_path / "a.xlsx", rows))
    assert code == 0
    assert agreement(out)["klasifikasi"] == (23, 24, 0)
    assert "Perbedaan: 2" in out
    assert "klasifikasi terbit berkelanjutan, hitungan" in out
    assert f"{rows[2][5]}, {rows[2][4]}, TABALONG, KALIMANTAN SELATAN" in out


def test_the_order_of_rows_never_matters(capsys, tmp_path):
    written = []
    for seed in (None, 1):
        paths = []
        for kind in ("rekap-klasifikasi", "rekap-kampung"):
            header, *body = portal_files.rows(kind)
            if seed:
                random.Random(seed).shuffle(body)
            paths.append(portal_files.write(tmp_path / f"{kind}.xlsx", [header, *body]))
        out = tmp_path / f"{seed}.csv"
        assert run(capsys, *paths, "--out", out)[0] == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert written[0].count(b"\r\n") + written[0].count(b"\n") >= 25


def test_rows_that_occur_twice_are_set_apart_and_told(capsys, tmp_path):
    paths = []
    for kind in ("rekap-klasifikasi", "rekap-kampung"):
        rows = portal_files.rows(kind)
        paths.append(portal_files.write(tmp_path / f"{kind}.xlsx", [*rows, rows[1]]))
    code, out, _err = run(capsys, *paths)
    assert code == 0
    assert "Tidak dibandingkan: 2 baris rekap-klasifikasi yang nama dan tempatnya berulang" in out
    assert agreement(out)["klasifikasi"] == (23, 23, 0)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (lambda f: [f[0], f[0]], "lebih dari sekali"),
        (lambda f: [f[0], "--per", "2020-01-01"], "Tidak ada aturan klasifikasi yang berlaku pada 1 Januari 2020"),
        (lambda f: [f[0], "--out", f[0]], "menunjuk berkas masukan"),
        (lambda f: [f[0], "--out", f[0].parent / "tidak-ada" / "a.csv"], "tidak dapat ditulis"),
        (lambda f: [f[0].parent / "x.xlsx"], "tidak dapat dibaca"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(capsys, files, arguments, told):
    before = files[0].read_bytes()
    code, _out, err = run(capsys, *arguments(files))
    assert code == 1
    assert told in err
    assert files[0].read_bytes() == before


@pytest.mark.skipif(not NATIONAL[0].exists(), reason="the portal's national exports are not shipped")
def test_the_national_exports_agree(capsys, tmp_path):
    code, out, _err = run(capsys, *NATIONAL, "--out", tmp_path / "hasil.csv")
    told = agreement(out)
    assert code == 0
    exact = ["skor_pokja", "skor_plkb_regulasi", "skor_operasional", "skor_partisipasi_poktan", "skor_cpr", "skor_mkjp"]
    for column in (*exact, "indeks_input", "indeks_proses", "indeks_output", "klasifikasi"):
        assert told[column] == (17_731, 17_731, 0), column
    assert told["skor_unmet_need"] == (17_697, 17_731, 0)
    assert told["skor_sumber_dana"] == (8_501, 8_501, 9_230)
    assert told["skor_penggunaan_data"] == (10_183, 10_183, 7_548)
    assert "Perbedaan: 34" in out
    hasil = pd.read_csv(tmp_path / "hasil.csv", sep=";", decimal=",", dtype="str")
    assert len(hasil) == 17_731
