"""What happened, kept for good: events, the file that holds them, and its rescue."""
