-- One row per contradiction between tables: `tabel`, `kunci`, `masalah`. An empty answer means all agree.
SELECT 'kecamatan' AS tabel, c.kode_kecamatan AS kunci, 'jumlah desa atau kelurahan tidak sama dengan isi desa.csv' AS masalah
FROM kecamatan AS c
LEFT JOIN desa AS d USING (kode_kecamatan)
GROUP BY c.kode_kecamatan, c.jumlah_desa, c.jumlah_kelurahan
HAVING count(*) FILTER (d.jenis = 'desa') <> c.jumlah_desa
    OR count(*) FILTER (d.jenis = 'kelurahan') <> c.jumlah_kelurahan
UNION ALL
SELECT 'kabupaten', k.kode_kabupaten, 'jumlah desa atau kelurahan tidak sama dengan isi kecamatan.csv'
FROM kabupaten AS k
JOIN kecamatan AS c USING (kode_kabupaten)
GROUP BY k.kode_kabupaten, k.jumlah_desa, k.jumlah_kelurahan
HAVING sum(c.jumlah_desa) <> k.jumlah_desa OR sum(c.jumlah_kelurahan) <> k.jumlah_kelurahan
UNION ALL
SELECT 'klasifikasi', k.tanggal || ' ' || k.kode_desa, 'desa belum tercatat sebagai Kampung KB pada tanggal itu'
FROM klasifikasi AS k
LEFT JOIN status AS s ON s.kode_desa = k.kode_desa AND s.tercatat_sejak <= k.tanggal
WHERE s.kode_desa IS NULL
UNION ALL
SELECT 'idm', CAST(i.kode_desa AS VARCHAR), 'IDM terisi untuk kelurahan, padahal hanya berlaku untuk desa'
FROM idm AS i
JOIN desa AS d USING (kode_desa)
WHERE d.jenis = 'kelurahan'
UNION ALL
SELECT 'pembanding_klasifikasi', p.tanggal || ' ' || p.kode_wilayah, 'kelas tidak sama dengan hitungan klasifikasi'
FROM pembanding_klasifikasi AS p
JOIN kabupaten AS b ON b.kode_kabupaten = p.kode_wilayah
LEFT JOIN klasifikasi AS k ON k.tanggal = p.tanggal AND left(k.kode_desa, 4) = b.kode_kabupaten
GROUP BY p.tanggal, p.kode_wilayah, p.dasar, p.berkembang, p.mandiri, p.berkelanjutan
HAVING count(*) FILTER (k.klasifikasi = 'dasar') <> p.dasar
    OR count(*) FILTER (k.klasifikasi = 'berkembang') <> p.berkembang
    OR count(*) FILTER (k.klasifikasi = 'mandiri') <> p.mandiri
    OR count(*) FILTER (k.klasifikasi = 'berkelanjutan') <> p.berkelanjutan
UNION ALL
SELECT 'nilai', kode_indikator || ' ' || periode || ' ' || kode_desa, 'nilai berada di luar semua kelas skema peta'
FROM nilai
WHERE keadaan = 'ada' AND kelas IS NULL
UNION ALL
SELECT 'indikator', i.kode_indikator, 'skema peta tidak ada di skema_peta.csv'
FROM indikator AS i
LEFT JOIN skema_peta AS s ON s.skema = i.skema_peta
WHERE i.skema_peta IS NOT NULL AND s.skema IS NULL
UNION ALL
SELECT 'indikator_opd', i.kode_indikator, 'harus ada tepat satu perangkat daerah yang berperan utama'
FROM indikator AS i
LEFT JOIN indikator_opd AS p USING (kode_indikator)
GROUP BY i.kode_indikator
HAVING count(*) FILTER (p.peran = 'utama') <> 1
UNION ALL
SELECT 'target', kode_indikator || ' ' || tahun, 'tanpa sumber: isi kode_fakta atau sumber'
FROM target
WHERE kode_fakta IS NULL AND sumber IS NULL
UNION ALL
SELECT 'nilai_indikator', kode_indikator || ' ' || kode_wilayah || ' ' || periode, 'tanpa sumber: isi kode_fakta atau sumber'
FROM nilai_indikator
WHERE kode_fakta IS NULL AND sumber IS NULL
UNION ALL
SELECT 'nilai_indikator', n.kode_indikator || ' ' || n.kode_wilayah, 'indikator ini hanya berlaku di tingkat kabupaten'
FROM nilai_indikator AS n
JOIN indikator AS i USING (kode_indikator)
WHERE i.tingkat = 'kabupaten' AND length(n.kode_wilayah) > 4
UNION ALL
SELECT 'nilai_indikator', n.kode_indikator || ' ' || n.kode_wilayah, 'nilai desa indikator ini dihitung dari ' || i.asal
FROM nilai_indikator AS n
JOIN indikator AS i USING (kode_indikator)
WHERE i.asal IS NOT NULL AND length(n.kode_wilayah) = 10
UNION ALL
SELECT 'indeks_desa', CAST(i.kode_desa AS VARCHAR), 'Indeks Desa terisi untuk kelurahan, padahal hanya berlaku untuk desa'
FROM indeks_desa AS i
JOIN desa AS d USING (kode_desa)
WHERE d.jenis = 'kelurahan'
UNION ALL
SELECT 'tetangga_desa', a.kode_desa || ' ' || a.kode_tetangga, 'batas bersama hanya tercatat dari satu sisi'
FROM tetangga_desa AS a
LEFT JOIN tetangga_desa AS b ON b.kode_desa = a.kode_tetangga AND b.kode_tetangga = a.kode_desa
WHERE b.kode_desa IS NULL
ORDER BY tabel, kunci;
