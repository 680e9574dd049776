-- One row per dated fact, in the order of the file.
SELECT kode_fakta, topik, kode_wilayah, uraian, uraian_en, nilai, nilai_teks, satuan, tanggal, jenis, sumber, url
FROM fakta;
