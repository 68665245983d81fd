"""Checks that certify: the final check, and the search for all rows with a rare answer."""
