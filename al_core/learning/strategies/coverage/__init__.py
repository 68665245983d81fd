"""Strategies that ask for rows which stand for the pool."""
