"""Rebuild the model from the phrasings: `python -m policy_kb.training`."""
