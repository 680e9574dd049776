"""The tables of the kecamatan, to take away."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kkb import format as fmt
from kkb.bahasa import _
from kkb.compute.jalur import Board, Village
from kkb.compute.kecamatan import Measure
from kkb.naskah import camat, naik_kelas


def ranking(table: pd.DataFrame, by: Measure, earlier: str | None, groups: Mapping[str, str]) -> pd.DataFrame:
    """One row per kecamatan, best first: figure, what it is counted from, ranks, and change since the earlier date."""
    value = _("Nilai (%)") if by.is_share else _("Nilai")
    rows = {
        _("Kode"): [camat.code(str(k)) for k in table["kode_kecamatan"]],
        _("Kecamatan"): list(table["nama_kecamatan"]),
        _("Peringkat"): table["peringkat"].array,
        _("Bersama (kecamatan lain)"): table["bersama"].array,
        value: table["nilai"].round(max(by.decimals, 4)).array,
        **({_("Terhitung"): table["bagian"].array} if by.is_share else {}),
        _("Memiliki nilai"): table["n"].array,
        _("Seluruhnya"): table["jumlah"].array,
        _("Belum melapor"): table["belum_melapor"].array,
        _("Kelompok"): [groups[g] for g in table["kelompok"]],
        _("Peringkat kelompok"): table["peringkat_kelompok"].array,
    }
    if earlier:
        rows[_("Nilai {day}").format(day=fmt.short_period(earlier))] = table["nilai_lama"].round(4).array
        rows[_("Perubahan peringkat")] = table["naik"].array
    if by.is_share:
        rows[_("Peringkat bila bertambah satu")] = table["peringkat_tambah"].array
    return pd.DataFrame(rows)


def villages(rows: pd.DataFrame, board: Board, idm_labels: Mapping[str, str], year: str | None) -> pd.DataFrame:
    """One row per village of a kecamatan: status, class, indices, points to the class above, and IDM.

    An index that rests on a missing report is blank, and `Catatan` says so.
    """
    by_code = {v.code: v for v in board.villages}
    found = [by_code.get(str(k)) for k in rows["kode_desa"]]
    states = [k if s == "ada" else s for k, s in zip(rows["idm_kelas"], rows["idm_keadaan"], strict=True)]
    silent = [bool(v and v.unreported) for v in found]
    return pd.DataFrame(
        {
            _("Kode"): [fmt.village_code(str(k)) for k in rows["kode_desa"]],
            _("Desa/kelurahan"): list(rows["nama_desa"]),
            _("Jenis"): [_("Desa") if j == "desa" else _("Kelurahan") for j in rows["jenis"]],
            _("Kampung KB"): [_("sudah") if s else _("belum") for s in rows["is_kampung_kb"]],
            _("Kelas"): [fmt.class_name(k) if isinstance(k, str) else None for k in rows["kelas"]],
            _("Indeks input"): rows["indeks_input"].array,
            _("Indeks proses"): rows["indeks_proses"].array,
            _("Indeks output"): rows["indeks_output"].mask(pd.Series(silent, index=rows.index)).array,
            _("Poin"): pd.array([v.points if v else pd.NA for v in found], dtype="Int64"),
            _("Dapat mencapai"): [naik_kelas.reached(v) if v else None for v in found],
            _("Kurang per indeks"): [naik_kelas.missing(v) if v else None for v in found],
            _("Catatan"): [_note(v) if v else None for v in found],
            _("IDM {year}").format(year=year or "").strip(): rows["idm"].array,
            _("Status IDM"): [idm_labels.get(s) if isinstance(s, str) else None for s in states],
        }
    )


def _note(village: Village) -> str:
    told = [naik_kelas.note(village)] if naik_kelas.note(village) else []
    if village.unreported:
        told.append(_("indeks output dikosongkan: laporan kosong, skor 1 dari portal"))
    return "; ".join(told)
