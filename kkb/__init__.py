"""Kampung KB dashboard: how the villages of one kabupaten become Kampung Keluarga Berkualitas."""
