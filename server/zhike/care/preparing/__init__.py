"""The card one reads before a contact (R30)."""
