-- One row per Kampung KB at one classification date: its class and its three indices, NULL when it was not scored.
SELECT
    d.kode_desa,
    d.nama_desa,
    d.kode_kecamatan,
    c.nama_kecamatan,
    max(n.kelas) FILTER (n.kode_indikator = 'KKB02') AS kelas,
    max(n.nilai) FILTER (n.kode_indikator = 'KKB04') AS indeks_input,
    max(n.nilai) FILTER (n.kode_indikator = 'KKB05') AS indeks_proses,
    max(n.nilai) FILTER (n.kode_indikator = 'KKB06') AS indeks_output
FROM nilai AS n
JOIN desa AS d USING (kode_desa)
JOIN kecamatan AS c USING (kode_kecamatan)
WHERE n.kode_indikator IN ('KKB02', 'KKB04', 'KKB05', 'KKB06')
    AND n.periode = $periode
    AND n.keadaan <> 'tidak_dinilai'
    AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
GROUP BY ALL
ORDER BY d.kode_desa;
