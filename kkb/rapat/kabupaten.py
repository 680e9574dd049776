"""Sheets on the whole area: coverage, classes, standing in the province, target, reports, and the way up."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.charts import CLASS_COLOURS, HIGHLIGHT, MUTED
from kkb.compute import jalur, ringkasan, target
from kkb.naskah import naik_kelas
from kkb.naskah import ringkasan as words
from kkb.naskah import target as target_words
from kkb.rapat.dasar import CLASSES_FILE, RECAP_FILE, Basis, plain
from kkb.rapat.lembar import Bars, Figure, Grid, Series, Sheet
from kkb.report import naik_kelas as tables
from kkb.rows import records
from kkb.selection import STATUS


class Overview:
    """The sheets of the area as a whole."""

    def __init__(self, basis: Basis) -> None:
        self.basis = basis

    @cached_property
    def counted(self) -> tuple[int, int]:
        """(Kampung KB, villages) of the area."""
        return ringkasan.coverage_at(self.coverages, self.basis.period)

    @cached_property
    def coverages(self) -> pd.DataFrame:
        """One row per date: Kampung KB and villages of the area."""
        return self.basis.ask(queries.coverage_history, kecamatan=self.basis.area)

    @cached_property
    def history(self) -> pd.DataFrame:
        """Kampung KB per class and date."""
        return self.basis.ask(queries.class_counts, kecamatan=self.basis.area)

    @cached_property
    def mix(self) -> dict[str, int]:
        """Class -> Kampung KB."""
        return ringkasan.at_period(self.history, self.basis.scored)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """One row per Kampung KB: what it reported."""
        return self.basis.ask(queries.reporting, periode=self.basis.scored, kecamatan=self.basis.area)

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """One row per kabupaten/kota of the province and one for Indonesia."""
        return self.basis.ask(queries.comparison, periode=self.basis.scored)

    @cached_property
    def standing(self) -> ringkasan.Standing | None:
        """The rank of the kabupaten in the province."""
        return ringkasan.standing(self.comparison, self.basis.regency["kode_kabupaten"])

    @cached_property
    def position(self) -> str:
        """The rank in a sentence; '' for a kecamatan."""
        return (
            ""
            if self.basis.area
            else words.position(
                self.standing, self.basis.area_name, str(self.basis.regency["provinsi"]), self.basis.scored
            )
        )

    @cached_property
    def class_words(self) -> str:
        """How many are in which class."""
        reached, day = self.counted[0], self.basis.scored
        same = day == self.basis.period and sum(self.mix.values()) == reached
        return words.class_mix(self.mix, reached, None if same else day)

    def sheets(self) -> list[Sheet]:
        """All of them, in the order of the agenda."""
        found = [self.coverage(), self.classes(), self.ways_up(), self.reporting()]
        if self.basis.area is None:
            found[2:2] = [self.province(), self.target()]
        return found

    def coverage(self) -> Sheet:
        """How many have the status, on the map."""
        b, (reached, villages) = self.basis, self.counted
        reported = fmt.of(int(self.reports["is_lapor_kb"].sum()), len(self.reports))
        return Sheet(
            "kabupaten/cakupan",
            words.coverage_title(b.area_name, reached, villages),
            b.source(b.status_source, b.period),
            points=tuple(
                p
                for p in (words.coverage(b.area_name, reached, villages, b.period), self.class_words, self.position)
                if p
            ),
            figures=(
                Figure(_("Cakupan"), fmt.share(reached, villages), fmt.of(reached, villages)),
                Figure(_("Kesenjangan"), fmt.number(villages - reached), _("belum Kampung KB")),
                Figure(
                    _("Susunan kelas"),
                    " · ".join(fmt.number(n) for n in self.mix.values()),
                    _("Dasar · Berkembang · Mandiri · Berkelanjutan"),
                ),
                Figure(_("Pelaporan KB"), reported, _("Kampung KB melapor")),
                Figure(_("Tanggal data"), fmt.short_period(b.period), b.area_name),
            ),
            map=b.drawn(lambda: b.map_of(STATUS, b.period, b.status, b.area)),
            notes=(words.reporting(self.reports),),
            page="ringkasan",
            choice=b.choice,
        )

    def classes(self) -> Sheet:
        """Classes over the dates, and who moved."""
        b = self.basis
        since_rows = b.ask(queries.last_change, periode=b.scored, kecamatan=b.area).iloc[0, 0]
        since = since_rows if isinstance(since_rows, str) else None
        moves = b.ask(queries.class_moves, dari=since or b.scored, sampai=b.scored, kecamatan=b.area)
        return Sheet(
            "kabupaten/kelas",
            words.movement_title(moves, since),
            b.source(b.publishers[CLASSES_FILE], b.scored),
            points=(self.class_words, words.movement(moves, since, b.scored)),
            chart=b.drawn(self._class_chart),
            page="klasifikasi",
            choice=b.choice,
        )

    def _class_chart(self) -> Bars:
        rows = self.history[self.history["periode"] <= self.basis.scored]
        dates = list(dict.fromkeys(rows["periode"]))
        table = rows.pivot(index="periode", columns="kelas", values="jumlah").reindex(dates)
        return Bars(
            _("Kampung KB menurut kelas pada tiap tanggal data"),
            self.class_words,
            tuple(fmt.short_period(d) for d in dates),
            tuple(
                Series(fmt.class_name(k), colour, tuple(float(n) for n in table[k]))
                for k, colour in CLASS_COLOURS.items()
            ),
            unit=_("Kampung KB"),
            is_stacked=True,
            highlight=len(dates) - 1,
        )

    def province(self) -> Sheet:
        """The kabupaten among those of the province."""
        b = self.basis
        return Sheet(
            "kabupaten/provinsi",
            words.standing_title(self.standing, str(b.regency["nama_kabupaten"]), str(b.regency["provinsi"])),
            b.source(
                "; ".join(b.publishers[f] for f in ("pembanding_klasifikasi.csv", "pembanding_wilayah.csv")), b.scored
            ),
            points=tuple(p for p in (self.position, words.national(self.comparison)) if p),
            chart=b.drawn(self._province_chart),
            page="ringkasan",
        )

    def _province_chart(self) -> Bars:
        rows = self.comparison[self.comparison["peringkat"].notna()].sort_values(["peringkat", "nama_wilayah"])
        own = [str(c) == self.basis.regency["kode_kabupaten"] for c in rows["kode_wilayah"]]
        share = 100 * rows["jumlah_kampung_kb"] / rows["jumlah_wilayah"]
        return Bars(
            _("Cakupan Kampung KB per kabupaten/kota"),
            self.position,
            tuple(str(n) for n in rows["nama_wilayah"]),
            (Series(_("Cakupan"), MUTED, tuple(float(p) for p in share)),),
            decimals=1,
            unit="%",
            labels=tuple(
                f"{fmt.percent(p)} ({fmt.of(a, n)})"
                for p, a, n in zip(share, rows["jumlah_kampung_kb"], rows["jumlah_wilayah"], strict=True)
            ),
            is_lying=True,
            highlight=own.index(True) if any(own) else None,
        )

    def target(self) -> Sheet:
        """The gap to the target, by kecamatan."""
        b, reached = self.basis, self.counted[0]
        goal = records(b.ask(queries.target, indikator="KKB01"))[-1]
        path = target.path(reached, int(goal["target"]), 0, f"{goal['tahun']}-12", b.today)
        last = self.coverages["periode"].max()
        told = target_words.deadline(
            path.target, int(goal["tahun"]), reached, b.period, today_year=b.today.year, is_last=b.period == last
        )
        return Sheet(
            "kabupaten/target",
            target_words.target_title(path, int(goal["tahun"]), b.period, b.today.year),
            b.source(
                b.status_source,
                b.period,
                _("Target {n} pada {year}: {source}.").format(
                    n=fmt.number(goal["target"]), year=goal["tahun"], source=goal["sumber"]
                ),
            ),
            points=(told,),
            figures=(
                Figure(_("Kampung KB"), fmt.of(reached, path.target), fmt.share(reached, path.target)),
                Figure(_("Kesenjangan"), fmt.number(path.gap), _("desa/kelurahan")),
            ),
            chart=b.drawn(lambda: self._gap_chart(told)),
            page="target",
        )

    def _gap_chart(self, told: str) -> Bars:
        rows = self.basis.ask(queries.district_coverage, periode=self.basis.period).sort_values(
            ["kesenjangan", "nama_kecamatan"], ascending=[False, True]
        )
        return Bars(
            _("Desa/kelurahan yang belum Kampung KB per kecamatan"),
            told,
            tuple(str(n) for n in rows["nama_kecamatan"]),
            (Series(_("Belum"), HIGHLIGHT, tuple(float(n) for n in rows["kesenjangan"])),),
            unit=_("desa/kelurahan"),
            labels=tuple(
                _("{n} belum").format(n=fmt.of(a, n))
                for a, n in zip(rows["kesenjangan"], rows["jumlah_wilayah"], strict=True)
            ),
            is_lying=True,
        )

    def ways_up(self) -> Sheet:
        """Who is near the next class, and who must report first."""
        b = self.basis
        groups = jalur.counts(b.board.villages)
        total = len(b.board.villages)
        return Sheet(
            "kabupaten/naik-kelas",
            naik_kelas.title(b.board.villages, "berikut", b.area_name),
            b.source(
                b.publishers[CLASSES_FILE], b.scored, _("Rekap per {days}.").format(days=tables.recap_days(b.board))
            ),
            points=tuple(plain(p) for p in naik_kelas.findings(b.board)),
            figures=(
                Figure(_("Kurang 1 poin"), fmt.of(groups["satu"], total), _("dari kelas di atasnya")),
                Figure(_("Kurang 2–3 poin"), fmt.of(groups["dekat"], total), _("dari kelas di atasnya")),
                Figure(_("Lapor dahulu"), fmt.of(groups["lapor"], total), _("laporan kosong")),
            ),
            grid=b.drawn(lambda: Grid(_("Kampung KB menurut jaraknya ke kelas di atasnya"), tables.summary(b.board))),
            page="naik_kelas",
            choice=b.choice,
        )

    def reporting(self) -> Sheet:
        """Who reported, and who did not."""
        b = self.basis
        missing = self.reports[~(self.reports["is_lapor_kb"] & self.reports["is_lapor_poktan"])]
        silent = int((~self.reports["is_lapor_kb"]).sum())
        return Sheet(
            "kabupaten/pelaporan",
            _("{n} Kampung KB belum mengirim laporan KB").format(n=fmt.of(silent, len(self.reports)))
            if silent
            else _("Semua Kampung KB mengirim laporan KB"),
            b.source(b.publishers[RECAP_FILE], b.scored),
            points=(words.reporting(self.reports),),
            grid=b.drawn(lambda: _silent(missing)) if len(missing) else None,
            page="kelengkapan",
            choice=b.choice,
        )


def _silent(missing: pd.DataFrame) -> Grid:
    """The Kampung KB with an empty report."""
    return Grid(
        _("Laporan yang kosong"),
        pd.DataFrame(
            {
                _("Kampung KB"): list(missing["nama_desa"]),
                _("Kecamatan"): list(missing["nama_kecamatan"]),
                _("Laporan KB"): [_("ada") if r else _("kosong") for r in missing["is_lapor_kb"]],
                _("Laporan poktan"): [_("ada") if r else _("kosong") for r in missing["is_lapor_poktan"]],
                _("Rekap per"): [fmt.day(d) for d in missing["tanggal_rekap"]],
            }
        ),
    )
