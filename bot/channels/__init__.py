"""The places people talk to Ask First; each knows its own platform and nothing of the others."""
