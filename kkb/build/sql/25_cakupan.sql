-- One row per kabupaten and date of its classification: what a table or map of many kabupaten shows, so that none has to
-- read villages. A kabupaten without a classification on a date has no row then, which is not the same as no Kampung KB.
-- Classes are of the Kampung KB that have one; `jumlah_lapor` are Kampung KB whose latest recap carries both reports.
CREATE TABLE cakupan AS
WITH berkelas AS (SELECT DISTINCT left(kode_desa, 4) AS kode_kabupaten, tanggal FROM klasifikasi)
SELECT
    b.kode_kabupaten,
    b.tanggal,
    count(*) FILTER (n.kode_indikator = 'KKB00') AS jumlah_wilayah,
    count(*) FILTER (n.kode_indikator = 'KKB00' AND n.kelas = 'sudah') AS jumlah_kampung_kb,
    count(*) FILTER (n.kode_indikator = 'KKB02' AND n.kelas = 'dasar') AS dasar,
    count(*) FILTER (n.kode_indikator = 'KKB02' AND n.kelas = 'berkembang') AS berkembang,
    count(*) FILTER (n.kode_indikator = 'KKB02' AND n.kelas = 'mandiri') AS mandiri,
    count(*) FILTER (n.kode_indikator = 'KKB02' AND n.kelas = 'berkelanjutan') AS berkelanjutan,
    count(*) FILTER (n.kode_indikator = 'KKB02' AND l.is_lapor_kb AND l.is_lapor_poktan) AS jumlah_lapor
FROM berkelas AS b
JOIN nilai AS n
    ON n.kode_indikator IN ('KKB00', 'KKB02')
    AND n.periode = CAST(b.tanggal AS VARCHAR)
    AND left(n.kode_desa, 4) = b.kode_kabupaten
LEFT JOIN pelaporan AS l ON l.kode_desa = n.kode_desa AND l.tanggal = b.tanggal
GROUP BY b.kode_kabupaten, b.tanggal
ORDER BY b.kode_kabupaten, b.tanggal;
