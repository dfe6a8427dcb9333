"""What is typed about challenges and into the box, one module for each."""
