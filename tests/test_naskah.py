"""The sentences, from the real numbers."""

import re

import pandas as pd
import pytest

from kkb import bahasa, maps, queries
from kkb.compute import ringkasan
from kkb.compute.ringkasan import Standing
from kkb.compute.target import Path
from kkb.naskah import peta, target
from kkb.naskah import ringkasan as naskah


def summary(warehouse):
    counts = queries.class_counts(warehouse)
    standing = ringkasan.standing(queries.comparison(warehouse, "2023-08-28"), "6309")
    return naskah.summary(
        naskah.coverage("Kabupaten Tabalong", 24, 131, "2023-08-28"),
        naskah.class_mix(ringkasan.at_period(counts, "2023-08-28"), 24),
        naskah.movement(queries.class_moves(warehouse, "2023-05-16", "2023-08-28"), "2023-05-16", "2023-08-28"),
        naskah.reporting(queries.reporting(warehouse, "2023-08-28")),
        naskah.position(standing, "Kabupaten Tabalong", "Kalimantan Selatan", "2023-08-28"),
    )


def test_the_written_summary_says_the_numbers(warehouse):
    text = summary(warehouse)
    for part in (
        "Sampai dengan 28 Agustus 2023, 24 dari 131 desa/kelurahan di Kabupaten Tabalong (18,3%)",
        "107 desa/kelurahan lainnya belum",
        "10 Dasar, 6 Berkembang, 4 Mandiri, dan 4 Berkelanjutan",
        "Antara 16 Mei 2023 dan 28 Agustus 2023, Habau Hulu (kini Berkembang) naik kelas.",
        "Menurut rekap portal per 12 Juni 2023, laporan KB terisi pada 20 dari 24 Kampung KB.",
        "Ampukung (Kelua), Mahe Seberang (Tanjung), Nawin (Haruai), dan Garagata (Jaro)",
        "Kabupaten Tabalong menempati peringkat 8 dari 13 kabupaten/kota di Kalimantan Selatan",
    ):
        assert part in text


def test_no_number_of_the_summary_is_lost_in_english(warehouse):
    def numbers(text):
        return sorted(re.findall(r"\d+", text.replace(",", ".")))

    indonesian = numbers(summary(warehouse))
    bahasa.use("en")
    english = summary(warehouse)
    assert numbers(english) == indonesian
    assert "desa/kelurahan di " not in english


def test_nothing_is_said_where_nothing_is_known():
    nothing = pd.DataFrame({"langkah": [], "nama_desa": [], "kelas_baru": []})
    assert naskah.position(None, "X", "Kalimantan Selatan", "2023-08-28") == ""
    assert "tidak ada Kampung KB yang berubah kelas" in naskah.movement(nothing, "2023-05-16", "2023-08-28")
    assert "tidak berubah" in naskah.movement(nothing, None, "2023-08-28")


def test_ties_are_told():
    assert "bersama 2 kabupaten/kota lain" in naskah.position(
        Standing(1, 13, 3), "X", "Kalimantan Selatan", "2023-08-28"
    )


def test_a_fall_is_told():
    moves = pd.DataFrame({"nama_desa": ["A", "B"], "kelas_baru": ["dasar", "mandiri"], "langkah": [-1, 1]})
    assert naskah.movement_title(moves, "2023-05-16") == "1 naik kelas, 1 turun kelas sejak 16 Mei 2023"
    assert "A (kini Dasar) turun kelas" in naskah.movement(moves, "2023-05-16", "2023-08-28")


def test_the_deadline_is_past_and_what_followed_is_unknown():
    text = target.deadline(131, 2024, 24, "2023-08-28", today_year=2026, is_last=True)
    assert "telah lewat" in text
    assert "belum dapat diketahui" in text
    assert "belum dapat" not in target.deadline(131, 2024, 24, "2022-06-13", today_year=2026, is_last=False)
    assert "telah lewat" not in target.deadline(131, 2024, 24, "2023-08-28", today_year=2024, is_last=True)


@pytest.mark.parametrize(
    ("path", "year", "title"),
    [
        (
            Path(24, 131, 0, 13, 9),
            2026,
            "107 desa/kelurahan belum Kampung KB per 28 Agustus 2023; tenggat 2024 telah lewat",
        ),
        (Path(131, 131, 0, 13, 0), 2026, "Target 131 desa/kelurahan tercapai"),
        (Path(24, 131, 0, 1, 107), 2024, "Masih 107 desa/kelurahan untuk mencapai target 2024"),
    ],
)
def test_target_title(path, year, title):
    assert target.target_title(path, 2024, "2023-08-28", year) == title


@pytest.mark.parametrize(
    ("indicator", "scheme", "period", "title"),
    [
        ("KKB00", "status", "2023-08-28", "24 dari 131 desa/kelurahan di Tabalong sudah Kampung KB (18,3%)"),
        ("KKB02", "klasifikasi", "2023-08-28", "4 dari 24 Kampung KB di Tabalong berkelas Berkelanjutan"),
        ("SK11", "skor", "2023-08-28", "X: 2 dari 20 Kampung KB di Tabalong mencapai ambang kelulusan 3"),
        ("DS01", "idm", "2024", "IDM: 90 dari 121 desa di Tabalong berstatus Mandiri"),
    ],
)
def test_the_title_of_the_map_is_its_finding(warehouse, indicator, scheme, period, title):
    counts = maps.class_counts(queries.village_values(warehouse, indicator, period))
    assert peta.map_title("X", scheme, queries.legend(warehouse, indicator), counts, "Tabalong") == title
