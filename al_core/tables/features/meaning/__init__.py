"""What texts mean, as numbers from a frozen sentence encoder; the app works without it."""
