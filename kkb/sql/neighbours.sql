-- One row per village and village that shares a border with it, so each border is told from both sides.
SELECT kode_desa, kode_tetangga
FROM tetangga_desa
ORDER BY kode_desa, kode_tetangga;
