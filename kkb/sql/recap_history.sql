-- One row per recap of each Kampung KB, or of one village, up to one date, oldest first; blanks are NULL.
SELECT r.*
FROM rekap AS r
WHERE CAST(r.tanggal AS VARCHAR) <= $periode AND ($desa IS NULL OR r.kode_desa = $desa)
ORDER BY r.kode_desa, r.tanggal;
