"""知客: the follow-up and relationship system of a sales team."""

__version__ = "0.1.0"
