"""Pages that are read in a browser: the register of sites, and calendar feeds."""
