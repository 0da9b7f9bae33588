"""What Ask First does: one use case a file; load, ask the rule, write, answer."""
