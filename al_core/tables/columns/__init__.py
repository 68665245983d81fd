"""What a column is used for, and which one holds the answer."""
