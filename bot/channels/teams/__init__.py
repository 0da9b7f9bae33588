"""
Microsoft Teams: activities in, Adaptive Cards out.

Importing `listen` is what loads the Bot Framework SDK; nothing else in the product does.
"""
