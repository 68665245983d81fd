"""The desk in the browser: keys, and rows sent ahead."""
