"""What the askfirst command does, a command a file."""
