"""Known answers played through as if a person gave them."""
