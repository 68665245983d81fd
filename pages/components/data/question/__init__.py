"""What is asked of each row, and the start."""
