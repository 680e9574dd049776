-- One row per indicator of each village, or of one: its value in the latest period up to `sampai` that the indicator has.
-- `sampai` is a day; a period given as a year counts when that year is not after it, or when nothing older exists.
WITH calon AS (
    SELECT
        n.*,
        row_number() OVER (
            PARTITION BY n.kode_desa, n.kode_indikator
            ORDER BY left(n.periode, 4) <= left($sampai, 4) AND n.periode <= $sampai DESC,
                CASE WHEN n.periode <= $sampai THEN n.periode END DESC,
                n.periode
        ) AS urutan
    FROM nilai AS n
    WHERE $desa IS NULL OR n.kode_desa = $desa
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
FROM calon AS c
JOIN indikator AS i USING (kode_indikator)
LEFT JOIN skema_peta AS s ON s.skema = i.skema_peta AND s.kode_kelas = c.kelas
LEFT JOIN skema_peta AS k ON k.skema = 'keadaan' AND k.kode_kelas = c.keadaan
WHERE c.urutan = 1
ORDER BY c.kode_desa, c.kode_indikator;
