-- One row per indicator, period and village: what is known of the village, and in which of the states.
-- `periode` is as exact as the source (day or year). `keadaan`: ada (a class or value holds), tidak_dinilai (not a
-- Kampung KB, so the portal scores nothing), belum_melapor (the report behind the figure is empty, or others have a
-- figure of that time and this village has none; `nilai` keeps the score the portal gives it), tidak_berlaku (IDM and
-- Indeks Desa of a kelurahan). `kelas` is NULL unless keadaan = 'ada'.
CREATE TABLE nilai AS
WITH hari AS (
    SELECT tanggal, 'klasifikasi' AS dari FROM klasifikasi
    UNION
    SELECT tanggal, 'keputusan' FROM keputusan
    UNION
    SELECT tanggal, 'rekap' FROM rekap
),
berstatus AS (
    SELECT h.tanggal, h.dari, d.kode_desa, s.kode_desa IS NOT NULL AS is_kampung_kb
    FROM hari AS h
    CROSS JOIN desa AS d
    LEFT JOIN status AS s ON s.kode_desa = d.kode_desa AND s.tercatat_sejak <= h.tanggal
),
panjang AS (
    SELECT tanggal, kode_desa, kolom, angka
    FROM (
        SELECT
            * EXCLUDE (nama_kampung_kb, klasifikasi),
            CAST(list_position(['dasar', 'berkembang', 'mandiri', 'berkelanjutan'], klasifikasi) AS DOUBLE)
                AS klasifikasi
        FROM klasifikasi
    )
    UNPIVOT (angka FOR kolom IN (COLUMNS(* EXCLUDE (tanggal, kode_desa))))
),
portal AS (
    SELECT
        i.kode_indikator,
        i.skema_peta,
        CAST(b.tanggal AS VARCHAR) AS periode,
        b.kode_desa,
        p.angka AS nilai,
        CASE
            WHEN NOT b.is_kampung_kb THEN 'tidak_dinilai'
            WHEN p.angka IS NULL THEN 'belum_melapor'
            WHEN i.kode_indikator = 'SK09' AND NOT l.is_lapor_poktan THEN 'belum_melapor'
            WHEN i.kode_indikator IN ('SK10', 'SK11', 'SK12') AND NOT l.is_lapor_kb THEN 'belum_melapor'
            ELSE 'ada'
        END AS keadaan
    FROM indikator AS i
    CROSS JOIN berstatus AS b
    LEFT JOIN panjang AS p
        ON p.tanggal = b.tanggal AND p.kode_desa = b.kode_desa AND i.asal = 'klasifikasi.' || p.kolom
    LEFT JOIN pelaporan AS l ON l.tanggal = b.tanggal AND l.kode_desa = b.kode_desa
    WHERE i.asal LIKE 'klasifikasi.%' AND b.dari = 'klasifikasi'
),
rekap_desa AS (
    SELECT
        i.kode_indikator,
        i.skema_peta,
        CAST(b.tanggal AS VARCHAR) AS periode,
        b.kode_desa,
        u.angka AS nilai,
        CASE
            WHEN NOT b.is_kampung_kb THEN 'tidak_dinilai'
            WHEN u.angka IS NULL THEN 'belum_melapor'
            ELSE 'ada'
        END AS keadaan
    FROM indikator AS i
    CROSS JOIN berstatus AS b
    LEFT JOIN ukuran AS u
        ON u.kode_indikator = i.kode_indikator
        AND u.kode_desa = b.kode_desa
        AND u.periode = CAST(b.tanggal AS VARCHAR)
    WHERE i.asal LIKE 'rekap.%' AND b.dari = 'rekap'
),
status_desa AS (
    SELECT DISTINCT
        i.kode_indikator,
        i.skema_peta,
        CAST(b.tanggal AS VARCHAR) AS periode,
        b.kode_desa,
        CASE WHEN b.is_kampung_kb THEN 1.0 ELSE 0.0 END AS nilai,
        'ada' AS keadaan
    FROM indikator AS i
    CROSS JOIN berstatus AS b
    WHERE i.asal = 'status.status' AND b.dari <> 'rekap'
),
idm_panjang AS (
    UNPIVOT (SELECT tahun, kode_desa, idm, iks, ike, ikl FROM idm)
    ON idm, iks, ike, ikl INTO NAME kolom VALUE angka
),
idm_desa AS (
    SELECT
        i.kode_indikator,
        i.skema_peta,
        CAST(t.tahun AS VARCHAR) AS periode,
        d.kode_desa,
        p.angka AS nilai,
        CASE
            WHEN d.jenis = 'kelurahan' THEN 'tidak_berlaku'
            WHEN p.angka IS NULL THEN 'belum_melapor'
            ELSE 'ada'
        END AS keadaan
    FROM indikator AS i
    CROSS JOIN (SELECT DISTINCT tahun FROM idm) AS t
    CROSS JOIN desa AS d
    LEFT JOIN idm_panjang AS p
        ON p.tahun = t.tahun AND p.kode_desa = d.kode_desa AND i.asal = 'idm.' || p.kolom
    WHERE i.asal LIKE 'idm.%'
),
masukan AS (
    SELECT
        i.kode_indikator,
        i.skema_peta,
        t.periode,
        d.kode_desa,
        u.angka AS nilai,
        CASE
            WHEN u.angka IS NOT NULL THEN 'ada'
            WHEN i.asal LIKE 'indeks_desa.%' AND d.jenis = 'kelurahan' THEN 'tidak_berlaku'
            ELSE 'belum_melapor'
        END AS keadaan
    FROM indikator AS i
    JOIN (SELECT DISTINCT kode_indikator, periode FROM ukuran) AS t USING (kode_indikator)
    CROSS JOIN desa AS d
    LEFT JOIN ukuran AS u
        ON u.kode_indikator = t.kode_indikator AND u.periode = t.periode AND u.kode_desa = d.kode_desa
    WHERE i.asal IS NULL OR i.asal LIKE 'indeks_desa.%'
),
semua AS (
    SELECT * FROM status_desa
    UNION ALL
    SELECT * FROM portal
    UNION ALL
    SELECT * FROM rekap_desa
    UNION ALL
    SELECT * FROM idm_desa
    UNION ALL
    SELECT * FROM masukan
)
SELECT
    s.kode_indikator,
    s.periode,
    s.kode_desa,
    s.nilai,
    CASE WHEN s.keadaan = 'ada' THEN k.kode_kelas END AS kelas,
    s.keadaan
FROM semua AS s
LEFT JOIN skema_peta AS k
    ON k.skema = s.skema_peta
    AND CASE
        WHEN k.skema = 'status' THEN k.kode_kelas = CASE WHEN s.nilai = 1 THEN 'sudah' ELSE 'belum' END
        WHEN k.skema = 'klasifikasi' THEN k.urutan = s.nilai
        WHEN k.tertutup = 'bawah' THEN s.nilai >= k.batas_bawah AND s.nilai < k.batas_atas
        ELSE (s.nilai > k.batas_bawah OR (s.nilai = 0 AND k.batas_bawah = 0)) AND s.nilai <= k.batas_atas
    END
ORDER BY left(s.kode_desa, 4), s.kode_indikator, s.periode, s.kode_desa;
