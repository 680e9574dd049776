-- One row per classification date of each village, or of one: its class and three indices; NULL when it had no class.
SELECT
    k.kode_desa,
    k.periode,
    k.keadaan,
    k.kelas,
    max(n.nilai) FILTER (n.kode_indikator = 'KKB04') AS input,
    max(n.nilai) FILTER (n.kode_indikator = 'KKB05') AS proses,
    max(n.nilai) FILTER (n.kode_indikator = 'KKB06') AS output
FROM nilai AS k
LEFT JOIN nilai AS n
    ON n.kode_desa = k.kode_desa
    AND n.periode = k.periode
    AND n.kode_indikator IN ('KKB04', 'KKB05', 'KKB06')
WHERE k.kode_indikator = 'KKB02' AND ($desa IS NULL OR k.kode_desa = $desa)
GROUP BY k.kode_desa, k.periode, k.keadaan, k.kelas
ORDER BY k.kode_desa, k.periode;
