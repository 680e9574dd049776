-- One row per source of the village values of one indicator, or of each, in one period, as text.
SELECT n.kode_indikator, coalesce(n.sumber, f.sumber) AS sumber
FROM nilai_indikator AS n
LEFT JOIN fakta AS f USING (kode_fakta)
WHERE ($indikator IS NULL OR n.kode_indikator = $indikator) AND n.periode = $periode AND length(n.kode_wilayah) = 10
UNION
SELECT i.kode_indikator, d.sumber
FROM indeks_desa AS d
JOIN indikator AS i ON ($indikator IS NULL OR i.kode_indikator = $indikator) AND i.asal LIKE 'indeks_desa.%'
WHERE CAST(d.tahun AS VARCHAR) = $periode
UNION
SELECT 'KKB00' AS kode_indikator, k.sumber
FROM keputusan AS k
WHERE ($indikator IS NULL OR $indikator = 'KKB00') AND CAST(k.tanggal AS VARCHAR) <= $periode
UNION
SELECT i.kode_indikator, s.penerbit
FROM indikator AS i
JOIN sumber AS s ON s.berkas = CASE split_part(i.asal, '.', 1)
    WHEN 'idm' THEN 'idm.csv'
    WHEN 'rekap' THEN 'kampung_kb_rekap.csv'
    ELSE 'kampung_kb_klasifikasi.csv'
END
WHERE ($indikator IS NULL OR i.kode_indikator = $indikator) AND i.asal NOT LIKE 'indeks_desa.%'
ORDER BY kode_indikator, sumber;
