-- One row: a map layer set by name, with the hash that is its address.
SELECT nama, sha256, isi FROM lapisan WHERE nama = $nama;
