"""Where the names and the rows of a file lie, and what lies above and below them."""
