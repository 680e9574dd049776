-- One row per village and indicator, for some indicators, each in one period of its own: `kunci` lists 'KODE|periode'.
SELECT n.kode_indikator, d.kode_desa, n.nilai, n.kelas, n.keadaan
FROM nilai AS n
JOIN desa AS d USING (kode_desa)
WHERE list_contains($kunci, n.kode_indikator || '|' || n.periode)
ORDER BY n.kode_indikator, d.kode_desa;
