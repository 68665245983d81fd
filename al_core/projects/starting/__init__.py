"""What is decided once: settings, the data, check rows, the first event."""
