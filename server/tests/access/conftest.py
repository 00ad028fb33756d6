"""The people of these tests."""

from tests.people import boss, digest, frozen, lin, mei, organisation

__all__ = ["boss", "digest", "frozen", "lin", "mei", "organisation"]
