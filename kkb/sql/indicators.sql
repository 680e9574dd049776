-- One row per indicator of the catalogue; `jumlah_periode` is 0 when the warehouse has no value of it.
SELECT i.*, coalesce(n.jumlah_periode, 0) AS jumlah_periode, n.periode_akhir
FROM indikator AS i
LEFT JOIN (
    SELECT kode_indikator, count(DISTINCT periode) AS jumlah_periode, max(periode) AS periode_akhir
    FROM nilai
    GROUP BY kode_indikator
) AS n USING (kode_indikator)
ORDER BY i.kode_indikator;
