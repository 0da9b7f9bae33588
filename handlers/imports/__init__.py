"""Whole lists from outside: read, compared with what is there, shown, and only then taken in."""
