"""Checks of what people type (R17), in words that help; the same for form, import and API.

Each check returns the normal form of the value, or raises CheckFailed with a Chinese sentence that
names the remedy. Its `reason` lets the import tell a cut number, which it keeps as text with a
warning, from one that a spreadsheet destroyed.
"""

from zhike.fields.checks.birthday import check_birthday
from zhike.fields.checks.dates import parse_date, parse_date_range, parse_vague_date
from zhike.fields.checks.email import check_email
from zhike.fields.checks.failure import CheckFailed, Reason
from zhike.fields.checks.identity import check_id_card, check_identity, check_uscc
from zhike.fields.checks.money import parse_money_wan, wan_text
from zhike.fields.checks.phones import Phone, check_mobile, check_phone, split_phones

__all__ = [
    "CheckFailed",
    "Phone",
    "Reason",
    "check_birthday",
    "check_email",
    "check_id_card",
    "check_identity",
    "check_mobile",
    "check_phone",
    "check_uscc",
    "parse_date",
    "parse_date_range",
    "parse_money_wan",
    "parse_vague_date",
    "split_phones",
    "wan_text",
]
