-- One row per village of the kabupaten, or of one kecamatan: its value of one indicator in one period.
SELECT
    d.kode_desa,
    d.nama_desa,
    d.jenis,
    d.kode_kecamatan,
    c.nama_kecamatan,
    n.nilai,
    n.kelas,
    n.keadaan
FROM desa AS d
JOIN kecamatan AS c USING (kode_kecamatan)
JOIN nilai AS n ON n.kode_desa = d.kode_desa AND n.kode_indikator = $indikator AND n.periode = $periode
WHERE $kecamatan IS NULL OR d.kode_kecamatan = $kecamatan
ORDER BY d.kode_desa;
