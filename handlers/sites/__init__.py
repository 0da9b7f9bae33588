"""Sites: their life, their checks, their people, and what is moderated on them."""
