"""Performance sites from committed campaign data."""
