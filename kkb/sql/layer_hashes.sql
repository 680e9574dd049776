-- One row per map layer set: its name and the hash that is its address.
SELECT nama, sha256 FROM lapisan;
