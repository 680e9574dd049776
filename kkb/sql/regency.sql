-- One row: the kabupaten on display.
SELECT kode_kabupaten, nama_kabupaten, provinsi, jumlah_desa, jumlah_kelurahan
FROM kabupaten;
