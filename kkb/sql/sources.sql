-- One row per fact file: what it holds, who published it, of what date, under which licence.
SELECT berkas, isi, isi_en, penerbit, tanggal, atribusi, url, sha256 FROM sumber ORDER BY berkas;
