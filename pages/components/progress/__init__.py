"""The curve and the numbers beside it, and whether to go on."""
