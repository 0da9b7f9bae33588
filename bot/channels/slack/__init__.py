"""Slack: events come in over signed HTTP or Socket Mode, answers go out through the Web API."""
