-- One row per kecamatan: how many of its villages are Kampung KB at a classification date.
SELECT
    c.kode_kecamatan,
    c.nama_kecamatan,
    count(*) AS jumlah_wilayah,
    count(*) FILTER (n.kelas = 'sudah') AS jumlah_kampung_kb,
    count(*) FILTER (n.kelas = 'belum') AS kesenjangan
FROM nilai AS n
JOIN desa AS d USING (kode_desa)
JOIN kecamatan AS c USING (kode_kecamatan)
WHERE n.kode_indikator = 'KKB00' AND n.periode = $periode
GROUP BY c.kode_kecamatan, c.nama_kecamatan
ORDER BY c.nama_kecamatan;
