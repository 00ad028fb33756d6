"""How often customers are contacted: the rhythm by rule, the limit of a month, the next day."""
