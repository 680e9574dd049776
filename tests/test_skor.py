"""The table of item scores as HTML: what is not reported is never a plain low score, and names are escaped."""

import re

from kkb import queries
from kkb.charts import skor
from kkb.charts.klasifikasi import class_flow
from kkb.compute import perubahan

LAST = "2023-08-28"
LINKS = {o: f"?urut={o}" for o in ("kelas", "kecamatan", *(f"SK{n:02d}" for n in range(1, 13)))}


def grid(warehouse, scores):
    return skor.score_grid(
        scores,
        queries.item_rules(warehouse),
        queries.legend(warehouse, "SK01"),
        perubahan.village_order(scores, "kelas"),
        caption="x",
        order="kelas",
        links=LINKS,
    )


def test_every_cell_holds_its_score_and_those_without_a_report_are_hatched(warehouse):
    html = grid(warehouse, queries.item_scores(warehouse, LAST))
    assert html.count('scope="row"') == 24
    assert len(re.findall(r">[1-4]\*?(?:</span>)?</td>", html)) == 288
    silent = re.findall(r'background:repeating-linear-gradient[^"]*#BDBDBD"><span[^>]*>1\*</span>', html)
    assert len(silent) == 17 == html.count("1*")
    assert html.count("maks. 3") == 2
    assert re.findall(r'aria-sort="(?!none)(\w+)"', html) == ["descending"]


def test_white_text_on_the_darkest_score_only(warehouse):
    html = grid(warehouse, queries.item_scores(warehouse, LAST))
    inks = dict(re.findall(r"background:(#\w{6});color:(#\w+)", html))
    assert inks == {
        "#ffffcc": "#1b1b1b",
        "#a1dab4": "#1b1b1b",
        "#41b6c4": "#1b1b1b",
        "#225ea8": "#fff",
        skor.SILENT: "#1b1b1b",
    }


def test_a_name_cannot_become_markup(warehouse):
    scores = queries.item_scores(warehouse, LAST)
    scores["nama_desa"] = "<img src=x onerror=alert(1)>"
    assert "<img" not in grid(warehouse, scores)


def test_falls_are_hatched_and_named_in_the_flow(warehouse):
    moved = perubahan.moves(
        queries.village_classes(warehouse, "2022-06-13"), queries.village_classes(warehouse, "2022-09-22")
    )
    figure = class_flow(perubahan.flows(moved), "2022-06-13", "2022-09-22")
    fall = next(t for t in figure.data if "turun" in t.text)
    assert fall.text == "Berkembang → Dasar: 1 turun"
    assert fall.fillpattern.shape == "/"
    assert "<b>1 turun</b>" in [a.text for a in figure.layout.annotations]
