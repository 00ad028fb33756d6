"""What helps to work well: record templates, phrases and check lists, shipped and own (R31)."""
