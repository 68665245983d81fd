"""The label desk: the row, the answers, presses, and what is looked up beside them."""
