-- One row per kabupaten of the version, in the order of the codes.
SELECT kode_kabupaten, nama_kabupaten, provinsi FROM daftar_kabupaten ORDER BY kode_kabupaten;
