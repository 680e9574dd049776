-- One row per kabupaten/kota of the province on one date, and one for Indonesia (00): Kampung KB, villages, classes.
-- `peringkat` ranks coverage within the province, ties share the better rank; NULL for Indonesia.
WITH cakupan AS (
    SELECT
        w.kode_wilayah,
        w.nama_wilayah,
        w.jumlah_desa + w.jumlah_kelurahan AS jumlah_wilayah,
        k.dasar + k.berkembang + k.mandiri + k.berkelanjutan AS jumlah_kampung_kb,
        k.dasar,
        k.berkembang,
        k.mandiri,
        k.berkelanjutan
    FROM pembanding_klasifikasi AS k
    JOIN pembanding_wilayah AS w USING (kode_wilayah)
    WHERE CAST(k.tanggal AS VARCHAR) = $periode
        AND (w.kode_wilayah = '00' OR left(w.kode_wilayah, 2) = (SELECT left(kode_kabupaten, 2) FROM kabupaten))
)
SELECT
    *,
    CASE WHEN kode_wilayah <> '00' THEN
        rank() OVER (
            PARTITION BY kode_wilayah = '00' ORDER BY jumlah_kampung_kb / jumlah_wilayah DESC
        )
    END AS peringkat
FROM cakupan
ORDER BY peringkat, nama_wilayah;
