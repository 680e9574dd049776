-- One row per village, in the order of the codes.
SELECT d.kode_desa, d.nama_desa, d.jenis, d.kode_kecamatan, c.nama_kecamatan, d.luas_km2, d.kode_bps
FROM desa AS d
JOIN kecamatan AS c USING (kode_kecamatan)
ORDER BY d.kode_desa;
