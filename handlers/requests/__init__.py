"""Asking for approval and giving it: the form as a conversation, the route, the cards of those who decide."""
