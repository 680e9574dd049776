"""The command line makes every file of a meeting, alike named and sealed; and says what is wrong in words."""

import pytest

from kkb.__main__ import main
from kkb.report import paket


def test_one_kecamatan_as_a_folder_of_all_kinds(golden_published, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    assert (
        main(["export", "paket", "--kecamatan", "630908", "--sejak", "2022-06-20", "--out", str(tmp_path / "p")]) == 0
    )
    found = sorted(p.name for p in (tmp_path / "p").iterdir())
    assert len(found) == len(paket.KINDS)
    assert len({name.split(".")[0] for name in found}) == 1
    assert found[0].startswith("kampung-kb_kecamatan-muara-harus_2023-08-28_")
    text = next((tmp_path / "p").glob("*.txt")).read_text(encoding="utf-8-sig")
    seal = found[0].split(".")[0].rsplit("_", 1)[1]
    assert f"tanda {seal}" in text
    assert "ejak 20 Juni 2022" in text
    for path in (tmp_path / "p").glob("*.html"):
        assert seal in path.read_text(encoding="utf-8")
    assert capsys.readouterr().out.count("Ditulis: ") == len(paket.KINDS)


def test_one_file_in_english_where_it_is_wanted(golden_published, tmp_path, monkeypatch):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    target = tmp_path / "arahan.txt"
    assert main(["export", "naskah", "--per", "2022-06-13", "--bahasa", "en", "--out", str(target)]) == 0
    assert "Data as of 13 June 2022" in target.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("arguments", [["--kecamatan", "999999"], ["--out", "/tidak/ada/x.txt"]])
def test_what_cannot_be_is_told(golden_published, monkeypatch, capsys, arguments):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    assert main(["export", "naskah", *arguments]) == 1
    told = capsys.readouterr().err
    assert "999999 tidak dikenal" in told or "tidak dapat ditulis" in told
