"""The people of these tests, and the servers they speak to."""

from tests.people import boss, digest, frozen, lin, mei, organisation
from tests.trail.sending import channel, local, mail, post, server

__all__ = [
    "boss",
    "channel",
    "digest",
    "frozen",
    "lin",
    "local",
    "mail",
    "mei",
    "organisation",
    "post",
    "server",
]
