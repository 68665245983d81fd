"""Strategies that ask where the members of a committee disagree."""
