-- One row per class of the scheme of one indicator, then one per state without a class. `bagian`: kelas or keadaan.
SELECT
    CASE WHEN s.skema = 'keadaan' THEN 'keadaan' ELSE 'kelas' END AS bagian,
    s.kode_kelas,
    s.label,
    s.label_en,
    s.warna,
    s.motif,
    s.catatan,
    s.catatan_en
FROM skema_peta AS s
JOIN indikator AS i ON i.kode_indikator = $indikator
WHERE s.skema = i.skema_peta OR s.skema = 'keadaan'
ORDER BY bagian DESC, s.urutan;
