"""How a file was read, and what to do where it was read wrong."""
