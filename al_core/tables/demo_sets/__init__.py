"""Data to begin with, where no file is at hand."""
