"""Making the pack of a meeting: every sheet, computed once from one version before the talk begins."""

from __future__ import annotations

import hashlib
from datetime import date

import pandas as pd

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _, field, language
from kkb.rapat import dasar, desa, kecamatan, kesepakatan, opd, sejak
from kkb.rapat.dasar import Ask, Basis
from kkb.rapat.kabupaten import Overview
from kkb.rapat.lembar import Origin, Pack, Sheet
from kkb.rapat.samping import Beside
from kkb.rows import first, records
from kkb.selection import Options, Selection
from kkb.store import Warehouse

PARTS = ("kabupaten", "kecamatan", "desa", "opd", "kesepakatan")
"""The parts of an agenda, in their default order."""
NOTHING = Beside()


def part_name(part: str) -> str:
    """A part of the agenda as it is read."""
    return {
        "kabupaten": _("Gambaran umum"),
        "kecamatan": _("Kecamatan"),
        "desa": _("Desa prioritas"),
        "opd": _("Perangkat daerah"),
        "kesepakatan": _("Kesepakatan"),
    }[part]


def pack(
    warehouse: Warehouse,
    area: str | None,
    day: str | None,
    today: date,
    *,
    beside: Beside = NOTHING,
    outline: bool = False,
    ask: Ask | None = None,
) -> Pack:
    """The pack of the kabupaten (`area` None) or of a kecamatan on a day (None: the latest), in the language in use.

    An `outline` has the agenda and what a briefing tells of it: no sheets of all villages, no maps, charts and tables,
    and of a village its title only. These take most of the time.
    `ask` puts questions to this version where answers are remembered.
    EmptyError when there is no Kampung KB data at all. ValueError for an unknown kecamatan.
    """
    ask = ask or dasar.asking(warehouse)
    periods = {str(r["kode_indikator"]): tuple(r["periode"]) for r in records(ask(queries.map_indicators))}
    options = Options(frozenset(ask(queries.districts)["kode_kecamatan"]), {}, periods)
    if area is not None and area not in options.kecamatan:
        raise ValueError(area)
    basis = dasar.basis(warehouse, Selection(kecamatan=area, tanggal=day), options, today, is_outline=outline, ask=ask)
    villages = desa.Villages(basis)
    overview = Overview(basis).sheets()
    if beside.since:
        overview.insert(1, sejak.sheet(basis, beside.since, options, beside.entries))
    sheets = [
        *overview,
        *kecamatan.sheets(basis, options),
        *villages.priority(),
        *opd.sheets(basis),
        *kesepakatan.sheets(basis, beside),
    ]
    return _whole(basis, sheets, [] if outline else villages.all(), beside)


def _whole(basis: Basis, sheets: list[Sheet], villages: list[Sheet], beside: Beside) -> Pack:
    b = basis
    told = (b.warehouse.key, b.area or "", b.period, b.scored, beside.since or "", *map(str, beside.events))
    return Pack(
        version=b.warehouse.version,
        seal=hashlib.sha256("|".join(told).encode()).hexdigest()[:8],
        language=language(),
        area=b.area,
        area_name=b.area_name,
        regency=str(b.regency["nama_kabupaten"]),
        province=str(b.regency["provinsi"]),
        period=b.period,
        scored=b.scored,
        made=b.today.isoformat(),
        title=_("Kampung Keluarga Berkualitas di {area}: data per {period}").format(
            area=b.area_name, period=fmt.period(b.period)
        ),
        layer=b.drawn(lambda: str(first(b.ask(queries.map_layer, nama="peta"))["isi"])) or "",
        sheets=tuple(sheets),
        villages=tuple(villages),
        sources=tuple(f"{r['berkas']}: {r['penerbit']}" for r in b.sources),
        origins=tuple(
            Origin(
                str(r["berkas"]),
                field(r, "isi"),
                *("" if pd.isna(r[c]) else str(r[c]) for c in ("penerbit", "tanggal", "atribusi", "url")),
            )
            for r in b.sources
        ),
    )
