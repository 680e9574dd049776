"""What a step means on the ground: doing what is said gives the score, doing one less does not."""

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kkb import queries
from kkb.compute import kebutuhan
from kkb.compute import klasifikasi as rule_of
from kkb.compute.klasifikasi import GROUPS, LONG_ACTING, METHODS, UNMET
from kkb.rows import by
from tests.compute.test_klasifikasi import RULE

FLAGS = ("is_pokja_pengurus", "is_pokja_pelatihan", "is_plkb_pendamping", "is_regulasi", "is_penggunaan_data")
SHORT = [n for n in METHODS if n not in LONG_ACTING]
FAMILY_PLANNING = ("SK10", "SK11", "SK12")


@st.composite
def recaps(draw):
    """A recap with a KB report and participants that do not exceed their target groups."""
    couples = draw(st.integers(1, 400))
    left = couples
    recap = {"pus_pasangan": couples, "hamil_pasangan": 0, "anak_segera_pasangan": 0}
    for name in (*METHODS, *UNMET):
        recap[f"{name}_pasangan"] = draw(st.integers(0, left))
        left -= recap[f"{name}_pasangan"]
    for joined, whole in GROUPS.items():
        recap[whole] = draw(st.integers(0, 300))
        recap[joined] = draw(st.integers(0, recap[whole]))
    return recap | {
        **{f: draw(st.booleans()) for f in FLAGS},
        "sumber_dana_jumlah": draw(st.integers(0, 6)),
        "pokja_anggota_jiwa": draw(st.integers(0, 3)),
        "mekanisme_operasional_jumlah": draw(st.integers(0, 5)),
    }


def scores_of(recap):
    """Scores that agree with the recap; 2 where it does not tell, 1 where the report was not made."""
    known = rule_of.measures_of(recap)
    unknown = {code: 2 if rule_of.has_report(recap, code) else 1 for code in RULE.items}
    return {c: unknown[c] if known[c] is None else item.score(known[c]) for c, item in RULE.items.items()}


def family_planning_done(recap, counts):
    """The recap after the couples have been served: first by what was needed before, then by changes of method."""
    new = dict(recap)
    for _ in range(counts.get("layani", 0)):
        name = next(n for n in UNMET if new[f"{n}_pasangan"] > 0)
        new[f"{name}_pasangan"] -= 1
    served = counts.get("layani", 0) + counts.get("tambah", 0)
    new["iud_pasangan"] += counts.get("mkjp", 0)
    new["pil_pasangan"] += served - counts.get("mkjp", 0)
    for _ in range(counts.get("alih", 0)):
        name = next(n for n in SHORT if new[f"{n}_pasangan"] > 0)
        new[f"{name}_pasangan"] -= 1
        new["iud_pasangan"] += 1
    return new


@given(recaps(), st.sets(st.sampled_from(FAMILY_PLANNING), min_size=1), st.data())
def test_serving_the_couples_gives_every_wanted_score_and_lowers_none(recap, raised, data):
    scores = scores_of(recap)
    steps = {c: data.draw(st.integers(scores[c] + 1, 4)) for c in sorted(raised) if scores[c] < 4}
    assume(steps)
    needs = kebutuhan.needs(recap, scores, steps, RULE)
    assume(all(n.state == "ada" for n in needs))
    counts = needs[0].counts
    assert all(n.counts == counts for n in needs), "the three move together"
    after = scores_of(family_planning_done(recap, counts))
    for code in FAMILY_PLANNING:
        assert after[code] >= steps.get(code, scores[code])
    for name in ("layani", "tambah", "alih"):
        if counts.get(name):
            less = {**counts, name: counts[name] - 1}
            less["mkjp"] = min(counts.get("mkjp", 0), less.get("layani", 0) + less.get("tambah", 0))
            fewer = scores_of(family_planning_done(recap, less))
            assert any(fewer[c] < steps.get(c, scores[c]) for c in FAMILY_PLANNING), f"one {name} less is enough"
    if "baru" in counts:
        new = {**counts, "alih": 0, "tambah": counts.get("tambah", 0) + counts["baru"]}
        new["mkjp"] = counts.get("mkjp", 0) + counts["baru"]
        assert scores_of(family_planning_done(recap, new))["SK11"] >= steps.get("SK11", scores["SK11"])


@given(recaps(), st.data())
def test_adding_the_participants_gives_the_score(recap, data):
    scores = scores_of(recap)
    assume(scores["SK09"] < 4)
    steps = {"SK09": data.draw(st.integers(scores["SK09"] + 1, 4))}
    need = kebutuhan.needs(recap, scores, steps, RULE)[0]
    if need.state == "tidak_terhitung":
        everyone = scores_of({**recap, **{a: max(recap[a], recap[b]) for a, b in GROUPS.items()}})
        assert everyone["SK09"] < steps["SK09"]
        return
    after = {**recap, **{a: recap[a] + n for a, n in need.counts.items()}}
    assert all(after[a] <= recap[b] for a, b in GROUPS.items())
    assert scores_of(after)["SK09"] >= steps["SK09"]
    last = list(need.counts)[-1]
    assert scores_of({**after, last: after[last] - 1})["SK09"] < steps["SK09"]


