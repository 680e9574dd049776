"""The fact tables the warehouse is built from, one Contract each, in the order they are checked."""

from __future__ import annotations

from kkb.compute.klasifikasi import CLASSES, ITEMS
from kkb.schema import (
    DISTRICT,
    REGENCY,
    VILLAGE,
    Column,
    Contract,
    code,
    date,
    flag,
    number,
    one_of,
    period,
    text,
    village_code,
    whole,
)

_RECAP_COUNTS = {
    "sumber_dana_jumlah": "banyaknya sumber dana, dari 6",
    "pokja_anggota_jiwa": "anggota Pokja (portal kadang menulis pengganti 1)",
    "pokja_terlatih_jiwa": "anggota Pokja terlatih",
    "regulasi_jumlah": "banyaknya regulasi",
    "mekanisme_operasional_jumlah": "banyaknya mekanisme operasional, dari 5",
    "pus_pasangan": "pasangan usia subur (PUS)",
    "penduduk_jiwa": "penduduk",
    "keluarga_kk": "keluarga",
    "remaja_jiwa": "remaja",
    "punya_balita_kk": "keluarga dengan balita",
    "punya_remaja_kk": "keluarga dengan remaja",
    "punya_lansia_kk": "keluarga dengan lansia",
    "bkb_kk": "keluarga ikut BKB",
    "bkr_kk": "keluarga ikut BKR",
    "bkl_kk": "keluarga ikut BKL",
    "uppka_kk": "keluarga ikut UPPKA",
    "pikr_jiwa": "remaja ikut PIK-R",
    "iud_pasangan": "peserta IUD",
    "mow_pasangan": "peserta MOW",
    "mop_pasangan": "peserta MOP",
    "kondom_pasangan": "peserta kondom",
    "implan_pasangan": "peserta implan",
    "suntik_pasangan": "peserta suntik",
    "pil_pasangan": "peserta pil",
    "hamil_pasangan": "PUS hamil",
    "anak_segera_pasangan": "PUS ingin anak segera",
    "anak_kemudian_pasangan": "PUS ingin anak kemudian",
    "tidak_ingin_anak_pasangan": "PUS tidak ingin anak lagi",
}
_RECAP_FLAGS = {
    "is_pokja_pengurus": "Pokja memiliki pengurus",
    "is_pokja_sk": "Pokja ber-SK",
    "is_pokja_pelatihan": "Pokja pernah dilatih",
    "is_plkb_pendamping": "didampingi PKB/PLKB",
    "is_regulasi": "ada regulasi",
    "is_rkm": "ada Rencana Kerja Masyarakat",
    "is_penggunaan_data": "data dipakai dalam perencanaan",
}


def _table(
    name: str, file: str, one_row: str, key: tuple[str, ...], columns: dict[str, Column], *, brought: bool = False
) -> Contract:
    return Contract(name, file, one_row, key, columns, brought)


def _district() -> Column:
    return code("kode kecamatan Kemendagri", DISTRICT, "6 angka tanpa titik")


def _place() -> dict[str, Column]:
    return {
        "luas_km2": number("luas, km²", 0, 100_000),
        "label_lon": number("bujur titik label, derajat WGS84", 90, 145),
        "label_lat": number("lintang titik label, derajat WGS84", -12, 7),
    }


_INDICATOR = r"^[A-Z]{2,3}\d{2}$"
OFFICE = r"^[A-Z][A-Z0-9]{1,15}$"
"""Code of an office, in `opd.csv` and wherever a task is given to one."""
AIM = r"^[1-4]$"
"""Code of one of the four aims (sasaran) of Inpres 3/2022."""
_ACTIVITY = r"^[1-4]\.\d\.\d{2}$"
_AREA = r"^(\d{2}|\d{4}|\d{6}|\d{10})$"
IDM_CLASSES = ("sangat_tertinggal", "tertinggal", "berkembang", "maju", "mandiri")
"""Status codes of the village index, lowest first."""

