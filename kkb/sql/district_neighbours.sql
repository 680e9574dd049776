-- One row per kecamatan of the kabupaten that borders one kecamatan: over how many pairs of villages, by name.
SELECT c.kode_kecamatan, c.nama_kecamatan, count(*) AS jumlah_pasangan
FROM tetangga_desa AS t
JOIN desa AS d USING (kode_desa)
JOIN desa AS e ON e.kode_desa = t.kode_tetangga
JOIN kecamatan AS c ON c.kode_kecamatan = e.kode_kecamatan
WHERE d.kode_kecamatan = $kecamatan AND e.kode_kecamatan <> $kecamatan
GROUP BY c.kode_kecamatan, c.nama_kecamatan
ORDER BY c.nama_kecamatan;
