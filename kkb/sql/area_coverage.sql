-- One row per area right below another, by code: the provinces of the nation ('00') or the kabupaten of a province ('63').
-- Counts are of its kabupaten with a classification on the date, `jumlah_berdata` of `jumlah_kabupaten`; NULL, and
-- `keadaan` 'tanpa_data', when none has one. `nilai` is the share of villages that are Kampung KB, 0-100.
WITH wilayah AS (
    SELECT
        CASE WHEN $induk = '00' THEN left(k.kode_kabupaten, 2) ELSE k.kode_kabupaten END AS kode_wilayah,
        CASE WHEN $induk = '00' THEN k.provinsi ELSE k.nama_kabupaten END AS nama_wilayah,
        c.* EXCLUDE (kode_kabupaten, tanggal)
    FROM daftar_kabupaten AS k
    LEFT JOIN daftar_cakupan AS c
        ON c.kode_kabupaten = k.kode_kabupaten AND CAST(c.tanggal AS VARCHAR) = $periode
    WHERE $induk = '00' OR left(k.kode_kabupaten, 2) = $induk
),
jumlah AS (
    SELECT
        kode_wilayah,
        min(nama_wilayah) AS nama_wilayah,
        count(*) AS jumlah_kabupaten,
        count(jumlah_wilayah) AS jumlah_berdata,
        CAST(sum(jumlah_wilayah) AS BIGINT) AS jumlah_wilayah,
        CAST(sum(jumlah_kampung_kb) AS BIGINT) AS jumlah_kampung_kb,
        CAST(sum(dasar) AS BIGINT) AS dasar,
        CAST(sum(berkembang) AS BIGINT) AS berkembang,
        CAST(sum(mandiri) AS BIGINT) AS mandiri,
        CAST(sum(berkelanjutan) AS BIGINT) AS berkelanjutan,
        CAST(sum(jumlah_lapor) AS BIGINT) AS jumlah_lapor,
        100 * sum(jumlah_kampung_kb) / sum(jumlah_wilayah) AS nilai
    FROM wilayah
    GROUP BY kode_wilayah
)
SELECT
    j.*,
    s.kode_kelas AS kelas,
    CASE WHEN j.nilai IS NULL THEN 'tanpa_data' ELSE 'ada' END AS keadaan
FROM jumlah AS j
LEFT JOIN skema_peta AS s ON s.skema = 'cakupan' AND j.nilai >= s.batas_bawah AND j.nilai < s.batas_atas
ORDER BY j.kode_wilayah;
