"""The pages in the order of the menu: file, address, icon and name."""

from __future__ import annotations

from dataclasses import dataclass

from kkb.bahasa import _


@dataclass(frozen=True)
class Entry:
    """One page: its file in `pages/` without the ending, its address ('' for the first), its icon, its name."""

    file: str
    path: str
    icon: str
    name: str


def entries(*, several: bool) -> list[Entry]:
    """All of them, in the language in use. `several`: with those for a version of several kabupaten."""
    above = Entry("nasional", "nasional", ":material/public:", _("Provinsi dan nasional"))
    return [
        Entry("ringkasan", "", ":material/dashboard:", _("Ringkasan")),
        Entry("peta", "peta", ":material/map:", _("Peta")),
        *([above] if several else []),
        Entry("klasifikasi", "klasifikasi", ":material/category:", _("Klasifikasi")),
        Entry("naik_kelas", "naik-kelas", ":material/trending_up:", _("Naik kelas")),
        Entry("kecamatan", "kecamatan", ":material/location_city:", _("Kecamatan")),
        Entry("desa", "desa", ":material/home_work:", _("Profil desa")),
        Entry("lintas_sektor", "lintas-sektor", ":material/groups:", _("Lintas sektor")),
        Entry("analisis", "analisis", ":material/scatter_plot:", _("Analisis")),
        Entry("target", "target", ":material/flag:", _("Target")),
        Entry("tindak_lanjut", "tindak-lanjut", ":material/task_alt:", _("Tindak lanjut")),
        Entry("rapat", "rapat", ":material/co_present:", _("Rapat")),
        Entry("kelengkapan", "kelengkapan", ":material/fact_check:", _("Kelengkapan")),
        Entry("data", "data", ":material/database:", _("Data")),
        Entry("metodologi", "metodologi", ":material/menu_book:", _("Metodologi")),
        Entry("panduan", "panduan", ":material/help_center:", _("Panduan")),
    ]
