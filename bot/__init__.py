"""How Ask First talks: channels, the clock, wiring, and the askfirst command."""
