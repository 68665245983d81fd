"""What the events add up to: a pure replay that knows no file and no model."""
