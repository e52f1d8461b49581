"""Which machines may be asked: public ones, and those a setting allows.

A listing or a redirect may name any address; without this guard it could make us ask machines that only we can
reach (server-side request forgery, OWASP SSRF Prevention Cheat Sheet). The check is made on the address a name
resolves to, at the moment of connecting, and the connection goes to that very address.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterable
from typing import Any

from schemas import TenkyoError

ALLOW_VARIABLE = "TENKYO_ALLOW_HOSTS"  # blanks or commas between hosts and networks
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[..., list[tuple[Any, ...]]]


class FetchError(TenkyoError):
    """A document could not be fetched; `code` says why in a machine-readable way."""

    def __init__(self, code: str, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


def allowed_by_setting() -> tuple[str, ...]:
    """Return the hosts and networks that `TENKYO_ALLOW_HOSTS` allows although they are not public."""
    return tuple(os.environ.get(ALLOW_VARIABLE, "").replace(",", " ").split())


def reached(address: IPAddress) -> IPAddress:
    """Return the address that is really reached: the IPv4 one inside a mapped, 6to4 or NAT64 address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


def is_public(address: IPAddress) -> bool:
    """Say whether an address is one of the open internet."""
    ip = reached(address)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class Guard:
    """Resolves names and lets through only what may be asked.

    `allow` holds networks ("10.1.0.0/16", "192.0.2.7"), host names, and ".corp.example" for all names below it.
    Raises `ValueError` for an entry that is none of these.
    """

    def __init__(self, allow: Iterable[str] = (), *, resolve: Resolver = socket.getaddrinfo) -> None:
        self._resolve = resolve
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        self._names: set[str] = set()
        for entry in allow:
            try:
                self._networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                if not entry.strip(".") or "/" in entry or "*" in entry:
                    raise ValueError(f"{entry!r} is neither a host name nor a network") from None
                self._names.add(entry.lower().rstrip("."))

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host` that may be connected to, at least one, in the resolver's order.

        Raises `FetchError` with code "no-such-host" or "private-address".
        """
        try:
            answers = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("no-such-host", f"{host}: the name does not resolve ({error})") from None
        found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        allowed = [address for address in found if self._may(host, address)]
        if not allowed:
            raise FetchError(
                "private-address",
                f"{host}: refused, it is not on the open internet ({', '.join(found) or 'no address'}); "
                f"allow it with {ALLOW_VARIABLE} if it is yours",
            )
        return allowed

    def _may(self, host: str, address: str) -> bool:
        name = host.lower().rstrip(".")
        if name in self._names or any(entry[0] == "." and name.endswith(entry) for entry in self._names):
            return True
        ip = ipaddress.ip_address(address.split("%", 1)[0])
        return is_public(ip) or any(ip in network or reached(ip) in network for network in self._networks)
