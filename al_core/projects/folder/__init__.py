"""Projects on disk: their shelf, and one as a file to take elsewhere."""
