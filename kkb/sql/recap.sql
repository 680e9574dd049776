-- One row per Kampung KB: its latest recap up to one date, its day in `tanggal`. A village without one has no row.
SELECT r.*, d.nama_desa, d.kode_kecamatan, c.nama_kecamatan
FROM rekap AS r
JOIN desa AS d USING (kode_desa)
JOIN kecamatan AS c USING (kode_kecamatan)
WHERE CAST(r.tanggal AS VARCHAR) <= $periode AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
QUALIFY row_number() OVER (PARTITION BY r.kode_desa ORDER BY r.tanggal DESC) = 1
ORDER BY r.kode_desa;
