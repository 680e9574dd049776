-- One row per date on which any kabupaten of the version has a classification, oldest first, and how many have one.
SELECT CAST(tanggal AS VARCHAR) AS periode, count(*) AS jumlah_kabupaten
FROM daftar_cakupan
GROUP BY tanggal
ORDER BY tanggal;
