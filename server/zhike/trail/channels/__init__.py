"""Channels: how notices leave the house, by mail and by the robots of group chats."""
