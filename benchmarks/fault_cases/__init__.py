"""What is done to a project by ``python -m benchmarks.faults``, and how the outcome is judged."""
