-- One row per activity in a village, the latest first; of one village, of one kecamatan, or all.
SELECT
    k.kode_desa,
    d.nama_desa,
    d.kode_kecamatan,
    c.nama_kecamatan,
    k.periode,
    k.kegiatan,
    k.opd,
    k.sumber_dana,
    k.anggaran_rp,
    k.peserta_jiwa,
    k.keterangan,
    k.sumber
FROM kegiatan AS k
JOIN desa AS d USING (kode_desa)
JOIN kecamatan AS c USING (kode_kecamatan)
WHERE ($desa IS NULL OR k.kode_desa = $desa) AND ($kecamatan IS NULL OR d.kode_kecamatan = $kecamatan)
ORDER BY k.periode DESC, k.kode_desa, k.kegiatan;
