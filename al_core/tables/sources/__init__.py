"""A path or bytes to plain bytes: what they are, and how large they may be."""
