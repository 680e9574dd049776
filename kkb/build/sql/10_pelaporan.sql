-- One row per Kampung KB per classification date: did the latest recap up to that date carry its reports?
-- A report counts as made when any of its figures is filled; the portal writes zero as blank, so all blank
-- means nothing was sent. `tanggal_rekap` is NULL when no recap is that old.
CREATE TABLE pelaporan AS
WITH laporan AS (
    SELECT
        tanggal,
        kode_desa,
        coalesce(
            iud_pasangan, mow_pasangan, mop_pasangan, kondom_pasangan, implan_pasangan, suntik_pasangan,
            pil_pasangan, hamil_pasangan, anak_segera_pasangan, anak_kemudian_pasangan,
            tidak_ingin_anak_pasangan
        ) IS NOT NULL AS is_lapor_kb,
        coalesce(bkb_kk, bkr_kk, bkl_kk, uppka_kk, pikr_jiwa) IS NOT NULL AS is_lapor_poktan
    FROM rekap
)
SELECT
    k.tanggal,
    k.kode_desa,
    l.tanggal AS tanggal_rekap,
    coalesce(l.is_lapor_kb, false) AS is_lapor_kb,
    coalesce(l.is_lapor_poktan, false) AS is_lapor_poktan
FROM klasifikasi AS k
ASOF LEFT JOIN laporan AS l ON k.kode_desa = l.kode_desa AND k.tanggal >= l.tanggal
ORDER BY k.tanggal, k.kode_desa;
