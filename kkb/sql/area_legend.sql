-- One row per class of the coverage of areas above the village, then one for those without data; as `legend` has them.
SELECT
    CASE WHEN batas_bawah IS NULL THEN 'keadaan' ELSE 'kelas' END AS bagian,
    kode_kelas,
    label,
    label_en,
    warna,
    motif,
    catatan,
    catatan_en
FROM skema_peta
WHERE skema = 'cakupan'
ORDER BY urutan;
