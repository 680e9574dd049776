-- One row per office or body that tasks can be given to, in the order of the file. `is_usulan`: not yet confirmed.
SELECT kode_opd, nama, nama_en, singkatan, jenis, is_usulan, sumber FROM opd;
