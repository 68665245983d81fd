"""Reading a person's file in a process of its own, which is ended where it asks too much."""
