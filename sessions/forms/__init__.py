"""Forms of the meetings' pages, one module for each matter. Times are typed in the meeting's own time zone."""
