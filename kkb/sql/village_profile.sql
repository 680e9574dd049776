-- One row per indicator of each village, or of one: its value in the latest period up to `sampai` that the indicator has.
-- `sampai` is a day; a period given as a year counts when that year is not after it, or when nothing older exists.
WITH terpilih AS (
    SELECT kode_desa, kode_indikator, coalesce(max(periode) FILTER (periode <= $sampai), min(periode)) AS periode
    FROM nilai
    WHERE $desa IS NULL OR kode_desa = $desa
    GROUP BY kode_desa, kode_indikator
)
SELECT
    c.kode_desa,
    c.kode_indikator,
    i.nama,
    i.nama_en,
    i.skema_peta,
    i.satuan,
    c.periode,
    c.nilai,
    c.kelas,
    c.keadaan,
    coalesce(s.label, k.label) AS label,
    coalesce(s.label_en, k.label_en) AS label_en,
    coalesce(s.warna, k.warna) AS warna
FROM terpilih
JOIN nilai AS c USING (kode_desa, kode_indikator, periode)
JOIN indikator AS i USING (kode_indikator)
LEFT JOIN skema_peta AS s ON s.skema = i.skema_peta AND s.kode_kelas = c.kelas
LEFT JOIN skema_peta AS k ON k.skema = 'keadaan' AND k.kode_kelas = c.keadaan
ORDER BY c.kode_desa, c.kode_indikator;
