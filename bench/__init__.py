"""Benches: they make data, measure us against the bare database in the same run, print ratios."""
