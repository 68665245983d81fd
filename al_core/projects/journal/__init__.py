"""What happened, kept for good: events, the file that holds them, who has it open, its rescue."""
