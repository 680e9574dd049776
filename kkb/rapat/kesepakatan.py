"""The sheet of agreements: what is late, what is due, what was done."""

from __future__ import annotations

from collections.abc import Sequence

from kkb import format as fmt
from kkb import queries
from kkb.bahasa import _
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement
from kkb.naskah import kesepakatan as words
from kkb.rapat.dasar import Basis
from kkb.rapat.lembar import Figure, Grid, Sheet
from kkb.rapat.samping import Beside
from kkb.report import kesepakatan as tables
from kkb.rows import by


def sheets(basis: Basis, beside: Beside) -> list[Sheet]:
    """One sheet on the agreements that touch the area, by lateness; none where nothing was agreed."""
    today = basis.today.isoformat()
    listed = compute.ordered(compute.chosen(beside.agreements, today, area=basis.area), today)
    if not listed:
        return []
    offices = {k: str(r["singkatan"]) for k, r in by(basis.ask(queries.offices), "kode_opd").items()}
    areas = words.area_names(basis.regency, basis.all_districts, basis.places)
    n = compute.counts(listed, today)
    table = tables.table(listed, today, areas, offices)
    short = [
        *(_("Nomor"), _("Kesepakatan"), _("Wilayah"), _("Perangkat daerah"), _("Tenggat"), _("Status")),
        *(_("Hari lewat tenggat"), _("Rapat"), _("Tanggal rapat"), _("Komentar terakhir")),
    ]
    return [
        Sheet(
            "kesepakatan/semua",
            words.title(listed, listed, today, offices, None),
            words.source(beside.events, today),
            points=tuple(_line(a, today, areas, offices) for a in listed if a.is_open),
            figures=(
                Figure(_("Terbuka"), fmt.of(n.terbuka, n.berlaku), _("kesepakatan")),
                Figure(_("Lewat tenggat"), fmt.of(n.lewat, n.terbuka), _("yang terbuka")),
                Figure(_("Selesai"), fmt.of(n.selesai, n.berlaku), _("kesepakatan")),
            ),
            grid=Grid(_("Kesepakatan rapat"), table[short]),
            page="tindak_lanjut",
            choice=basis.choice,
        )
    ]


def _line(agreement: Agreement, today: str, areas: dict[str, str], offices: dict[str, str]) -> str:
    names: Sequence[str] = [areas.get(c, c) for c in agreement.wilayah]
    return _("{state}: {what} ({office}; {areas}).").format(
        state=words.state(agreement, today),
        what=agreement.isi.rstrip("."),
        office=offices.get(agreement.kode_opd, agreement.kode_opd),
        areas=", ".join(names),
    )
