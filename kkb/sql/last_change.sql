-- One row: the latest date before `periode` on which some village of the area had another class; NULL when none.
SELECT max(a.periode) AS periode
FROM nilai AS a
JOIN nilai AS b ON b.kode_indikator = 'KKB02' AND b.periode = $periode AND b.kode_desa = a.kode_desa
JOIN desa AS d ON d.kode_desa = a.kode_desa
WHERE a.kode_indikator = 'KKB02'
    AND a.periode < $periode
    AND a.kelas IS DISTINCT FROM b.kelas
    AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan);
