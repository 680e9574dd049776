-- One row per village whose class differs between two dates; a class is NULL when the village had none.
SELECT
    d.kode_desa,
    d.nama_desa,
    c.nama_kecamatan,
    a.kelas AS kelas_lama,
    b.kelas AS kelas_baru,
    coalesce(b.nilai, 0) - coalesce(a.nilai, 0) AS langkah
FROM desa AS d
JOIN kecamatan AS c USING (kode_kecamatan)
JOIN nilai AS a ON a.kode_desa = d.kode_desa AND a.kode_indikator = 'KKB02' AND a.periode = $dari
JOIN nilai AS b ON b.kode_desa = d.kode_desa AND b.kode_indikator = 'KKB02' AND b.periode = $sampai
WHERE a.kelas IS DISTINCT FROM b.kelas AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
ORDER BY langkah DESC, c.nama_kecamatan, d.nama_desa;
