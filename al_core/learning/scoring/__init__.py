"""Numbers about a model: metrics, their ranges, and curves of them."""
