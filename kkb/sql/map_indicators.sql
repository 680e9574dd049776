-- One row per indicator that has village values, with its periods, oldest first.
SELECT
    i.kode_indikator,
    i.nama,
    i.nama_en,
    i.satuan,
    i.satuan_en,
    i.definisi,
    i.definisi_en,
    i.skema_peta,
    p.periode
FROM indikator AS i
JOIN (SELECT kode_indikator, list(DISTINCT periode ORDER BY periode) AS periode FROM nilai GROUP BY 1) AS p
    USING (kode_indikator)
ORDER BY i.kode_indikator;
