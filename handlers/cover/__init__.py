"""Cover: whose turn it is, who is away, and what is not covered."""