CONTRACTS = (
    _table(
        "kabupaten",
        "kabupaten.csv",
        "kabupaten yang ditampilkan aplikasi ini",
        ("kode_kabupaten",),
        {
            "kode_kabupaten": code("kode kabupaten", REGENCY, "4 angka"),
            "nama_kabupaten": text("nama kabupaten"),
            "provinsi": text("nama provinsi"),
            "jumlah_desa": whole("banyaknya desa", 0, 2000),
            "jumlah_kelurahan": whole("banyaknya kelurahan", 0, 2000),
            "luas_km2": number("luas, km²", 0, 1_000_000),
        },
    ),
    _table(
        "kecamatan",
        "kecamatan.csv",
        "kecamatan",
        ("kode_kecamatan",),
        {
            "kode_kecamatan": _district(),
            "nama_kecamatan": text("nama kecamatan"),
            "kode_kabupaten": code("kode kabupaten", REGENCY, "4 angka"),
            "kode_bps": code("kode BPS", r"^\d{7}$", "7 angka"),
            "jumlah_desa": whole("banyaknya desa", 0, 200),
            "jumlah_kelurahan": whole("banyaknya kelurahan", 0, 200),
            **_place(),
        },
    ),
    _table(
        "desa",
        "desa.csv",
        "desa atau kelurahan",
        ("kode_desa",),
        {
            "kode_desa": village_code(),
            "nama_desa": text("nama resmi"),
            "jenis": one_of("desa atau kelurahan", ["desa", "kelurahan"]),
            "kode_kecamatan": _district(),
            "kode_bps": code("kode BPS, dicocokkan lewat nama", VILLAGE, "10 angka"),
            **_place(),
        },
    ),
    _table(
        "alias_desa",
        "alias_desa.csv",
        "ejaan lain sebuah desa dalam satu daftar resmi",
        ("kode_desa", "alias", "sumber"),
        {
            "kode_desa": village_code(),
            "alias": text("nama seperti tertulis di sumber"),
            "sumber": text("daftar yang memakai ejaan itu"),
        },
    ),
    _table(
        "status",
        "kampung_kb_status.csv",
        "desa yang tercatat sebagai Kampung KB",
        ("kode_desa",),
        {
            "kode_desa": village_code(),
            "status": one_of("status", ["sudah"]),
            "tercatat_sejak": date("tanggal SK, atau tanggal ekspor portal atau daftar pertama yang memuatnya"),
            "tanggal_sk": date("tanggal surat keputusan", blank=True),
            "nomor_sk": text("nomor surat keputusan", blank=True),
        },
    ),
    _table(
        "keputusan",
        "keputusan",
        "desa dalam satu daftar surat keputusan (SK) Kampung KB",
        ("tanggal", "kode_desa"),
        {
            "tanggal": date("tanggal daftar"),
            "kode_desa": village_code(),
            "tanggal_sk": date("tanggal surat keputusan", blank=True),
            "nomor_sk": text("nomor surat keputusan", blank=True),
            "sumber": text("sumber daftar"),
        },
        brought=True,
    ),
    _table(
        "klasifikasi",
        "kampung_kb_klasifikasi.csv",
        "Kampung KB pada satu tanggal ekspor klasifikasi",
        ("tanggal", "kode_desa"),
        {
            "tanggal": date("tanggal ekspor"),
            "kode_desa": village_code(),
            "nama_kampung_kb": text("nama Kampung KB di portal"),
            **{name: whole(f"skor {code}", 1, 4) for name, code in ITEMS.items()},
            "indeks_input": number("rata-rata skor input", 1, 4),
            "indeks_proses": number("rata-rata skor proses", 1, 4),
            "indeks_output": number("rata-rata skor output", 1, 4),
            "klasifikasi": one_of("kelas resmi portal", list(CLASSES)),
        },
    ),
    _table(
        "rekap",
        "kampung_kb_rekap.csv",
        "Kampung KB pada satu tanggal ekspor rekap",
        ("tanggal", "kode_desa"),
        {
            "tanggal": date("tanggal ekspor"),
            "kode_desa": village_code(),
            "nama_kampung_kb": text("nama Kampung KB di portal"),
            **{n: whole(m, 0, 1_000_000, blank=True) for n, m in _RECAP_COUNTS.items()},
            **{n: flag(m) for n, m in _RECAP_FLAGS.items()},
        },
    ),
    _table(
        "idm",
        "idm.csv",
        "desa pada satu tahun Indeks Desa Membangun",
        ("tahun", "kode_desa"),
        {
            "tahun": whole("tahun IDM", 2015, 2100),
            "kode_desa": village_code(),
            "idm": number("Indeks Desa Membangun", 0, 1),
            "iks": number("Indeks Ketahanan Sosial", 0, 1),
            "ike": number("Indeks Ketahanan Ekonomi", 0, 1),
            "ikl": number("Indeks Ketahanan Lingkungan", 0, 1),
            "status_idm": one_of("status resmi", list(IDM_CLASSES)),
        },
    ),
    _table(
        "indeks_desa",
        "indeks_desa",
        "desa pada satu tahun Indeks Desa (pengganti IDM sejak 2025)",
        ("tahun", "kode_desa"),
        {
            "tahun": whole("tahun Indeks Desa", 2024, 2100),
            "kode_desa": village_code(),
            "layanan_dasar": number("dimensi layanan dasar", 0, 100, blank=True),
            "sosial": number("dimensi sosial", 0, 100, blank=True),
            "ekonomi": number("dimensi ekonomi", 0, 100, blank=True),
            "lingkungan": number("dimensi lingkungan", 0, 100, blank=True),
            "aksesibilitas": number("dimensi aksesibilitas", 0, 100, blank=True),
            "tata_kelola": number("dimensi tata kelola pemerintahan desa", 0, 100, blank=True),
            "skor": number("skor Indeks Desa", 0, 100),
            "status_desa": one_of("status menurut sumber", list(IDM_CLASSES), blank=True),
            "sumber": text("sumber angka"),
        },
        brought=True,
    ),
    _table(
        "idm_kabupaten",
        "idm_kabupaten.csv",
        "IDM kabupaten pada satu tahun",
        ("tahun",),
        {
            "tahun": whole("tahun IDM", 2015, 2100),
            "skor_idm": number("rata-rata IDM", 0, 1, blank=True),
            **{
                s: whole(f"banyaknya desa {s.replace('_', ' ')}", 0, 2000, blank=True)
                for s in ("mandiri", "maju", "berkembang", "tertinggal", "sangat_tertinggal")
            },
            "sumber": text("sumber angka"),
        },
    ),
    _table(
        "pembanding_wilayah",
        "pembanding_wilayah.csv",
        "kabupaten/kota pembanding, atau Indonesia (00)",
        ("kode_wilayah",),
        {
            "kode_wilayah": code("kode wilayah", _AREA, "2 atau 4 angka"),
            "nama_wilayah": text("nama wilayah"),
            "jumlah_desa": whole("banyaknya desa", 0, 200_000),
            "jumlah_kelurahan": whole("banyaknya kelurahan", 0, 200_000),
        },
    ),
    _table(
        "pembanding_klasifikasi",
        "pembanding_klasifikasi.csv",
        "banyaknya Kampung KB per kelas di satu wilayah pada satu tanggal",
        ("tanggal", "kode_wilayah"),
        {
            "tanggal": date("tanggal ekspor"),
            "kode_wilayah": code("kode wilayah", _AREA, "2 atau 4 angka"),
            **{c: whole(f"banyaknya Kampung KB kelas {c}", 0, 200_000) for c in CLASSES},
        },
    ),
    _table(
        "opd",
        "opd.csv",
        "perangkat daerah (OPD) atau lembaga yang dapat diberi tugas",
        ("kode_opd",),
        {
            "kode_opd": code("kode perangkat daerah", OFFICE, "huruf besar atau angka"),
            "nama": text("nama"),
            "nama_en": text("nama dalam bahasa Inggris"),
            "singkatan": text("nama pendek"),
            "jenis": one_of("jenis lembaga", ["perangkat_daerah", "instansi_vertikal", "pemerintah_desa", "bersama"]),
            "is_usulan": flag("true selama nama dan tugasnya masih usulan yang belum ditetapkan kabupaten"),
            "sumber": text("dasar baris ini"),
        },
    ),
    _table(
        "indikator",
        "indikator.csv",
        "indikator yang dipantau",
        ("kode_indikator",),
        {
            "kode_indikator": code("kode indikator", _INDICATOR, "huruf besar lalu 2 angka"),
            "nama": text("nama"),
            "nama_en": text("nama dalam bahasa Inggris"),
            "sektor": text("sektor"),
            "sektor_en": text("sektor, bahasa Inggris"),
            "satuan": text("satuan"),
            "satuan_en": text("satuan dalam bahasa Inggris"),
            "definisi": text("definisi"),
            "definisi_en": text("definisi dalam bahasa Inggris"),
            "pembilang": text("pembilang", blank=True),
            "pembilang_en": text("pembilang dalam bahasa Inggris", blank=True),
            "penyebut": text("penyebut", blank=True),
            "penyebut_en": text("penyebut dalam bahasa Inggris", blank=True),
            "arah": one_of("arah yang lebih baik", ["naik", "turun", "konteks"]),
            "target": number("target nasional menurut sumber", 0, 1_000_000, blank=True),
            "tahun_target": whole("tahun target", 2015, 2100, blank=True),
            "jenis_data": one_of("cara data diperoleh", ["administrasi", "survei"]),
            "tingkat": one_of("tingkat wilayah terendah", ["desa", "kabupaten"]),
            "skema_peta": one_of(
                "skema kelas di peta",
                ["status", "klasifikasi", "indeks", "skor", "idm", "subindeks", "ya_tidak"],
                blank=True,
            ),
            "asal": code(
                "tabel.kolom asal nilai desa",
                r"^(status|klasifikasi|idm|rekap|indeks_desa)\.[a-z_]+$",
                "tabel.kolom",
                blank=True,
            ),
            "url_sumber": text("alamat sumber", blank=True),
        },
    ),
    _table(
        "indikator_opd",
        "indikator_opd.csv",
        "perangkat daerah yang memegang satu indikator atau butir kelas",
        ("kode_indikator", "kode_opd"),
        {
            "kode_indikator": code("kode indikator", _INDICATOR, "huruf besar lalu 2 angka"),
            "kode_opd": code("kode perangkat daerah", OFFICE, "huruf besar atau angka"),
            "peran": one_of("penanggung jawab atau pendukung", ["utama", "pendukung"]),
            "is_usulan": flag("true selama pembagian ini belum ditetapkan kabupaten"),
            "sumber": text("dasar pembagian"),
        },
    ),
    _table(
        "inpres_program",
        "inpres_program.csv",
        "program dalam satu dari empat sasaran Inpres 3/2022",
        ("kode_program",),
        {
            "kode_program": code("kode program", r"^[1-4]\.\d$", "sasaran.nomor"),
            "kode_sasaran": code("kode sasaran", AIM, "1 sampai 4"),
            "sasaran": text("nama sasaran, diringkas"),
            "sasaran_en": text("nama sasaran, bahasa Inggris"),
            "program": text("nama program, diringkas"),
            "program_en": text("nama program, bahasa Inggris"),
        },
    ),
    _table(
        "inpres_kegiatan",
        "inpres_kegiatan.csv",
        "kegiatan Inpres 3/2022",
        ("kode_kegiatan",),
        {
            "kode_kegiatan": code("kode kegiatan", _ACTIVITY, "program.nomor"),
            "kode_program": code("kode program", r"^[1-4]\.\d$", "sasaran.nomor"),
            "kegiatan": text("nama kegiatan, diringkas"),
            "kegiatan_en": text("nama kegiatan, bahasa Inggris"),
            "kementerian": text("kementerian atau lembaga penanggung jawab"),
        },
    ),
    _table(
        "inpres_indikator",
        "inpres_indikator.csv",
        "indikator yang mengukur satu kegiatan Inpres 3/2022",
        ("kode_kegiatan", "kode_indikator"),
        {
            "kode_kegiatan": code("kode kegiatan", _ACTIVITY, "program.nomor"),
            "kode_indikator": code("kode indikator", _INDICATOR, "huruf besar lalu 2 angka"),
            "is_usulan": flag("true selama kaitan ini belum ditetapkan kabupaten"),
        },
    ),
    _table(
        "skema_peta",
        "skema_peta.csv",
        "satu kelas warna dari satu skema peta",
        ("skema", "kode_kelas"),
        {
            "skema": text("nama skema"),
            "urutan": whole("urutan di legenda", 1, 20),
            "kode_kelas": code("kode kelas", r"^[a-z_0-9]+$", "huruf kecil"),
            "label": text("tulisan di legenda"),
            "label_en": text("tulisan di legenda, bahasa Inggris"),
            "batas_bawah": number("batas bawah", -1e9, 1e9, blank=True),
            "batas_atas": number("batas atas", -1e9, 1e9, blank=True),
            "tertutup": one_of("ujung yang termasuk", ["bawah", "atas"], blank=True),
            "warna": code("warna isi", r"^#[0-9A-Fa-f]{6}$", "#RRGGBB"),
            "motif": one_of("motif untuk nilai kosong", ["titik", "arsir", "silang"], blank=True),
            "catatan": text("asal batas kelas", blank=True),
            "catatan_en": text("asal batas kelas, bahasa Inggris", blank=True),
        },
    ),
    _table(
        "aturan_item",
        "aturan_item.csv",
        "butir penilaian dan batas tiap skornya",
        ("berlaku_mulai", "kode_indikator"),
        {
            "berlaku_mulai": date("hari pertama berlaku"),
            "urutan": whole("urutan butir", 1, 12),
            "kode_indikator": code("kode indikator", _INDICATOR, "huruf besar lalu 2 angka"),
            "indeks": one_of("indeks", ["input", "proses", "output"]),
            "item": text("nama butir"),
            "item_en": text("nama butir, bahasa Inggris"),
            "dasar_ukur": text("yang dihitung"),
            "dasar_ukur_en": text("yang dihitung, bahasa Inggris"),
            "satuan": text("satuan yang dihitung; % dibulatkan ke bilangan bulat"),
            "satuan_en": text("satuan, bahasa Inggris"),
            "arah": one_of("arah yang lebih baik", ["naik", "turun"]),
            **{f"batas_{n}": whole(f"batas mulai skor {n}", 0, 1000, blank=n == 4) for n in (2, 3, 4)},
            "ambang_indeks": number("ambang kelulusan indeksnya", 1, 4),
        },
    ),
    _table(
        "target",
        "target.csv",
        "target satu indikator, wilayah, dan tahun",
        ("kode_indikator", "kode_wilayah", "tahun"),
        {
            "kode_indikator": code("kode indikator", _INDICATOR, "huruf besar lalu 2 angka"),
            "kode_wilayah": code("kode wilayah", _AREA, "2, 4, 6, atau 10 angka"),
            "tahun": whole("tahun target", 2015, 2100),
            "target": number("nilai target", 0, 1_000_000),
            "satuan": text("satuan target"),
            "kode_fakta": text("fakta yang menjadi sumbernya", blank=True),
            "sumber": text("sumber bila bukan fakta", blank=True),
        },
    ),
    _table(
        "nilai_indikator",
        "nilai_indikator.csv",
        "nilai satu indikator di satu wilayah pada satu masa",
        ("kode_indikator", "kode_wilayah", "periode"),
        {
            "kode_indikator": code("kode indikator", _INDICATOR, "huruf besar lalu 2 angka"),
            "kode_wilayah": code("kode wilayah", _AREA, "2, 4, 6, atau 10 angka"),
            "periode": period("masa data, seteliti sumbernya"),
            "nilai": number("nilai dalam satuan indikator", 0, 1_000_000_000),
            "pembilang": number("pembilang", 0, 1_000_000_000, blank=True),
            "penyebut": number("penyebut", 0, 1_000_000_000, blank=True),
            "kode_fakta": text("fakta yang menjadi sumbernya", blank=True),
            "sumber": text("sumber bila bukan fakta", blank=True),
        },
    ),
    _table(
        "kegiatan",
        "kegiatan",
        "kegiatan di satu desa",
        ("kode_desa", "periode", "kegiatan"),
        {
            "kode_desa": village_code(),
            "periode": period("waktu kegiatan, seteliti sumbernya"),
            "kegiatan": text("nama kegiatan"),
            "opd": text("perangkat daerah atau lembaga pelaksana", blank=True),
            "sumber_dana": text("sumber dana", blank=True),
            "anggaran_rp": number("anggaran, rupiah", 0, 1e12, blank=True),
            "peserta_jiwa": whole("peserta", 0, 1_000_000, blank=True),
            "keterangan": text("keterangan", blank=True),
            "sumber": text("sumber daftar"),
        },
        brought=True,
    ),
    _table(
        "fakta",
        "fakta.csv",
        "fakta bertanggal dari satu sumber",
        ("kode_fakta",),
        {
            "kode_fakta": code("kode fakta", r"^[a-z0-9-]+$", "huruf kecil, angka, tanda -"),
            "topik": text("topik"),
            "kode_wilayah": code("kode wilayah", _AREA, "2 atau 4 angka"),
            "uraian": text("isi fakta"),
            "uraian_en": text("isi fakta, bahasa Inggris"),
            "nilai": number("nilai", -1e12, 1e12, blank=True),
            "nilai_teks": text("nilai dalam kata", blank=True),
            "satuan": text("satuan", blank=True),
            "tanggal": period("tanggal menurut sumber", blank=True),
            "jenis": one_of(
                "cara fakta diperoleh",
                [
                    "rutin",
                    "survei",
                    "administrasi",
                    "pers",
                    "rencana",
                    "aturan",
                    "tidak-ditemukan",
                ],
            ),
            "sumber": text("penerbit", blank=True),
            "url": text("alamat sumber", blank=True),
        },
    ),
    _table(
        "sumber",
        "SUMBER.csv",
        "berkas fakta dan penerbitnya",
        ("berkas",),
        {
            "berkas": text("nama berkas di folder data"),
            "isi": text("isi berkas"),
            "isi_en": text("isi berkas, bahasa Inggris"),
            "penerbit": text("penerbit"),
            "tanggal": text("tanggal atau rentang tanggal data"),
            "atribusi": text("lisensi atau atribusi"),
            "url": text("alamat sumber", blank=True),
            "sha256": code("sidik berkas", r"^[0-9a-f]{64}$", "64 angka heksadesimal"),
        },
    ),
)
"""All contracts. A table of another kabupaten uses the same ones; only the files differ."""

BY_NAME = {c.name: c for c in CONTRACTS}
BOUNDARIES = ("batas/desa.geojson", "batas/kecamatan.geojson", "batas/kabupaten.geojson")
NEIGHBOURS = "batas/tetangga.geojson"
