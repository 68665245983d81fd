"""Text of cells to numbers, dates, or text."""
