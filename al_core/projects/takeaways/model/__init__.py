"""The model to take away: a zip that works without this app, and the same model used again."""
