"""The sentences, from the real numbers."""

import re

import pandas as pd
import pytest

from kkb import bahasa, maps, queries
from kkb.compute import kebutuhan, ringkasan
from kkb.compute.kebutuhan import Need
from kkb.compute.ringkasan import Standing
from kkb.compute.target import Path
from kkb.naskah import langkah, naik_kelas, peta, target
from kkb.naskah import ringkasan as naskah
from kkb.rows import by
from tests.jalur import board


def summary(warehouse):
    counts = queries.class_counts(warehouse)
    standing = ringkasan.standing(queries.comparison(warehouse, "2023-08-28"), "6309")
    return naskah.summary(
        naskah.coverage("Kabupaten Tabalong", 24, 131, "2023-08-28"),
        naskah.class_mix(ringkasan.at_period(counts, "2023-08-28"), 24, None),
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
        (Path(24, 131, 0, 1, 107), 2024, "Kurang 107 desa/kelurahan untuk mencapai target 2024"),
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


def told(warehouse, name, district, steps, language="id"):
    bahasa.use(language)
    known = board(warehouse)
    village = next(v for v in known.villages if (v.name, v.district_name) == (name, district))
    needs = kebutuhan.needs(known.recaps[village.code], village.scores, steps, known.rule)
    return [f"{line.heading}: {line.words}" for line in langkah.lines(needs, known.items, "12 Juni 2023")]


@pytest.mark.parametrize(
    ("village", "steps", "lines"),
    [
        (
            ("Padangin", "Muara Harus"),
            {"SK11": 2},
            ["MKJP 1→2: alihkan 3 peserta KB ke MKJP, atau tambah 3 peserta MKJP baru (kini 17%, perlu 20%)"],
        ),
        (
            ("Lok Batu", "Haruai"),
            {"SK11": 2, "SK12": 4},
            [
                "MKJP 1→2 dan Unmet need 1→4: layani 22 PUS unmet need, 18 di antaranya dengan MKJP "
                "(MKJP kini 12%, perlu 20%; Unmet need kini 16%, paling tinggi 6%)"
            ],
        ),
        (
            ("Habau Hulu", "Banua Lawas"),
            {"SK09": 2, "SK11": 2, "SK12": 3},
            [
                "Partisipasi poktan 1→2: kirim laporan poktan lebih dahulu; tanpa laporan, kebutuhannya belum dapat "
                "dihitung",
                "MKJP 1→2 dan Unmet need 2→3: layani 6 PUS unmet need, semuanya dengan MKJP; lalu alihkan 11 peserta "
                "KB ke MKJP, atau tambah 14 peserta MKJP baru (MKJP kini 11%, perlu 20%; Unmet need kini 12%, paling "
                "tinggi 9%)",
            ],
        ),
        (
            ("Purui", "Jaro"),
            {"SK09": 4},
            ["Partisipasi poktan 3→4: tambah 7 keluarga peserta BKL (kini 25%, perlu 31%)"],
        ),
        (
            ("Jirak", "Pugaan"),
            {"SK01": 4, "SK03": 4, "SK05": 3, "SK07": 3},
            [
                "Pokja 3→4: adakan pelatihan Pokja (kini 2, perlu 3)",
                "Poktan 3→4: tambah 1–2 poktan (kini 3–4 menurut skornya, perlu 5; rekap tidak memuat jumlahnya)",
                "PKB/PLKB dan regulasi 2→3: tetapkan regulasi (kini 1, perlu 2)",
                "Mekanisme operasional 1→3: tambah 3 kegiatan (kini 0, perlu 3)",
            ],
        ),
        (
            ("Mahe Seberang", "Tanjung"),
            {"SK01": 3, "SK10": 2},
            [
                "Pokja 1→3: bentuk kepengurusan Pokja dan catat jumlah anggota Pokja atau adakan pelatihan Pokja "
                "(kini 0, perlu 2)",
                "CPR 1→2: kirim laporan KB lebih dahulu; tanpa laporan, kebutuhannya belum dapat dihitung",
            ],
        ),
    ],
)
def test_steps_are_told_in_real_terms(warehouse, village, steps, lines):
    assert told(warehouse, *village, steps) == lines


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("berbeda", "rekap per 12 Juni 2023 belum cocok dengan skor ini, sehingga jumlahnya tidak dihitung"),
        ("tanpa_rekap", "belum ada rekap sampai tanggal ini, sehingga jumlahnya tidak dihitung"),
        ("tidak_terhitung", "tidak dapat dicapai dengan butir ini saja (kini 45%)"),
    ],
)
def test_what_cannot_be_counted_is_said(warehouse, state, words):
    need = Need("SK10", 3, 4, 51.0, 45.0, 45.0, state, {})
    line = langkah.lines([need], by(queries.item_rules(warehouse), "kode_indikator"), "12 Juni 2023")[0]
    assert line.words == words


