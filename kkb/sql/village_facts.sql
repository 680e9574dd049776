-- One row per village, or for one: what is known of it whatever the date. `sejak_portal` is the first export of the portal that has it.
SELECT
    d.kode_desa,
    d.nama_desa,
    d.jenis,
    d.kode_kecamatan,
    c.nama_kecamatan,
    d.luas_km2,
    s.tercatat_sejak,
    s.tanggal_sk,
    s.nomor_sk,
    (
        SELECT min(p.tanggal)
        FROM (SELECT tanggal, kode_desa FROM klasifikasi UNION ALL SELECT tanggal, kode_desa FROM rekap) AS p
        WHERE p.kode_desa = d.kode_desa
    ) AS sejak_portal,
    (SELECT count(*) FROM desa AS e WHERE lower(e.nama_desa) = lower(d.nama_desa)) AS nama_sama
FROM desa AS d
JOIN kecamatan AS c USING (kode_kecamatan)
LEFT JOIN status AS s USING (kode_desa)
WHERE $desa IS NULL OR d.kode_desa = $desa
ORDER BY d.kode_desa;
