"""The benchmark: our map page beside a Dash page that does the same job, measured in one run."""
