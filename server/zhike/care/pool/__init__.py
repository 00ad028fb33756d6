"""The public pool (公海): who falls into it, who takes customers out, how many (R33)."""
