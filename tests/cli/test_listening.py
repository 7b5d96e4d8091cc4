"""Where the service listens, and what is said when it cannot."""

import errno
import socket

import pytest

from service.cli import listening
from service.cli.listening import Address, find_address, listen
from service.errors import AddressError


def test_port_0_takes_a_free_port_and_names_it() -> None:
    """Tests and containers do not know which one is free."""
    with listen("127.0.0.1", 0) as listener:
        address = find_address(listener)

    assert address.port > 0
    assert address.url == f"http://127.0.0.1:{address.port}"


def test_who_connects_before_anything_is_accepted_waits() -> None:
    """The address is ours from then on, not from when the application has started."""
    with (
        listen("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == listener.getsockname()


def test_an_address_that_was_just_left_is_taken_again() -> None:
    """A service that is restarted must not wait for old connections to be forgotten."""
    with listen("127.0.0.1", 0) as listener:
        port = find_address(listener).port
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _peer = listener.accept()
            # Who closes first keeps the port in TIME_WAIT.
            accepted.close()

    with listen("127.0.0.1", port) as again:
        assert find_address(again).port == port


def test_an_ipv6_address_may_stand_in_brackets(ipv6: None) -> None:
    """It is copied out of a URL."""
    with listen("[::1]", 0) as listener:
        address = find_address(listener)

    assert address.url == f"http://[::1]:{address.port}"


def test_every_ipv6_address_is_every_ipv4_address_too(ipv6: None) -> None:
    """A client on this machine should not have to know which family was meant."""
    with listen("::", 0) as listener:
        address = find_address(listener)
        with socket.create_connection(("127.0.0.1", address.port), timeout=5):
            assert address.is_everywhere


@pytest.mark.parametrize(
    ("host", "is_everywhere", "is_local", "url"),
    [
        ("127.0.0.1", False, True, "http://127.0.0.1:80"),
        ("127.8.0.1", False, True, "http://127.8.0.1:80"),
        ("::1", False, True, "http://[::1]:80"),
        ("0.0.0.0", True, False, "http://127.0.0.1:80"),
        ("::", True, False, "http://[::1]:80"),
        ("192.0.2.7", False, False, "http://192.0.2.7:80"),
    ],
)
def test_an_address_says_who_can_reach_it_and_what_to_ask(
    host: str, is_everywhere: bool, is_local: bool, url: str
) -> None:
    """A wildcard is nothing that one can put into a browser."""
    address = Address(socket.AF_INET, host, 80)

    assert (address.is_everywhere, address.is_local) == (is_everywhere, is_local)
    assert address.url == url


def test_a_port_that_another_process_has_is_refused() -> None:
    """SO_REUSEADDR must not let two services share one."""
    with listen("127.0.0.1", 0) as listener:
        port = find_address(listener).port

        with pytest.raises(AddressError, match=rf"'127\.0\.0\.1', port {port}: another process"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(
    "host", ["", "http://127.0.0.1", "127.0.0.1:80", "a..b", "x" * 70, "no such host", "[::1"]
)
def test_a_host_that_is_none_is_an_address_error(host: str) -> None:
    """Whatever is wrong with it, resolvers differ in how they say so."""
    with pytest.raises(AddressError, match="READOUT_HOST"):
        listen(host, 0)


def test_an_address_of_another_machine_is_refused() -> None:
    """From a configuration that was copied; 203.0.113.0/24 is kept for documents (RFC 5737)."""
    with pytest.raises(AddressError, match=r"203\.0\.113\.1.*no such address.*READOUT_HOST"):
        listen("203.0.113.1", 0)


def test_of_several_addresses_the_first_that_this_machine_has_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name often has an IPv6 address on machines that speak none."""
    found = [
        (socket.AF_INET, ("203.0.113.1", 0)),
        (socket.AF_INET, ("127.0.0.1", 0)),
    ]
    monkeypatch.setattr(listening, "_resolve", lambda _host, _port: found)

    with listen("name", 0) as listener:
        assert find_address(listener).host == "127.0.0.1"


def test_a_port_that_is_taken_at_the_first_address_is_not_looked_for_at_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Clients try the first one too, and would reach somebody else."""
    with listen("127.0.0.1", 0) as listener:
        port = find_address(listener).port
        found = [(socket.AF_INET, ("127.0.0.1", port)), (socket.AF_INET, ("127.0.0.2", port))]
        monkeypatch.setattr(listening, "_resolve", lambda _host, _port: found)

        with pytest.raises(AddressError, match="another process"):
            listen("name", port)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "does not allow it; .*READOUT_PORT.*1024"),
        (errno.EMFILE, "too many open files"),
    ],
)
def test_other_refusals_of_the_system_are_told(
    number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ports below 1024 are not everybody's."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(number, "Too many open files" if number == errno.EMFILE else "denied")

    monkeypatch.setattr(socket, "create_server", refuse)

    with pytest.raises(AddressError, match=words):
        listen("127.0.0.1", 80)
