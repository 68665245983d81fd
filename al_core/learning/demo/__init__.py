"""The two pictures of Why it works, and the runs measured for them."""
