"""The ground floor: clock, text, keys, jobs. No business words live here."""
