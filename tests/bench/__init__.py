"""The benchmarks: our map page beside others that do the same job, and what else must be fast."""
