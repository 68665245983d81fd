"""Why it works: two pictures side by side, played step by step."""
