"""Reading a file or project in a process of its own, which is ended where it asks too much."""
