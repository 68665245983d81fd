"""What all pages share: state, jobs, guards, words and numbers."""
