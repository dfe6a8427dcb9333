"""From raw text to what may leave."""