def test_without_a_committee_that_comes_first_whatever_else_is_there(warehouse):
    need = Need("SK01", 1, 2, 1.0, 0.0, 0.0, "ada", {"pengurus": 1, "pelatihan": 1, "perlu": 0})
    line = langkah.lines([need], by(queries.item_rules(warehouse), "kode_indikator"), "")[0]
    assert line.words == "bentuk kepengurusan Pokja (kini 0, perlu 1)"


def test_no_number_of_a_step_is_lost_in_english(warehouse):
    def numbers(lines):
        return sorted(re.findall(r"\d+", " ".join(lines)))

    steps = {"SK01": 4, "SK03": 4, "SK05": 3, "SK07": 3}
    english = told(warehouse, "Jirak", "Pugaan", steps, "en")
    assert numbers(english) == numbers(told(warehouse, "Jirak", "Pugaan", steps))
    assert "tambah" not in " ".join(english)


def test_the_findings_say_who_needs_one_point_and_who_must_report(warehouse):
    known = board(warehouse)
    assert naik_kelas.title(known.villages, "berikut", "Tabalong") == (
        "6 Kampung KB di Tabalong tinggal satu poin dari kelas di atasnya"
    )
    assert naik_kelas.findings(known) == [
        "1 poin pada indeks **input** membawa Bilas (Upau) ke **Berkelanjutan**.",
        "1 poin pada indeks **output** membawa Purui (Jaro) langsung ke **Berkelanjutan**.",
        "1 poin pada indeks **output** membawa Binjai (Muara Uya), Karangan Putih (Kelua), Padangin (Muara Harus), dan "
        "Walangkir (Tanta) langsung ke **Mandiri**; 1 poin pada indeks lain hanya sampai Berkembang.",
        "**Lapor dahulu:** Ampukung (Kelua), Garagata (Jaro), Mahe Seberang (Tanjung), dan Nawin (Haruai) belum "
        "mengirim laporan KB; Habau Hulu (Banua Lawas) belum mengirim laporan poktan. Portal memberi skor 1 pada butir "
        "yang tidak dilaporkan, sehingga jaraknya belum dapat dipastikan. Indeks input dan proses sudah lulus di "
        "Garagata (input 3,60; proses 4,00) dan Nawin (input 3,20; proses 3,33): tinggal output yang belum dinilai.",
    ]


@pytest.mark.parametrize(
    ("names", "goal", "title"),
    [
        ({"Hapalah", "Garagata"}, "berikut", "Kampung KB terdekat di X kurang 2 poin dari kelas di atasnya"),
        ({"Bilas"}, "berkelanjutan", "1 Kampung KB di X tinggal satu poin dari Berkelanjutan"),
        ({"Garagata", "Panaan"}, "berikut", "1 Kampung KB di X perlu melapor lebih dahulu"),
        ({"Panaan"}, "berikut", "Semua Kampung KB di X sudah Berkelanjutan"),
    ],
)
def test_the_title_fits_what_there_is(warehouse, names, goal, title):
    shown = [v for v in board(warehouse, goal).villages if v.name in names]
    assert naik_kelas.title(shown, goal, "X") == title
