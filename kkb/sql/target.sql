-- One row per target of one indicator for the kabupaten on display, with its source; `tanggal` and `url` of a fact only.
SELECT t.tahun, t.target, t.satuan, f.tanggal, coalesce(f.sumber, t.sumber) AS sumber, f.url
FROM target AS t
JOIN kabupaten AS k ON k.kode_kabupaten = t.kode_wilayah
LEFT JOIN fakta AS f USING (kode_fakta)
WHERE t.kode_indikator = $indikator
ORDER BY t.tahun;
