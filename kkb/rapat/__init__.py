"""What is carried into the hall: sheets computed once from one version, drawn alike on screen, paper and in files."""
