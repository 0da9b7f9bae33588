"""What Ask First knows: the policy's clauses, how to find them, and what follows from them."""
