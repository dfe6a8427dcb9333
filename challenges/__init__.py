"""What members bring and what they take away: challenges, reflections, and the box."""
