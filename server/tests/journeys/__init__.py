"""People at their browsers, before a whole installation."""
