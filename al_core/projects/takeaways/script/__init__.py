"""The script to take away: the journal replayed on the file, up to the numbers of the report."""
