"""One line of Chinese into a filled follow-up: own rules, no network, no database."""
