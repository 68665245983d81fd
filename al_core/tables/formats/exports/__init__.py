"""Files that labelling tools write, this app among them: rows, answers, guesses told apart."""
