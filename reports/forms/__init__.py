"""What is typed about reports, one module for each matter."""
