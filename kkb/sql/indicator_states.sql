-- One row per indicator with village values: its latest period up to `periode`, else its first, and how many of the
-- villages of the area are in each state then. `tanpa_baris` villages have no value and no state.
WITH terpilih AS (
    SELECT kode_indikator, coalesce(max(periode) FILTER (periode <= $periode), min(periode)) AS periode
    FROM nilai
    GROUP BY kode_indikator
)
SELECT
    i.kode_indikator,
    i.nama,
    i.nama_en,
    t.periode,
    count(*) AS jumlah_wilayah,
    count(*) FILTER (n.keadaan = 'ada') AS ada,
    count(*) FILTER (n.keadaan = 'belum_melapor') AS belum_melapor,
    count(*) FILTER (n.keadaan = 'tidak_dinilai') AS tidak_dinilai,
    count(*) FILTER (n.keadaan = 'tidak_berlaku') AS tidak_berlaku,
    count(*) FILTER (n.keadaan IS NULL) AS tanpa_baris
FROM terpilih AS t
JOIN indikator AS i USING (kode_indikator)
CROSS JOIN desa AS d
LEFT JOIN nilai AS n
    ON n.kode_indikator = t.kode_indikator AND n.periode = t.periode AND n.kode_desa = d.kode_desa
WHERE $kecamatan IS NULL OR d.kode_kecamatan = $kecamatan
GROUP BY i.kode_indikator, i.nama, i.nama_en, t.periode
ORDER BY i.kode_indikator;
