"""Choosers that give back the thing picked, and names that can be told apart."""
