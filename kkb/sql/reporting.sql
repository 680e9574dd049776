-- One row per Kampung KB at one classification date: whether its family planning and poktan reports are filled.
SELECT p.kode_desa, d.nama_desa, c.nama_kecamatan, p.tanggal_rekap, p.is_lapor_kb, p.is_lapor_poktan
FROM pelaporan AS p
JOIN desa AS d USING (kode_desa)
JOIN kecamatan AS c USING (kode_kecamatan)
WHERE CAST(p.tanggal AS VARCHAR) = $periode AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
ORDER BY p.kode_desa;
