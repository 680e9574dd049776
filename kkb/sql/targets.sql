-- One row per target of an indicator, an area and a year; `kode_wilayah` is '00' for the national target of the
-- catalogue, whose `tahun` is NULL when its source gives none. `url` where the source has an address.
SELECT
    kode_indikator,
    '00' AS kode_wilayah,
    tahun_target AS tahun,
    target,
    satuan,
    CAST(NULL AS VARCHAR) AS sumber,
    url_sumber AS url
FROM indikator
WHERE target IS NOT NULL
UNION ALL
SELECT t.kode_indikator, t.kode_wilayah, t.tahun, t.target, t.satuan, coalesce(f.sumber, t.sumber), f.url
FROM target AS t
LEFT JOIN fakta AS f USING (kode_fakta)
ORDER BY kode_indikator, kode_wilayah, tahun;
