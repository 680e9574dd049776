-- One row: the map layer set of what lies right below the nation ('00') or a province, with the hash that is its address.
SELECT kode_induk, sha256, isi FROM lapisan_atas WHERE kode_induk = $induk;
