"""The address that the service listens at.

Owns how a host and a port become a socket that listens, and what is said when they do not.
Taken by us, before anything else is started: a port that is not free is one sentence.
"""

import errno
import socket
from typing import NamedTuple

from service.errors import AddressError
from service.showing import show_reason

BACKLOG = 2_048
"""Connections that may wait to be accepted; the kernel may allow fewer."""
_ELSEWHERE = "choose another with --port or READOUT_PORT"
_HOST_ELSEWHERE = (
    "choose another with --host or READOUT_HOST: 127.0.0.1 for this machine alone, 0.0.0.0 for "
    "all of its addresses"
)
_NOT_HERE = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared with, not listened at


class Address(NamedTuple):
    """An IP address and a port, as a socket has them."""

    family: socket.AddressFamily
    host: str
    port: int

    @property
    def is_everywhere(self) -> bool:
        """Say whether it stands for every address of the machine."""
        return self.host in _WILDCARDS

    @property
    def is_local(self) -> bool:
        """Say whether only this machine can reach it."""
        return self.host.startswith("127.") or self.host == "::1"

    @property
    def url(self) -> str:
        """Return what a client on this machine asks, without a slash at its end."""
        host = _WILDCARDS.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at ``host``, a name or an address, and ``port``, 0 to 65535.

    Of several addresses that a name has, it is the first that this machine has too. Port 0
    takes a free one. Raises ``AddressError`` that names both and says what to do.
    """
    failure: OSError | None = None
    for family, address in _resolve(host, port):
        try:
            return _open_socket(family, address)
        except OSError as error:
            failure = error
            if error.errno not in _NOT_HERE:
                break
    assert failure is not None
    raise AddressError(_explain(failure, host, port)) from failure


def find_address(listener: socket.socket) -> Address:
    """Return where ``listener`` listens, with the real port where 0 was asked for."""
    host, port, *_scope = listener.getsockname()
    return Address(listener.family, host, port)


_Resolved = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int]]


def _resolve(host: str, port: int) -> list[_Resolved]:
    # An IPv6 address is often copied out of a URL, where it stands in brackets.
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        found = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise AddressError(
            f"the service cannot listen at {host!r}, port {port}: it is no address and no known "
            f"name of one; {_HOST_ELSEWHERE}"
        ) from error
    return [(family, address) for family, _type, _protocol, _name, address in found]  # type: ignore[misc]  # an address without host and port belongs to a family that nobody asked for


def _open_socket(
    family: socket.AddressFamily, address: tuple[str, int] | tuple[str, int, int, int]
) -> socket.socket:
    return socket.create_server(
        address,
        family=family,
        backlog=BACKLOG,
        # "Every address" is meant for both families.
        dualstack_ipv6=address[0] == "::" and socket.has_dualstack_ipv6(),
    )


def _explain(error: OSError, host: str, port: int) -> str:
    where = f"the service cannot listen at {host!r}, port {port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where}: another process does; stop it, or {_ELSEWHERE}"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"{where}: the system does not allow it; {_ELSEWHERE}, from 1024 on"
    if error.errno in _NOT_HERE:
        return f"{where}: this machine has no such address; {_HOST_ELSEWHERE}"
    return f"{where}: {show_reason(error)}; {_ELSEWHERE}, or {_HOST_ELSEWHERE}"
