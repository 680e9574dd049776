-- One row per kecamatan, by name.
SELECT kode_kecamatan, nama_kecamatan, jumlah_desa, jumlah_kelurahan
FROM kecamatan
ORDER BY nama_kecamatan;
