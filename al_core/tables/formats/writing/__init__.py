"""Tables back into files: the file as it came with new cells in it, or written anew."""
