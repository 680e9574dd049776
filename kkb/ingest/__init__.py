"""Files that staff bring: read whatever they are, recognised by their columns. Nothing here writes the warehouse."""
