"""Which columns the app reads."""
