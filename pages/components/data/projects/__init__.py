"""Earlier projects: to continue, rename, or put into the bin."""
