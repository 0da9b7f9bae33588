"""The register page and the calendars, as they are read."""
