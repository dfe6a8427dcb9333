"""The least numbers of distinct people behind anything that leaves a set. Raised by a set, lowered by nobody.

Source: docs/anonymity.md ("Floors"), after NHS England, ONS and the GP Patient Survey.
"""

REPORT = 5  # contributors to the meeting(s) that a report covers
BLOCK = 5  # authors of a prompt's answers
THEME = 3  # owners of its challenges, or answers' worth of reflections from one prompt
LABEL = 10  # people who share a role, organisation or health system that is named
DIFFERENCE = 5  # contributions by which any two releases of a programme differ, each way, unless by none
