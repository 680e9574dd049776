"""Agreements and activities as tables to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute import kesepakatan as compute
from kkb.compute.kesepakatan import Agreement
from kkb.naskah import kesepakatan as naskah


def table(
    agreements: Sequence[Agreement], today: str, areas: Mapping[str, str], offices: Mapping[str, str]
) -> pd.DataFrame:
    """One row per agreement, in the order given; days are ISO 8601, `Hari lewat tenggat` is 0 when it is not late."""
    said = [a.last_comment for a in agreements]
    return pd.DataFrame(
        {
            _("Nomor"): [a.nomor for a in agreements],
            _("Rapat"): [a.rapat for a in agreements],
            _("Tanggal rapat"): [a.tanggal_rapat for a in agreements],
            _("Kesepakatan"): [a.isi for a in agreements],
            _("Kode wilayah"): ["; ".join(a.wilayah) for a in agreements],
            _("Wilayah"): ["; ".join(areas.get(c, c) for c in a.wilayah) for a in agreements],
            _("Perangkat daerah"): [offices.get(a.kode_opd, a.kode_opd) for a in agreements],
            _("Tenggat"): [a.tenggat for a in agreements],
            _("Tenggat semula"): [a.tenggat_semula for a in agreements],
            _("Status"): [naskah.status_name(a.status) for a in agreements],
            _("Status sejak"): [a.pada for a in agreements],
            _("Hari lewat tenggat"): [compute.days_late(a, today) for a in agreements],
            _("Indikator"): [a.kode_indikator for a in agreements],
            _("Dibahas lagi"): ["; ".join(a.discussed) for a in agreements],
            _("Kegiatan yang dikaitkan"): [
                "; ".join(f"{name} ({period})" for _village, period, name in a.kegiatan) for a in agreements
            ],
            _("Komentar terakhir"): [naskah.comment(e) if e else "" for e in said],
        }
    )


def history(agreements: Sequence[Agreement]) -> pd.DataFrame:
    """One row per thing written of these agreements, oldest first."""
    events = sorted((e for a in agreements for e in a.lalu), key=lambda e: e.nomor)
    return pd.DataFrame(
        {
            _("Catatan"): [e.nomor for e in events],
            _("Waktu"): [fmt.moment(e.saat) for e in events],
            _("Oleh"): [e.oleh for e in events],
            _("Kesepakatan"): [e.kesepakatan for e in events],
            _("Tindakan"): [naskah.event(e) for e in events],
            _("Isian"): [naskah.typed(e) for e in events],
        }
    )


def activities(rows: pd.DataFrame, linked: Mapping[compute.Activity, Sequence[int]]) -> pd.DataFrame:
    """One row per activity, as `queries.village_activities`, with the agreements it belongs to."""
    keys = zip(rows["kode_desa"], rows["periode"], rows["kegiatan"], strict=True)
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(c) for c in rows["kode_desa"]],
            _("Desa/kelurahan"): list(rows["nama_desa"]),
            _("Kecamatan"): list(rows["nama_kecamatan"]),
            _("Waktu"): list(rows["periode"]),
            _("Kegiatan"): list(rows["kegiatan"]),
            _("Perangkat daerah"): list(rows["opd"]),
            _("Sumber dana"): list(rows["sumber_dana"]),
            _("Anggaran (Rp)"): list(rows["anggaran_rp"]),
            _("Peserta"): list(rows["peserta_jiwa"]),
            _("Keterangan"): list(rows["keterangan"]),
            _("Sumber"): list(rows["sumber"]),
            _("Kesepakatan"): ["; ".join(str(n) for n in linked.get(k, ())) for k in keys],
        }
    )
