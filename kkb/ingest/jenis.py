"""The kinds of tables that staff bring besides the portal's exports: their columns, and the words used for them.

The same declarations recognise a file and make the template to fill in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kkb.bahasa import _


@dataclass(frozen=True)
class Column:
    """One column: our name for it, which is also its header in the template, and the headers it goes by elsewhere
    (as `label` writes them, the most telling first)."""

    name: str
    words: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """All headers it is known by."""
        return (label(self.name), *self.words)


@dataclass(frozen=True)
class Kind:
    """One kind of table. `marks` are columns of which one must be there to tell it, `needed` those without which it
    cannot be read. The village columns (PLACE) belong to every kind."""

    name: str
    columns: tuple[Column, ...]
    marks: tuple[str, ...]
    needed: tuple[str, ...] = ()


def label(header: object) -> str:
    """A header without case, accents, spaces and punctuation."""
    folded = unicodedata.normalize("NFKD", str(header)).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]", "", folded)


PLACE = (
    Column(
        "kode_desa",
        ("kodedesakelurahan", "kodedesakel", "kodekelurahan", "kodewilayah", "kodekemendagri", "iddesa", "kode"),
    ),
    Column(
        "nama_desa",
        ("namadesakelurahan", "namadesakel", "desakelurahan", "desakel", "desa", "namakelurahan", "kelurahan"),
    ),
    Column("kecamatan", ("namakecamatan", "namakec", "kec")),
    Column("kabupaten", ("namakabupaten", "namakabupatenkota", "kabupatenkota", "kabkota", "namakab", "kab")),
    Column("provinsi", ("namaprovinsi", "namaprov", "prov")),
)
_SOURCE = Column("sumber", ("sumberdata",))
_INDICATOR = Column("kode_indikator", ("indikator",))
DIMENSIONS = {
    "layanan_dasar": ("dld", "dimensilayanandasar"),
    "sosial": ("ds", "dimensisosial"),
    "ekonomi": ("de", "dimensiekonomi"),
    "lingkungan": ("dl", "dimensilingkungan"),
    "aksesibilitas": ("da", "dimensiaksesibilitas"),
    "tata_kelola": ("dtkpd", "dimensitatakelolapemerintahandesa", "tatakelolapemerintahandesa"),
}
"""Dimensions of Indeks Desa -> headers."""

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "idm",
            (Column("tahun"),),
            marks=("iks", "ike", "ikl"),
        ),
        Kind(
            "indeks-desa",
            (
                Column("tahun"),
                *(Column(name, words) for name, words in DIMENSIONS.items()),
                Column("skor", ("skorindeksdesa", "nilaiindeksdesa", "indeksdesa")),
                Column("status", ("statusindeksdesa", "statusdesa")),
                _SOURCE,
            ),
            marks=tuple(DIMENSIONS),
            needed=("skor",),
        ),
        Kind(
            "keputusan",
            (
                Column("status", ("statuskampungkb", "kampungkb")),
                Column("tanggal_sk", ("tglsk", "tanggalkeputusan", "tanggalsuratkeputusan")),
                Column("nomor_sk", ("nosk", "nomorkeputusan", "nomorsuratkeputusan", "noskkampungkb", "sk")),
                _SOURCE,
            ),
            marks=("tanggal_sk", "nomor_sk"),
        ),
        Kind(
            "kegiatan",
            (
                Column("tanggal", ("tanggalkegiatan", "tglkegiatan", "tgl", "waktu", "tahun", "periode")),
                Column("kegiatan", ("namakegiatan", "uraiankegiatan", "jeniskegiatan")),
                Column("opd", ("perangkatdaerah", "pelaksana", "penyelenggara", "instansi", "dinas")),
                Column("sumber_dana", ("sumberanggaran",)),
                Column("anggaran_rp", ("anggaran", "biaya", "pagu", "jumlahanggaran")),
                Column("peserta_jiwa", ("peserta", "jumlahpeserta")),
                Column("keterangan", ("ket", "catatan")),
                _SOURCE,
            ),
            marks=("kegiatan",),
            needed=("kegiatan",),
        ),
        Kind(
            "target",
            (_INDICATOR, Column("tahun", ("tahuntarget",)), Column("target", ("nilaitarget",)), _SOURCE),
            marks=("target",),
            needed=("target", "tahun"),
        ),
        Kind(
            "nilai",
            (
                _INDICATOR,
                Column("tahun", ("tahundata",)),
                Column("bulan"),
                Column("periode", ("tanggal", "tanggaldata", "masa", "perioda")),
                Column("nilai", ("capaian", "realisasi", "persentase", "totalkrs", "total", "jumlah")),
                Column("pembilang"),
                Column("penyebut", ("jumlahkeluargasasaran",)),
                _SOURCE,
            ),
            marks=("nilai", "pembilang"),
        ),
    )
}
PORTAL = ("rekap-klasifikasi", "rekap-kampung")
NAMES = (*PORTAL, *KINDS)
"""What `--kind` may say."""


def title(kind: str) -> str:
    """What a kind of file holds, in words."""
    return {
        "rekap-klasifikasi": _("Ekspor portal: rekap klasifikasi"),
        "rekap-kampung": _("Ekspor portal: rekap kampung"),
        "idm": _("Indeks Desa Membangun (IDM)"),
        "indeks-desa": _("Indeks Desa (sejak 2025)"),
        "keputusan": _("Daftar SK Kampung KB"),
        "kegiatan": _("Kegiatan desa/kelurahan"),
        "target": _("Target indikator"),
        "nilai": _("Nilai indikator"),
    }[kind]


def hint(kind: str, name: str) -> str:
    """What to write in one column of a template."""
    common = {
        "kode_desa": _("Kode desa/kelurahan Kemendagri, 10 angka; sudah diisi, jangan diubah."),
        "nama_desa": _("Nama desa/kelurahan, untuk dibaca; sudah diisi."),
        "kecamatan": _("Nama kecamatan, untuk dibaca; sudah diisi."),
        "tahun": _("Tahun data, 4 angka."),
        "sumber": _("Asal angka, misalnya “Dinas Kesehatan, e-PPGBM Agustus 2024”."),
        "kode_indikator": _("Kode indikator, lihat lembar Indikator."),
        "status": _("sudah, bila berstatus Kampung KB; kosongkan bila belum."),
        "tanggal_sk": _("Tanggal surat keputusan, misalnya 17/08/2024."),
        "nomor_sk": _("Nomor surat keputusan."),
        "tanggal": _("Tanggal kegiatan, misalnya 17/08/2024; boleh hanya bulan (2024-08) atau tahun."),
        "kegiatan": _("Nama kegiatan; satu baris untuk tiap kegiatan di tiap desa/kelurahan."),
        "opd": _("Perangkat daerah atau lembaga pelaksana."),
        "sumber_dana": _("APBD, Dana Desa, dan sebagainya."),
        "anggaran_rp": _("Anggaran dalam rupiah, angka saja."),
        "peserta_jiwa": _("Banyaknya peserta, angka saja; tanpa nama orang."),
        "keterangan": _("Keterangan lain."),
        "target": _("Nilai target dalam satuan indikatornya."),
        "periode": _("Masa data: tahun (2024), bulan (2024-08), atau tanggal (17/08/2024)."),
        "nilai": _("Nilai dalam satuan indikatornya; kosongkan bila tidak ada, jangan ditulis 0."),
        "pembilang": _("Pembilang, bila ada; nilai persen dihitung darinya bila kolom nilai kosong."),
        "penyebut": _("Penyebut, bila ada."),
        "iks": _("Indeks Ketahanan Sosial, 0 sampai 1."),
        "ike": _("Indeks Ketahanan Ekonomi, 0 sampai 1."),
        "ikl": _("Indeks Ketahanan Lingkungan, 0 sampai 1."),
        "idm": _("Indeks Desa Membangun, 0 sampai 1."),
        "status_idm": _("Status resmi: MANDIRI, MAJU, BERKEMBANG, TERTINGGAL, atau SANGAT TERTINGGAL."),
        "skor": _("Skor Indeks Desa, 0 sampai 100."),
    }
    if kind == "indeks-desa" and name == "status":
        return common["status_idm"]
    return common.get(name) or _("Skor dimensi Indeks Desa, 0 sampai 100.")
