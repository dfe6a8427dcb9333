"""Forms of the site's own pages, one module for each matter."""
