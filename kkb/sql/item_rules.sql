-- One row per item of the classification rule, in the official order.
SELECT * FROM aturan_item ORDER BY berlaku_mulai, urutan;
