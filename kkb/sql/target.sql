-- One row per target of one indicator for the kabupaten on display, with its source; `tanggal` and `url` of a fact only.
-- A coverage (KKB01) given as a share of villages is told as their number, rounded up: 80% of 131 is met by 105.
SELECT
    t.tahun,
    CASE
        WHEN t.kode_indikator = 'KKB01' AND t.satuan = '%'
            THEN ceil(t.target * (SELECT count(*) FROM desa AS d WHERE starts_with(d.kode_desa, k.kode_kabupaten)) / 100)
        ELSE t.target
    END AS target,
    f.tanggal,
    coalesce(f.sumber, t.sumber) AS sumber,
    f.url
FROM target AS t
JOIN kabupaten AS k ON k.kode_kabupaten = t.kode_wilayah
LEFT JOIN fakta AS f USING (kode_fakta)
WHERE t.kode_indikator = $indikator
ORDER BY t.tahun;
