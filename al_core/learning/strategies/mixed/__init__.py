"""Strategies that weigh doubt against variety."""
