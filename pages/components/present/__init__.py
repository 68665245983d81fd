"""Present: the result of a page over the whole screen, in large type."""
