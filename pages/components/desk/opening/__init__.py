"""What opens beside the row: by which key, and how a field in it takes the focus."""
