"""Who works here, as in the other rooms."""

from tests.people import boss, frozen, lin, mei, organisation

__all__ = ["boss", "frozen", "lin", "mei", "organisation"]
