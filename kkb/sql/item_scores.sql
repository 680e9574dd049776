-- One row per Kampung KB and item at one classification date: its score, its state, and the class of the village.
-- `keadaan` is 'belum_melapor' where the report behind the item is empty; `nilai` then is the score the portal gives.
SELECT
    d.kode_desa,
    d.nama_desa,
    d.kode_kecamatan,
    c.nama_kecamatan,
    n.kode_indikator,
    CAST(n.nilai AS INTEGER) AS nilai,
    n.keadaan,
    k.kelas
FROM nilai AS n
JOIN desa AS d USING (kode_desa)
JOIN kecamatan AS c USING (kode_kecamatan)
JOIN nilai AS k ON k.kode_indikator = 'KKB02' AND k.periode = n.periode AND k.kode_desa = n.kode_desa
WHERE n.kode_indikator LIKE 'SK%'
    AND n.periode = $periode
    AND n.nilai IS NOT NULL
    AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
ORDER BY d.kode_desa, n.kode_indikator;
