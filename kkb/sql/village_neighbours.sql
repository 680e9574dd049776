-- One row per village that shares a border with one village: its state and class on one classification date.
SELECT
    d.kode_desa,
    d.nama_desa,
    d.jenis,
    d.kode_kecamatan,
    c.nama_kecamatan,
    k.keadaan,
    k.kelas
FROM tetangga_desa AS t
JOIN desa AS d ON d.kode_desa = t.kode_tetangga
JOIN kecamatan AS c USING (kode_kecamatan)
JOIN nilai AS k ON k.kode_desa = d.kode_desa AND k.kode_indikator = 'KKB02' AND k.periode = $periode
WHERE t.kode_desa = $desa
ORDER BY c.nama_kecamatan, d.nama_desa;
