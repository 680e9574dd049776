-- One row per indicator of the catalogue; `jumlah_periode` is 0 when the warehouse has no value of it. `opd` names the
-- offices it is proposed for, the main one first, as 'DP3AP2KB; Dinkes'.
SELECT i.*, p.opd, coalesce(n.jumlah_periode, 0) AS jumlah_periode, n.periode_akhir
FROM indikator AS i
LEFT JOIN (
    SELECT p.kode_indikator, string_agg(o.singkatan, '; ' ORDER BY p.peran DESC, p.rowid) AS opd
    FROM indikator_opd AS p
    JOIN opd AS o USING (kode_opd)
    GROUP BY p.kode_indikator
) AS p USING (kode_indikator)
LEFT JOIN (
    SELECT kode_indikator, count(DISTINCT periode) AS jumlah_periode, max(periode) AS periode_akhir
    FROM nilai
    GROUP BY kode_indikator
) AS n USING (kode_indikator)
ORDER BY i.kode_indikator;
