"""The labelled file of this app: its columns, its formulas, read as it was written."""