@given(recaps(), st.sampled_from(["SK01", "SK02", "SK05", "SK07"]), st.data())
def test_what_is_missing_of_counts_and_parts_gives_the_score(recap, code, data):
    scores = scores_of(recap)
    assume(scores[code] < RULE.items[code].ceiling and recap["sumber_dana_jumlah"] != 1)
    target = data.draw(st.integers(scores[code] + 1, RULE.items[code].ceiling))
    counts = kebutuhan.needs(recap, scores, {code: target}, RULE)[0].counts
    if code in ("SK02", "SK07"):
        column = {"SK02": "sumber_dana_jumlah", "SK07": "mekanisme_operasional_jumlah"}[code]
        assert scores_of({**recap, column: recap[column] + counts["tambah"]})[code] in (target, 2)
        assert recap[column] + counts["tambah"] == RULE.items[code].limits[target - 2]
        return
    columns = {
        "pengurus": {"is_pokja_pengurus": True},
        "anggota": {"pokja_anggota_jiwa": 5},
        "pelatihan": {"is_pokja_pelatihan": True},
        "pendamping": {"is_plkb_pendamping": True},
        "regulasi": {"is_regulasi": True},
    }
    missing = [n for n in columns if n in counts]
    after = dict(recap)
    for name in missing[: counts["perlu"]]:
        after |= columns[name]
    assert scores_of(after)[code] >= target
    if counts["perlu"] > 1:
        assert scores_of(dict(recap, **columns[missing[0]]))[code] < target


def test_what_the_recap_does_not_hold_is_a_range_and_a_missing_report_is_said():
    recap = dict.fromkeys([*[f"{n}_pasangan" for n in (*METHODS, *UNMET, "hamil", "anak_segera", "pus")]], pd.NA)
    recap |= dict.fromkeys([*GROUPS, *GROUPS.values()], pd.NA) | dict.fromkeys(FLAGS, True)
    recap |= {"sumber_dana_jumlah": 1, "pokja_anggota_jiwa": 1, "mekanisme_operasional_jumlah": 3}
    scores = {**dict.fromkeys(RULE.items, 1), "SK01": 4, "SK02": 2, "SK05": 3, "SK06": 3, "SK07": 3, "SK08": 3}
    steps = {"SK02": 3, "SK04": 2, "SK06": 4, "SK07": 4, "SK08": 4, "SK09": 2, "SK11": 2}
    found = {n.code: n for n in kebutuhan.needs(recap, scores, steps, RULE)}
    assert (found["SK02"].state, found["SK02"].counts) == ("ada", {"tambah": 1})
    assert (found["SK04"].state, found["SK04"].counts) == ("ada", {"tambah": 1})
    assert (found["SK06"].state, found["SK06"].low, found["SK06"].high, found["SK06"].limit) == ("kisaran", 2, 3, 4)
    assert (found["SK08"].state, found["SK08"].low, found["SK08"].high) == ("kisaran", 4, 6)
    assert found["SK07"].counts == {"tambah": 2}
    assert {found[c].state for c in ("SK09", "SK11")} == {"belum_melapor"}


def test_a_recap_that_does_not_give_the_published_score_counts_nothing():
    recap = {**dict.fromkeys(FLAGS, False), "mekanisme_operasional_jumlah": 5}
    recap |= dict.fromkeys([f"{n}_pasangan" for n in (*METHODS, *UNMET, "hamil", "anak_segera", "pus")], 1)
    recap |= dict.fromkeys([*GROUPS, *GROUPS.values(), "sumber_dana_jumlah", "pokja_anggota_jiwa"], 1)
    need = kebutuhan.needs(recap, dict.fromkeys(RULE.items, 1), {"SK07": 3}, RULE)[0]
    assert (need.state, need.counts) == ("berbeda", {})


def test_without_a_recap_only_counts_known_from_the_score_are_given():
    needs = kebutuhan.needs(None, dict.fromkeys(RULE.items, 1), {"SK03": 3, "SK10": 2}, RULE)
    assert [(n.code, n.state, dict(n.counts)) for n in needs] == [
        ("SK03", "ada", {"tambah": 3}),
        ("SK10", "tanpa_rekap", {}),
    ]


@pytest.mark.parametrize(
    ("village", "steps", "counts"),
    [
        ("6309082004", {"SK11": 2}, {"alih": 3, "baru": 3}),
        ("6309112007", {"SK09": 4}, {"bkl_kk": 7}),
        ("6309102001", {"SK01": 4}, {"pelatihan": 1, "perlu": 1}),
    ],
)
def test_known_needs_of_real_villages(warehouse, village, steps, counts):
    rows = queries.item_scores(warehouse, "2023-08-28")
    rows = rows[rows["kode_desa"] == village]
    scores = dict(zip(rows["kode_indikator"], rows["nilai"], strict=True))
    recap = by(queries.recap(warehouse, "2023-08-28"), "kode_desa")[village]
    assert kebutuhan.needs(recap, scores, steps, RULE)[0].counts == counts
