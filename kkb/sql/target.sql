-- One row per target of one indicator for the kabupaten on display, with the fact that is its source.
SELECT t.tahun, t.target, t.satuan, f.tanggal, f.sumber, f.url
FROM target AS t
JOIN kabupaten AS k ON k.kode_kabupaten = t.kode_wilayah
JOIN fakta AS f USING (kode_fakta)
WHERE t.kode_indikator = $indikator
ORDER BY t.tahun;
