"""The single HTML file: small, complete, of the pack's own numbers, and with nothing in it that could run or ask."""

import base64
import dataclasses
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from kkb import bahasa, store
from kkb import format as fmt
from kkb.rapat import susun
from kkb.rapat.lembar import Bars, Figure, Grid, Series, Sheet
from kkb.report import satu
from kkb.report.satu import isi

TODAY = date(2026, 11, 28)
HOSTILE = "</script><script>window.kena=1</script><img src=x onerror='window.kena=1'><!--{{policy}}\u2028&amp;"


class Parts(HTMLParser):
    """The texts of scripts and styles by id or type, and all attributes."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.texts, self.attributes, self._open = {}, [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag in ("script", "style"):
            self._open = dict(attrs).get("id") or f"{tag}-{len(self.texts)}"
            self.texts[self._open] = ""

    def handle_data(self, data):
        if self._open:
            self.texts[self._open] += data

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._open = None


@pytest.fixture(scope="module")
def pack(published):
    bahasa.use("id")
    return susun.pack(store.current(published), None, None, TODAY)


@pytest.fixture(scope="module")
def text(pack):
    return satu.write(pack).decode()


@pytest.fixture(scope="module")
def parts(text):
    return Parts(text)


def sheets_of(parts):
    main = json.loads(parts.texts["isi"])
    return main, {**main["sheets"], **json.loads(parts.texts["desa"])}


def test_the_whole_kabupaten_is_under_three_megabytes_and_of_one_pack(pack, text, parts):
    assert len(text.encode()) < 3_000_000
    main, sheets = sheets_of(parts)
    assert main["agenda"] == [s.key for s in pack.sheets]
    assert set(sheets) == {s.key for s in (*pack.sheets, *pack.villages)}
    assert main["villages"] == [s.choice["desa"] for s in pack.villages]
    assert len(main["villages"]) == 131
    assert pack.stamp in text
    assert all(source in text for source in pack.sources)


def test_every_number_and_word_of_every_sheet_is_in_the_file(pack, parts):
    main, sheets = sheets_of(parts)
    for sheet in (*pack.sheets, *pack.villages):
        told = sheets[sheet.key]
        for name in ("title", "source", "points", "notes"):
            expected = getattr(sheet, name)
            assert told[name] == (list(expected) if isinstance(expected, tuple) else expected)
        assert told["figures"] == [[f.label, f.value, f.note] for f in sheet.figures]
        if sheet.chart:
            assert told["chart"]["categories"] == list(sheet.chart.categories)
            assert [s["values"] for s in told["chart"]["series"]] == [list(s.values) for s in sheet.chart.series]
        if sheet.grid:
            assert told["grid"]["columns"] == list(sheet.grid.rows.columns)
            for place, name in enumerate(sheet.grid.rows.columns):
                cells = [row[place] for row in told["grid"]["rows"]]
                values = [c[0] if isinstance(c, list) else c for c in cells]
                expected = [None if pd.isna(v) else v for v in sheet.grid.rows[name]]
                assert values == expected, (sheet.key, name)
        if sheet.map:
            tone = main["tones"][told["map"]["tone"]]
            labels = [k["label"] for k in tone["legend"]]
            meant = {k.code: k.label for k in sheet.map.legend}
            for unit, digit in zip(main["layer"]["unit"], tone["classes"], strict=True):
                code = sheet.map.classes[unit["k"]]
                assert digit == "-" if code not in meant else labels[int(digit, 36)] == meant[code]


def test_numbers_are_written_by_the_pack_not_by_the_browser(pack, parts):
    _main, sheets = sheets_of(parts)
    grid = sheets["kecamatan/630903"]["grid"]
    column = grid["columns"].index("IDM 2024")
    cells = {row[1]: row[column] for row in grid["rows"]}
    assert cells["Padangin"] == [0.8335, "0,8335"]
    proses = grid["columns"].index("Indeks proses")
    assert {row[1]: row[proses] for row in grid["rows"]}["Barimbun"] is None
    chart = sheets["kabupaten/provinsi"]["chart"]["series"][0]
    assert chart["texts"][7] == "18,3%"


def test_columns_without_named_decimals_lose_nothing_to_the_eye():
    rows = pd.DataFrame({"utuh": [1.0, np.nan], "pecah": [2.675, 1.0], "kata": ["a", None]})
    made = isi.grid(Grid("t", rows))
    assert made["rows"] == [[(1, "1"), (2.675, "2,68"), "a"], [None, (1, "1,00"), None]]


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_file(text, parts):
    policy = next(v for tag, name, v in parts.attributes if tag == "meta" and name == "content" and "default-src" in v)
    runs = [t for name, t in parts.texts.items() if name.startswith("script-")]
    digest = {n: base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for n, t in parts.texts.items()}
    assert len(runs) == 2
    allowed = re.search(r"script-src ([^;]*);", policy)[1].split()
    assert sorted(allowed) == sorted(f"'sha256-{digest[n]}'" for n in digest if n.startswith("script-"))
    assert re.search(r"style-src ([^;]*);", policy)[1] == f"'sha256-{digest['gaya']}'"
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert [a for a in parts.attributes if a[1].startswith("on") or a[1] in ("style", "src", "href")] == []
    assert set(re.findall(r"https?://[\w.]+", "".join(runs) + parts.texts["gaya"])) == {"http://www.w3.org"}


def test_the_script_uses_nothing_younger_than_2018_and_no_markup_from_text(parts):
    script = max(parts.texts.values(), key=lambda t: t.count("const "))
    assert not re.search(
        r"\?\.[a-z]|\?\?|catch \{|\.flat(Map)?\(|replaceAll|fromEntries|[^.]\.at\(|structuredClone", script
    )
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\(|XMLHttp", script
    )


def hostile(pack):
    sheet = Sheet(
        f"opd/{HOSTILE}",
        HOSTILE,
        HOSTILE,
        points=(HOSTILE,),
        figures=(Figure(HOSTILE, HOSTILE, HOSTILE),),
        chart=Bars(HOSTILE, HOSTILE, (HOSTILE,), (Series(HOSTILE, "#0072B2", (None,)),)),
        grid=Grid(HOSTILE, pd.DataFrame({HOSTILE: [HOSTILE, None]})),
        notes=(HOSTILE,),
    )
    layer = json.loads(pack.layer)
    layer["unit"][0]["n"] = HOSTILE
    return dataclasses.replace(
        pack, title=HOSTILE, sources=(HOSTILE,), layer=json.dumps(layer), sheets=(sheet, *pack.sheets[:3])
    )


def test_hostile_text_is_data_in_every_place(pack):
    parts = Parts(satu.write(hostile(pack)).decode())
    assert len(parts.texts) == 5
    main, sheets = sheets_of(parts)
    assert sheets[f"opd/{HOSTILE}"]["points"] == [HOSTILE]
    assert main["layer"]["unit"][0]["n"] == HOSTILE
    assert not [a for a in parts.attributes if a[0] == "img"]
    with pytest.raises(ValueError, match="JSON"):
        satu.in_script({"n": float("nan")})


def test_both_languages_speak_only_themselves(published, pack):
    bahasa.use("en")
    try:
        english = susun.pack(store.current(published), "630903", None, TODAY)
    finally:
        bahasa.use("id")
    told = []
    parts = Parts(satu.write(english, told.append).decode())
    main, _sheets = sheets_of(parts)
    assert ("html", "lang", "en") in parts.attributes
    assert main["words"]["place"] == "Sheet {n} of {total}"
    assert main["stamp"].startswith("Data as of 28 August 2023")
    assert told == sorted(told)
    assert told[-1] == 1
    assert main["missing"] == fmt.MISSING


def test_viewers_without_scripts_show_the_agenda(pack, text):
    plain = text[text.index('<div id="cadangan">') :]
    for sheet in pack.sheets:
        assert sheet.title in plain
    assert "18,3% (24 dari 131)" in plain
    assert "tidak menjalankan skrip" in plain
