"""The record of a request on paper: an accessible PDF, set from data."""
