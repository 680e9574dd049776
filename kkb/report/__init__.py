"""Files to take away, from the same tables as the pages."""
