-- One row per IDM figure of each village, or of one, in the latest year, with the medians over the desa of its kecamatan and of
-- the kabupaten, and over how many desa they are. A kelurahan has keadaan 'tidak_berlaku' and no value.
WITH terakhir AS (
    SELECT n.*, d.kode_kecamatan
    FROM nilai AS n
    JOIN desa AS d USING (kode_desa)
    WHERE n.kode_indikator LIKE 'DS%'
    QUALIFY n.periode = max(n.periode) OVER (PARTITION BY n.kode_indikator)
)
SELECT
    t.kode_desa,
    i.kode_indikator,
    i.nama,
    i.nama_en,
    i.skema_peta,
    i.definisi,
    i.definisi_en,
    t.periode,
    t.nilai,
    t.kelas,
    t.keadaan,
    coalesce(s.label, k.label) AS label,
    coalesce(s.label_en, k.label_en) AS label_en,
    coalesce(s.warna, k.warna) AS warna,
    median(x.nilai) FILTER (x.kode_kecamatan = t.kode_kecamatan) AS median_kecamatan,
    count(x.nilai) FILTER (x.kode_kecamatan = t.kode_kecamatan) AS jumlah_kecamatan,
    median(x.nilai) AS median_kabupaten,
    count(x.nilai) AS jumlah_kabupaten
FROM terakhir AS t
JOIN indikator AS i USING (kode_indikator)
JOIN terakhir AS x USING (kode_indikator)
LEFT JOIN skema_peta AS s ON s.skema = i.skema_peta AND s.kode_kelas = t.kelas
LEFT JOIN skema_peta AS k ON k.skema = 'keadaan' AND k.kode_kelas = t.keadaan
WHERE $desa IS NULL OR t.kode_desa = $desa
GROUP BY ALL
ORDER BY t.kode_desa, i.kode_indikator;
