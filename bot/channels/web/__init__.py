"""The web chat: a page on this machine for trying the bot, with the same conversation as everywhere."""
