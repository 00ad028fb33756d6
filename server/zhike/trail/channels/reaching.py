"""Which machines may be talked to: those of the internet, not those of the house.

Whoever sets up a channel names the machine; without this, they could have us ask around in our own
network. A name is looked up once, and only the addresses that were looked at are talked to.
"""

from __future__ import annotations

import ipaddress
import socket

from django.conf import settings

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Python takes them for global: some clouds tell their machines' secrets in the first; the second
# are the private ones of old.
_INSIDE = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("fec0::/10"))
LOCAL = "指向内网地址；确实要用，请设置 ZHIKE_ALLOW_LOCAL_CHANNELS=1"


class OutOfReach(Exception):
    """A machine that is not to be talked to, or cannot be found; the message is for people."""

    def __init__(self, told: str, *, lasting: bool) -> None:
        super().__init__(told)
        self.lasting = lasting


def local_allowed() -> bool:
    """Tell whether the administrator of the machine allows addresses of the house."""
    return bool(settings.ZHIKE_ALLOW_LOCAL_CHANNELS)


def found(host: str, port: int) -> list[str]:
    """Return the addresses of a host, those of IPv4 first. Raises OutOfReach."""
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutOfReach("找不到这个主机，请核对地址和网络", lasting=False) from error
    told.sort(key=lambda one: one[0] != socket.AF_INET)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in told))
    if not local_allowed() and not all(is_public(one) for one in addresses):
        raise OutOfReach(LOCAL, lasting=True)
    return addresses


def connected(addresses: list[str], port: int, seconds: float) -> socket.socket:
    """Connect to the first of the addresses that answers; each has its part of the time."""
    for address in addresses[:-1]:
        try:
            line = socket.create_connection((address, port), seconds / len(addresses))
        except OSError:
            continue
        line.settimeout(seconds)
        return line
    return socket.create_connection((addresses[-1], port), seconds)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the internet, also in the disguises of IPv6."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        within = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if within is None and one in _NAT64:
            within = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    inside = one.is_multicast or one.is_reserved or any(one in network for network in _INSIDE)
    return one.is_global and not inside
