"""What has learned from the labels, and what it thinks of rows."""
