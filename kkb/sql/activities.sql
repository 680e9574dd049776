-- One row per activity of Inpres 3/2022 with its programme and aim, in the order of the decree; `indikator` lists the
-- codes of the indicators proposed to measure it, none for most.
SELECT
    p.kode_sasaran,
    p.sasaran,
    p.sasaran_en,
    p.kode_program,
    p.program,
    p.program_en,
    k.kode_kegiatan,
    k.kegiatan,
    k.kegiatan_en,
    k.kementerian,
    coalesce(list(i.kode_indikator ORDER BY i.kode_indikator) FILTER (i.kode_indikator IS NOT NULL), []) AS indikator
FROM inpres_kegiatan AS k
JOIN inpres_program AS p USING (kode_program)
LEFT JOIN inpres_indikator AS i USING (kode_kegiatan)
GROUP BY ALL
ORDER BY k.kode_kegiatan;
