"""What people typed, read: days, stretches of days, people."""
