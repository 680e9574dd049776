-- One row per indicator and office that it is proposed for, the main office of each indicator first.
SELECT kode_indikator, kode_opd, peran, is_usulan
FROM indikator_opd
ORDER BY kode_indikator, peran DESC, rowid;
