"""The people of these tests."""

from tests.customers.attaching import file, folder
from tests.people import boss, digest, frozen, lin, mei, organisation

__all__ = ["boss", "digest", "file", "folder", "frozen", "lin", "mei", "organisation"]
