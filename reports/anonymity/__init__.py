"""The boundary: raw text and a roster go in, text that may leave comes out. Plain Python, usable on its own."""
