"""Projects on disk: their shelf, who has one open, and one as a file to take elsewhere."""
