"""What opens beside the row on request."""
