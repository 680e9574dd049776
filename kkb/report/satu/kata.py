"""The words of the single file's own buttons, lists and messages; those of the sheets come with the sheets."""

from __future__ import annotations

from kkb.bahasa import _


def words() -> dict[str, str]:
    """Name of a text in the page or its script -> the text, in the language in use."""
    return {
        "agenda": _("Agenda"),
        "search": _("Cari"),
        "find": _("Cari desa, kecamatan, lembar"),
        "found": _("{n} ditemukan"),
        "tools": _("Tampilan"),
        "skip": _("Langsung ke isi lembar"),
        "present": _("Layar penuh"),
        "notes": _("Catatan pembicara"),
        "noNotes": _("Tidak ada catatan untuk lembar ini."),
        "speaker": _("Jendela pembicara"),
        "speakerBlocked": _("Peramban menolak jendela kedua. Izinkan jendela baru untuk berkas ini."),
        "onScreen": _("Di layar"),
        "nextSheet": _("Lembar berikutnya"),
        "lastSheet": _("Ini lembar terakhir."),
        "theme": _("Tema"),
        "theme_terang": _("Tema terang"),
        "theme_proyektor": _("Tema proyektor, kontras tinggi"),
        "theme_gelap": _("Tema gelap"),
        "smaller": _("Huruf lebih kecil"),
        "larger": _("Huruf lebih besar"),
        "print": _("Cetak semua"),
        "printOne": _("Cetak ini"),
        "printTitle": _("Cetak seluruh agenda, satu lembar tiap halaman"),
        "printOneTitle": _("Cetak lembar yang tampil"),
        "themeTitle": _("Ganti tema"),
        "close": _("Tutup daftar"),
        "previous": _("Lembar sebelumnya"),
        "next": _("Lembar berikutnya"),
        "place": _("Lembar {n} dari {total}"),
        "back": _("Kembali ke lembar {n}: {title}"),
        "timer": _("Waktu bicara: tekan untuk mulai atau berhenti"),
        "timeLeft": _("sisa {clock}"),
        "timeOver": _("lewat {clock}"),
        "legend": _("Legenda"),
        "district": _("Kec. {name}"),
        "credit": _("Batas: BIG/Kemendagri via cahyadsn (MIT), indikatif"),
        "zoomIn": _("Perbesar"),
        "zoomOut": _("Perkecil"),
        "zoomAll": _("Seluruh wilayah"),
        "mapTable": _("Peta sebagai tabel"),
        "chartTable": _("Grafik sebagai tabel"),
        "category": _("Kelompok"),
        "told": _("Angka pada grafik"),
        "code": _("Kode"),
        "village": _("Desa/kelurahan"),
        "districtHead": _("Kecamatan"),
        "classHead": _("Kelas"),
        "sort": _("Urutkan"),
        "keysHead": _("Tombol papan ketik"),
        "aboutHead": _("Tentang berkas ini"),
    }


def shortcuts() -> list[tuple[str, str]]:
    """Keys and what they do."""
    return [
        ("→ PageDown", _("lembar berikutnya")),
        ("← PageUp", _("lembar sebelumnya")),
        ("Home End", _("lembar pertama, terakhir")),
        ("D /", _("cari desa/kelurahan, kecamatan, atau lembar")),
        ("Backspace Esc", _("kembali ke agenda")),
        ("F", _("layar penuh")),
        ("N", _("catatan pembicara")),
        ("W", _("jendela pembicara")),
        ("T", _("ganti tema")),
        ("P", _("mulai atau jeda waktu, bila dibatasi")),
        ("[ ]", _("huruf lebih kecil, lebih besar")),
        ("+ − 0", _("perbesar, perkecil, seluruh peta")),
        ("Shift + ←↑→↓", _("geser peta")),
        ("M", _("buka atau tutup daftar")),
        ("?", _("daftar tombol ini")),
    ]


def plain_note() -> str:
    """What is said where scripts do not run."""
    return _(
        "Penampil ini tidak menjalankan skrip, sehingga hanya agenda yang tampil, tanpa peta dan lembar tiap desa. "
        "Buka berkas ini dengan peramban, misalnya Chrome, untuk melihat semuanya."
    )
