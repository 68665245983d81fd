"""The two pictures that explain active learning, and the runs measured for them."""
