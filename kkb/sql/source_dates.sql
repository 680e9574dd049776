-- One row per fact file whose rows carry the date of what they tell, and one for village values of other indicators
-- (`berkas` NULL): first and last date, as exact as the file has it, and how many dates.
WITH bertanggal AS (
    SELECT 'kampung_kb_rekap.csv' AS berkas, CAST(tanggal AS VARCHAR) AS periode FROM rekap
    UNION ALL
    SELECT 'kampung_kb_klasifikasi.csv', CAST(tanggal AS VARCHAR) FROM klasifikasi
    UNION ALL
    SELECT 'pembanding_klasifikasi.csv', CAST(tanggal AS VARCHAR) FROM pembanding_klasifikasi
    UNION ALL
    SELECT 'idm.csv', CAST(tahun AS VARCHAR) FROM idm
    UNION ALL
    SELECT 'idm_kabupaten.csv', CAST(tahun AS VARCHAR) FROM idm_kabupaten
    UNION ALL
    SELECT 'fakta.csv', tanggal FROM fakta WHERE tanggal IS NOT NULL
    UNION ALL
    SELECT 'nilai_indikator.csv', periode FROM nilai_indikator WHERE kode_fakta IS NOT NULL
    UNION ALL
    SELECT NULL, n.periode
    FROM nilai AS n
    JOIN indikator AS i USING (kode_indikator)
    WHERE i.asal IS NULL OR split_part(i.asal, '.', 1) NOT IN ('status', 'klasifikasi', 'rekap', 'idm')
)
SELECT
    b.berkas,
    s.isi,
    s.isi_en,
    s.penerbit,
    min(b.periode) AS periode_awal,
    max(b.periode) AS periode_akhir,
    count(DISTINCT b.periode) AS jumlah_periode
FROM bertanggal AS b
LEFT JOIN sumber AS s ON s.berkas = b.berkas
GROUP BY ALL
ORDER BY periode_akhir DESC, b.berkas;
