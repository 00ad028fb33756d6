"""The customer file: customers, their contacts and tags, and what belongs to them."""

from zhike.customers.models.contact import Contact
from zhike.customers.models.customer import (
    ALIVE,
    CodeSequence,
    Customer,
    CustomerTag,
    CustomValue,
    NameKey,
    Tag,
    derived_from_name,
)
from zhike.customers.models.dealings import Attachment, Problem, Purchase
from zhike.customers.models.doubles import Double, Merge
from zhike.customers.models.passing import Collaborator, HandOver, Review
from zhike.customers.models.rules import Contradiction, FileRules

__all__ = [
    "ALIVE",
    "Attachment",
    "CodeSequence",
    "Collaborator",
    "Contact",
    "Contradiction",
    "CustomValue",
    "Customer",
    "CustomerTag",
    "Double",
    "FileRules",
    "HandOver",
    "Merge",
    "NameKey",
    "Problem",
    "Purchase",
    "Review",
    "Tag",
    "derived_from_name",
]
