"""One sheet per village: its class and what it lacks, or that it is no Kampung KB; and which villages come first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field
from kkb.compute import kebutuhan, naik_kelas, rekap
from kkb.compute.alasan import Reason, reasons
from kkb.compute.jalur import Village
from kkb.naskah import butir, camat, kewajaran, langkah
from kkb.naskah import desa as words
from kkb.rapat.dasar import CLASSES_FILE, RECAP_FILE, Basis, plain
from kkb.rapat.lembar import Figure, Grid, MapView, Sheet
from kkb.report import naik_kelas as recaps
from kkb.rows import Row, by, records
from kkb.selection import CLASS

PRIORITY = 6
"""How many villages the default agenda names one by one, besides those that must report first."""


@dataclass(frozen=True)
class Villages:
    """The sheets of the villages of the area; what all of them rest on is asked once."""

    basis: Basis

    @cached_property
    def _recaps_of(self) -> dict[str, pd.DataFrame]:
        return _apart(self.basis.recaps)

    @cached_property
    def _facts(self) -> dict[str, Row]:
        return by(self.basis.ask(queries.village_facts, desa=None), "kode_desa")

    @cached_property
    def _idm(self) -> dict[str, Row]:
        """The first IDM figure of each village that has any."""
        return by(self.basis.ask(queries.village_idm, desa=None).drop_duplicates("kode_desa"), "kode_desa")

    @cached_property
    def _histories(self) -> dict[str, pd.DataFrame]:
        return _apart(self.basis.ask(queries.village_history, desa=None))

    @cached_property
    def _profiles(self) -> dict[str, pd.DataFrame]:
        rows = self.basis.ask(queries.village_profile, desa=None, sampai=self.basis.period)
        return _apart(rows[rows["keadaan"].isin(["ada", "belum_melapor", "tidak_berlaku"])])

    @cached_property
    def _notes(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for note in kewajaran.told(self.basis.ask(queries.recap_history, periode=self.basis.scored)):
            found.setdefault(note.village, []).append(note.words)
        return found

    @cached_property
    def _made(self) -> dict[str, Sheet]:
        return {}

    @cached_property
    def _maps(self) -> dict[str, MapView]:
        b = self.basis
        return {code: b.map_of(CLASS, b.scored, b.classes, code) for code in b.districts}

    @cached_property
    def _figures(self) -> dict[str, Row]:
        recaps = self.basis.recaps
        return by(rekap.figures(recaps).assign(kode_desa=recaps["kode_desa"]), "kode_desa")

    def priority(self) -> list[Sheet]:
        """Villages to speak of one by one: the nearest to the next class, then those that must report first."""
        board = self.basis.board.villages
        near = [v for v in board if v.is_open][:PRIORITY]
        return [self.sheet(v.code) for v in (*near, *(v for v in board if v.group == "lapor"))]

    def all(self) -> list[Sheet]:
        """Every village of the area, in the order of the codes."""
        codes = [c for c, r in self.basis.places.items() if self.basis.area in (None, r["kode_kecamatan"])]
        return [self.sheet(code) for code in codes]

    def sheet(self, code: str) -> Sheet:
        """One village, made once."""
        if code not in self._made:
            self._made[code] = self._sheet(code)
        return self._made[code]

    def _sheet(self, code: str) -> Sheet:
        b = self.basis
        facts, village, recap = self._facts[code], b.board.of(code), self._recaps_of[code]
        told = reasons(recap, village.scores, b.board.rule) if village else []
        ahead = (
            naik_kelas.plan(village.scores, b.board.rule, above)
            if village and (above := self._above(village))
            else None
        )
        publishers = (b.publishers[CLASSES_FILE], b.publishers[RECAP_FILE], b.publishers["idm.csv"])
        titled = Sheet(
            f"desa/{code}",
            words.title(
                facts,
                village.kelas if village else None,
                told,
                ahead,
                None if village else self._idm.get(code),
                b.period,
            ),
            b.source(
                "; ".join(dict.fromkeys(publishers)),
                b.scored,
                _("Rekap per {day}.").format(day=fmt.day(recap["tanggal"].iloc[0])) if len(recap) else "",
            ),
            page="desa",
            choice={"desa": code},
        )
        return titled if b.is_outline else self._filled(titled, facts, village, told)

    def _filled(self, titled: Sheet, facts: Row, village: Village | None, told: list[Reason]) -> Sheet:
        """The sheet with all that the show and the files have besides its title."""
        b, code = self.basis, str(facts["kode_desa"])
        points = [words.recorded(facts)] if words.has_status(facts, b.period) else []
        if words.same_name(facts):
            points.append(words.same_name(facts))
        if village:
            since = words.class_title(self._histories[code], b.scored)
            points += [f"{since}.", plain(camat.need(village)), *self._steps(village), *self._notes.get(code, ())]
        return replace(
            titled,
            points=tuple(points),
            figures=self._cards(facts, village, self._idm.get(code)),
            map=replace(self._maps[str(facts["kode_kecamatan"])], village=code),
            grid=self._item_grid(village, told) if village else self._profile_grid(code),
            notes=(words.identity(facts, b.period, b.warehouse.version),),
        )

    def _above(self, village: Village) -> str | None:
        return naik_kelas.next_class(village.scores, self.basis.board.rule)

    def _steps(self, village: Village) -> list[str]:
        if not (village.is_open and village.routes):
            return []
        board = self.basis.board
        needs = kebutuhan.needs(
            board.recaps.get(village.code), village.scores, next(village.routes[0].sets()), board.rule
        )
        found = [camat.example(sum(r.count for r in village.routes))]
        for line in langkah.lines(needs, board.items, recaps.recap_day(board, village)):
            offices = ", ".join(dict.fromkeys(o for c in line.codes for o in board.owners[c]))
            found.append(
                _("{heading}: {words}. Usulan: {offices}.").format(
                    heading=line.heading, words=plain(line.words), offices=offices
                )
            )
        return found

    def _cards(self, facts: Row, village: Village | None, idm: Row | None) -> tuple[Figure, ...]:
        kind = _("Desa") if facts["jenis"] == "desa" else _("Kelurahan")
        found = [Figure(kind, str(facts["nama_desa"]), _("Kec. {name}").format(name=facts["nama_kecamatan"]))]
        if village:
            means = naik_kelas.means(village.scores, self.basis.board.rule)
            found.append(
                Figure(
                    _("Kelas"),
                    fmt.class_name(village.kelas),
                    _("per {day}").format(day=fmt.short_period(self.basis.scored)),
                )
            )
            found += [
                Figure(
                    _(index.capitalize()),
                    _("belum melapor") if self._is_silent(village, index) else fmt.number(mean, 2),
                    _("lulus") if mean >= self.basis.board.rule.pass_marks[index] else _("belum lulus"),
                )
                for index, mean in means.items()
            ]
        if idm is not None:
            value = fmt.number(idm["nilai"], 4) if idm["keadaan"] == "ada" else fmt.MISSING
            found.append(Figure(_("IDM {year}").format(year=idm["periode"]), value, field(idm, "label")))
        return tuple(found)

    def _is_silent(self, village: Village, index: str) -> bool:
        return bool({i.code for i in self.basis.board.rule.of(index)} & village.unreported)

    def _item_grid(self, village: Village, told: list[Reason]) -> Grid:
        """The twelve items: score, ceiling and reason; the score of an item without a report is missing."""
        board = self.basis.board
        recap, known = board.recaps.get(village.code), self._figures.get(village.code)
        return Grid(
            words.items_title(told),
            pd.DataFrame(
                {
                    _("Indeks"): [_(r.item.index.capitalize()) for r in told],
                    _("Butir"): [field(board.items[r.item.code], "item") for r in told],
                    _("Skor"): pd.array([r.score if r.is_known else pd.NA for r in told], dtype="Int64"),
                    _("Tertinggi"): pd.array([r.item.ceiling for r in told], dtype="Int64"),
                    _("Alasan"): [
                        butir.reason(r, board.items[r.item.code], recap, known, self.basis.scored) for r in told
                    ],
                    _("Perangkat daerah (usulan)"): ["; ".join(board.owners[r.item.code]) for r in told],
                }
            ),
        )

    def _profile_grid(self, code: str) -> Grid:
        """Every indicator known of the village: its value unless it is a class, the class, and the period."""
        rows = self._profiles[code]
        is_class = [fmt.decimals(r["skema_peta"], str(r["satuan"])) is None for r in records(rows)]
        return Grid(
            _("Angka desa menurut indikator"),
            pd.DataFrame(
                {
                    _("Indikator"): [field(r, "nama") for r in records(rows)],
                    _("Nilai"): rows["nilai"].astype("Float64").mask(pd.Series(is_class, rows.index)).array,
                    _("Keterangan"): [field(r, "label") for r in records(rows)],
                    _("Masa data"): [fmt.period(p) for p in rows["periode"]],
                }
            ),
            {_("Nilai"): 4},
        )


def _apart(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each village; an empty table for one that has none."""
    found: dict[str, pd.DataFrame] = defaultdict(lambda: rows.iloc[:0])
    found.update((str(code), own) for code, own in rows.groupby("kode_desa"))
    return found
