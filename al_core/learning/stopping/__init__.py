"""When to stop: what guesses, score and rows left say of further labels."""
