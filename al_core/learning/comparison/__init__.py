"""Many simulations held against each other, and what may be said of them."""
