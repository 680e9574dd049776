-- One row per village, kecamatan or kabupaten of the version whose name is like `kata`, at most 20: names that are it,
-- begin with it or hold it first, then those that differ by a few letters. The word for the kind of place before a name
-- ('desa', 'kec.') may be there or not. `nama_kecamatan` is NULL for a kabupaten, and `kode` tells the kind by its length.
WITH dicari AS (
    SELECT
        lower(trim($kata)) AS kata,
        regexp_replace(
            lower(trim($kata)), '^(desa|kelurahan|kel\.?|kecamatan|kec\.?|kabupaten|kab\.?|kota)\s+', ''
        ) AS pokok
),
tempat AS (
    SELECT kode_kabupaten AS kode, nama_kabupaten AS nama FROM daftar_kabupaten
    UNION ALL
    SELECT kode_kecamatan, nama_kecamatan FROM daftar_kecamatan
    UNION ALL
    SELECT kode_desa, nama_desa FROM daftar_desa
),
dinilai AS (
    SELECT
        t.kode,
        t.nama,
        CASE
            WHEN lower(t.nama) IN (d.kata, d.pokok) THEN 4
            WHEN starts_with(lower(t.nama), d.kata) OR starts_with(lower(t.nama), d.pokok) THEN 3
            WHEN contains(lower(t.nama), d.pokok) THEN 2
            ELSE greatest(
                jaro_winkler_similarity(lower(t.nama), d.kata), jaro_winkler_similarity(lower(t.nama), d.pokok)
            )
        END AS mirip
    FROM tempat AS t
    CROSS JOIN dicari AS d
    WHERE length(d.pokok) > 0
),
terdekat AS (
    SELECT kode, nama, mirip
    FROM dinilai
    WHERE mirip >= 0.86
    ORDER BY mirip DESC, length(kode), nama, kode
    LIMIT 20
)
SELECT t.kode, t.nama, c.nama_kecamatan, k.nama_kabupaten, k.provinsi
FROM terdekat AS t
JOIN daftar_kabupaten AS k ON k.kode_kabupaten = left(t.kode, 4)
LEFT JOIN daftar_kecamatan AS c ON c.kode_kecamatan = left(t.kode, 6)
ORDER BY t.mirip DESC, length(t.kode), t.nama, t.kode;
