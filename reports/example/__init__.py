"""The worked example: a workshop that never took place, in a set of people who do not exist."""
