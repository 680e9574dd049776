-- One row per classification date: Kampung KB and villages of the kabupaten, or of one kecamatan.
SELECT
    n.periode,
    count(*) AS jumlah_wilayah,
    count(*) FILTER (n.kelas = 'sudah') AS jumlah_kampung_kb
FROM nilai AS n
JOIN desa AS d USING (kode_desa)
WHERE n.kode_indikator = 'KKB00' AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
GROUP BY n.periode
ORDER BY n.periode;
