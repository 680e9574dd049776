-- One row per classification date and class: how many Kampung KB of the kabupaten, or of one kecamatan.
-- Every date has all four classes, with 0 where none.
SELECT t.periode, s.kode_kelas AS kelas, s.urutan, count(n.kode_desa) AS jumlah
FROM (SELECT DISTINCT periode FROM nilai WHERE kode_indikator = 'KKB02') AS t
CROSS JOIN (SELECT kode_kelas, urutan FROM skema_peta WHERE skema = 'klasifikasi') AS s
LEFT JOIN (
    SELECT n.periode, n.kelas, n.kode_desa
    FROM nilai AS n
    JOIN desa AS d USING (kode_desa)
    WHERE n.kode_indikator = 'KKB02' AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
) AS n ON n.periode = t.periode AND n.kelas = s.kode_kelas
GROUP BY t.periode, s.kode_kelas, s.urutan
ORDER BY t.periode, s.urutan;
