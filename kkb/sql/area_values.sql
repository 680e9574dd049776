-- One row per published figure of an area larger than a village: indicator, area, period, figure, and its source.
SELECT n.kode_indikator, n.kode_wilayah, n.periode, n.nilai, coalesce(f.sumber, n.sumber) AS sumber, f.url
FROM nilai_indikator AS n
LEFT JOIN fakta AS f USING (kode_fakta)
WHERE length(n.kode_wilayah) < 10
ORDER BY n.kode_indikator, n.kode_wilayah, n.periode;
