"""The path to the target, in words."""

from __future__ import annotations

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.target import Path
from kkb.rows import Row


def deadline(target: int, year: int, reached: int, period: str, *, today_year: int, is_last: bool) -> str:
    """What the target year was, whether it is past, and what is known; `is_last` when no later portal data exists."""
    words = {"target": target, "year": year, "period": fmt.period(period), "n": fmt.number(reached)}
    if today_year <= year:
        return _("Target pada tahun {year} adalah {target} desa/kelurahan; data per {period} mencatat {n}.").format(
            **words
        )
    sentence = _(
        "Tenggat rencana {target} desa/kelurahan pada tahun {year} telah lewat. Data per {period} mencatat {n}."
    ).format(**words)
    if is_last:
        sentence += " " + _(
            "Sesudah tanggal itu tidak ada data, sehingga belum dapat diketahui apakah target tercapai."
        )
    return sentence


def target_title(path: Path, year: int, period: str, today_year: int) -> str:
    """The finding of the target page."""
    if path.gap == 0:
        return _("Target {n} desa/kelurahan tercapai").format(n=fmt.number(path.target))
    if today_year > year:
        return _("{n} desa/kelurahan belum Kampung KB per {period}; tenggat {year} telah lewat").format(
            n=fmt.number(path.gap), year=year, period=fmt.period(period)
        )
    return _("Kurang {n} desa/kelurahan untuk mencapai target {year}").format(n=fmt.number(path.gap), year=year)


def pace(path: Path) -> str:
    """Villages a month, or words when no month is left."""
    return _("tenggat lewat") if path.pace is None else fmt.number(path.pace)


def facts_line(facts: pd.DataFrame, goal: Row) -> str:
    """The dated facts beside the portal's line, each with its source."""
    told = [
        f"{fmt.period(t)}: {fmt.number(v)} ({s})"
        for t, v, s in zip(facts["periode"], facts["nilai"], facts["sumber"], strict=True)
    ]
    return _("Belah ketupat: {facts}. Target {n} pada {year}: {source}.").format(
        facts="; ".join(told), n=fmt.number(goal["target"]), year=goal["tahun"], source=goal["sumber"]
    )
