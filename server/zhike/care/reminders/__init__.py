"""Reminders: when to tell whom of what is to be done, and what comes round again (R28)."""
