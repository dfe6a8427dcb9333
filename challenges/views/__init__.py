"""Pages about challenges, the closing questions, and what the set said; one module for each."""
