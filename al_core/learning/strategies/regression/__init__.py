"""Strategies for models that predict numbers: where they are unsure, or the optimum may be."""
