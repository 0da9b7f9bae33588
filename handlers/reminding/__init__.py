"""What people are reminded of, merged into one message a day."""
