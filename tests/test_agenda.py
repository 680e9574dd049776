"""The agenda as its presenter wants it: moves and skips, short in the link, true when data change."""

import random
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkb import bahasa, selection, store
from kkb.rapat import agenda, susun
from kkb.rapat.lembar import Sheet
from kkb.report import paket
from kkb.selection import Options, Selection

KEYS = (
    *(f"kabupaten/{k}" for k in ("cakupan", "kelas", "target")),
    *(f"kecamatan/63090{n}" for n in range(1, 5)),
    *(f"desa/630903200{n}" for n in range(1, 4)),
    "opd/DP3AP2KB",
    "opd/pemerintah desa",
)
SHEETS = tuple(Sheet(key, key, "") for key in KEYS)
CODES = [agenda.code(s) for s in SHEETS]


@dataclass
class Shown:
    moves: tuple = ()

    def __iter__(self):
        return (agenda.code(s) for s in agenda.ordered(SHEETS, self.moves))


def in_link(**chosen):
    """What a choice is after it went through an address."""
    known = Options(frozenset(), {}, {"KKB00": ("2023-08-28",)})
    return selection.parse(selection.to_query(Selection(**chosen)), known)


@given(st.randoms(use_true_random=False))
def test_any_order_is_told_by_its_moves_through_a_link(chance: random.Random):
    wanted = chance.sample(CODES, len(CODES))
    moves = in_link(agenda=agenda.moves_to(SHEETS, wanted)).agenda
    assert list(Shown(moves)) == wanted


def test_one_moved_step_is_one_move():
    moves = agenda.moved(SHEETS, (), ["opd-dp3ap2kb"], "cakupan")
    assert moves == (("opd-dp3ap2kb", "cakupan"),)
    assert list(Shown(moves))[:3] == ["cakupan", "opd-dp3ap2kb", "kelas"]
    assert agenda.moved(SHEETS, moves, ["opd-dp3ap2kb"], "6309032003") == ()


def test_a_part_moves_as_one_and_steps_go_up_and_down():
    moves = agenda.moved(SHEETS, (), ["opd-pemerintah-desa", "opd-dp3ap2kb"], "")
    assert list(Shown(moves))[:3] == ["opd-dp3ap2kb", "opd-pemerintah-desa", "cakupan"]
    down = agenda.shifted(SHEETS, (), "cakupan", 1)
    assert list(Shown(down))[:2] == ["kelas", "cakupan"]
    assert agenda.shifted(SHEETS, down, "cakupan", -1) == ()
    assert agenda.shifted(SHEETS, (), "cakupan", -1) == ()
    assert agenda.shifted(SHEETS, (), CODES[-1], 1) == ()


@given(st.lists(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)), st.booleans())
def test_skipping_and_taking_up_again(first, second, skip):
    skipped = agenda.skipping(SHEETS, (), first, True)
    skipped = in_link(lewati=agenda.skipping(SHEETS, skipped, second, skip)).lewati
    out = {agenda.code(s) for s in SHEETS if agenda.is_skipped(s, skipped)}
    assert out == (set(first) | second if skip else set(first) - second)


def test_a_whole_part_is_left_out_by_its_name():
    assert agenda.skipping(SHEETS, ("lain",), CODES[3:7], True) == ("kecamatan", "lain")
    assert agenda.skipping(SHEETS, ("kecamatan",), [CODES[3]], False) == tuple(CODES[4:7])


@given(st.lists(st.tuples(st.sampled_from([*CODES, "lain"]), st.sampled_from([*CODES, "lain", ""]))))
def test_no_link_loses_or_doubles_a_step(moves):
    assert sorted(Shown(tuple(moves))) == sorted(CODES)


def test_what_a_link_names_in_vain_is_told():
    assert agenda.unknown(SHEETS, (("6309032009", "cakupan"), ("kelas", "")), ("opd", "opd-bps")) == [
        "6309032009",
        "opd-bps",
    ]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("agenda", "cakupan"),
        ("agenda", "a_b_c"),
        ("agenda", "_kelas"),
        ("agenda", "A_b"),
        ("lewati", "opd/x"),
        ("menit", "0"),
        ("menit", "481"),
        ("menit", "²"),
    ],
)
def test_an_address_that_is_no_agenda_is_told_and_not_used(parameter, value):
    found = selection.parse({parameter: value}, Options(frozenset(), {}, {"KKB00": ("2023-08-28",)}))
    assert (found.agenda, found.lewati, found.menit) == ((), (), None)
    assert [(n.parameter, n.value) for n in found.notes] == [(parameter, value)]


@pytest.fixture(scope="module")
def outline(golden_published):
    bahasa.use("id")
    return susun.pack(store.current(golden_published), None, None, date(2026, 11, 28), outline=True)


def told_of(sheet):
    """What an outline has of a step: of a village its title only."""
    points = None if sheet.part == "desa" else sheet.points
    return sheet.key, sheet.title, sheet.source, sheet.page, sheet.choice, points


def test_the_arranged_pack_has_the_same_words_and_all_villages(golden_published, outline):
    whole = susun.pack(store.current(golden_published), None, None, date(2026, 11, 28))
    assert [told_of(s) for s in whole.sheets] == [told_of(s) for s in outline.sheets]
    assert {(s.map, s.chart) for s in outline.sheets} == {(None, None)}, "made for the show only"
    assert (outline.villages, outline.seal) == ((), whole.seal)
    wanted = agenda.arranged(whole, (("630908", ""),), ("kelas", "opd"), 45)
    assert (wanted.sheets[0].key, wanted.minutes) == ("kecamatan/630908", 45)
    assert not {"kabupaten/kelas"} & {s.key for s in wanted.sheets}
    assert not [s for s in wanted.sheets if s.part == "opd"]
    assert wanted.villages == whole.villages
    assert [s.key for s in wanted.aside] == ["kabupaten/kelas", *(s.key for s in whole.sheets if s.part == "opd")]
    assert [s for s in whole.sheets if s in wanted.sheets] == sorted(wanted.sheets, key=whole.sheets.index)


def test_every_step_has_a_code_of_its_own_that_a_link_can_carry(outline):
    codes = [agenda.code(s) for s in outline.sheets]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(susun.PARTS)
    assert in_link(lewati=tuple(codes)).lewati == tuple(codes)


def test_files_are_named_by_area_date_and_seal(golden_published, outline):
    assert paket.file_name(outline, "html") == f"kampung-kb_tabalong_2023-08-28_{outline.seal}.html"
    tanta = susun.pack(store.current(golden_published), "630903", None, date(2026, 11, 28), outline=True)
    assert paket.stem(tanta) == f"kampung-kb_kecamatan-tanta_2023-08-28_{tanta.seal}"
