-- One row per classification date and Kampung KB of one kecamatan, by village and then date: its class, and whether the
-- latest recap up to that date lacks one of its reports.
SELECT
    d.kode_desa,
    d.nama_desa,
    k.periode,
    k.kelas,
    NOT coalesce(p.is_lapor_kb AND p.is_lapor_poktan, false) AS is_belum_melapor
FROM nilai AS k
JOIN desa AS d USING (kode_desa)
LEFT JOIN pelaporan AS p ON p.kode_desa = k.kode_desa AND CAST(p.tanggal AS VARCHAR) = k.periode
WHERE k.kode_indikator = 'KKB02' AND k.keadaan <> 'tidak_dinilai' AND d.kode_kecamatan = $kecamatan
ORDER BY d.nama_desa, d.kode_desa, k.periode;
