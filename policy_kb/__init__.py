"""What Ask First knows: the policy's clauses, how to find them, and what follows from them."""

import os

# Numpy reads it once, at its first import. The encoder's matrices are small: two threads only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
