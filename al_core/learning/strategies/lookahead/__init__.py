"""Strategies that try out each answer before they ask."""
