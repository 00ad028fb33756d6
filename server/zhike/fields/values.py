"""Dates and money; see `zhike.fields.checks`, where they live."""

from zhike.fields.checks import parse_date, parse_date_range, parse_money_wan, parse_vague_date

__all__ = ["parse_date", "parse_date_range", "parse_money_wan", "parse_vague_date"]
