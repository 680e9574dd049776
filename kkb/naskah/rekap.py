"""What the figures of a recap are called."""

from __future__ import annotations

from kkb.bahasa import _


def labels() -> dict[str, str]:
    """Column of the recap, or percentage counted from it -> its name on screen, in the order they are read."""
    return {
        "penduduk_jiwa": _("Penduduk (jiwa)"),
        "keluarga_kk": _("Keluarga"),
        "pus_pasangan": _("PUS (pasangan)"),
        "remaja_jiwa": _("Remaja (jiwa)"),
        "punya_balita_kk": _("Keluarga dengan balita"),
        "punya_remaja_kk": _("Keluarga dengan remaja"),
        "punya_lansia_kk": _("Keluarga dengan lansia"),
        "cpr_pct": _("CPR (% PUS)"),
        "mkjp_pct": _("MKJP (% peserta KB)"),
        "unmet_need_pct": _("Unmet need (% PUS)"),
        "peserta_pasangan": _("Peserta KB"),
        "iud_pasangan": _("IUD"),
        "mow_pasangan": _("MOW"),
        "mop_pasangan": _("MOP"),
        "implan_pasangan": _("Implan"),
        "kondom_pasangan": _("Kondom"),
        "suntik_pasangan": _("Suntik"),
        "pil_pasangan": _("Pil"),
        "hamil_pasangan": _("PUS hamil"),
        "anak_segera_pasangan": _("PUS ingin anak segera"),
        "anak_kemudian_pasangan": _("PUS ingin anak kemudian, tidak ber-KB"),
        "tidak_ingin_anak_pasangan": _("PUS tidak ingin anak lagi, tidak ber-KB"),
        "bkb_kk": _("Keluarga ikut BKB"),
        "bkb_pct": _("BKB (% keluarga balita)"),
        "bkr_kk": _("Keluarga ikut BKR"),
        "bkr_pct": _("BKR (% keluarga remaja)"),
        "bkl_kk": _("Keluarga ikut BKL"),
        "bkl_pct": _("BKL (% keluarga lansia)"),
        "uppka_kk": _("Keluarga ikut UPPKA"),
        "uppka_pct": _("UPPKA (% keluarga)"),
        "pikr_jiwa": _("Remaja ikut PIK-R"),
        "pikr_pct": _("PIK-R (% remaja)"),
        "pokja_anggota_jiwa": _("Anggota Pokja"),
        "pokja_terlatih_jiwa": _("Anggota Pokja terlatih"),
        "sumber_dana_jumlah": _("Sumber dana (dari 6)"),
        "mekanisme_operasional_jumlah": _("Mekanisme operasional (dari 5)"),
    }
