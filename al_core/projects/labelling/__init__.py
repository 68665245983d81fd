"""Which row is asked, what was answered, and the facts that follow."""
