"""The models to choose from, how they are fitted, and what they say in probabilities."""
