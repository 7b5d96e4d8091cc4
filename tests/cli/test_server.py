"""The server's beginning and end, with applications that misbehave."""

import asyncio
import logging
import socket
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from service.cli.listening import listen
from service.cli.server import Server
from service.errors import StoreError


class App:
    """An application whose lifespan fails where it is told to."""

    def __init__(
        self, *, at_start: Exception | None = None, at_end: Exception | None = None
    ) -> None:
        self._at_start = at_start
        self._at_end = at_end

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await self._go_on(self._at_start, "startup", send)
        await receive()
        await self._go_on(self._at_end, "shutdown", send)

    async def _go_on(self, failure: Exception | None, stage: str, send: Send) -> None:
        if failure is not None:
            await send({"type": f"lifespan.{stage}.failed", "message": "Traceback: a secret"})
            raise failure
        await send({"type": f"lifespan.{stage}.complete"})


@pytest.fixture(autouse=True)
def vendor_level() -> Iterator[None]:
    """Leave uvicorn's logger as it was."""
    log = logging.getLogger("uvicorn.error")
    before = log.level
    yield
    log.setLevel(before)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Return a socket that listens at a free port."""
    with listen("127.0.0.1", 0) as listener:
        yield listener


def build_server(app: ASGIApp) -> tuple[Server, list[str]]:
    """Return a server of ``app`` that ends as soon as it listens, and what it announced."""
    announced: list[str] = []

    def announce() -> None:
        announced.append("listening")
        server.should_exit = True

    server = Server(app, announce)
    return server, announced


async def test_a_start_that_fails_raises_what_the_lifespan_raised(
    listener: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    """The command line has a sentence for it; a traceback in the log would say the same worse."""
    server, announced = build_server(App(at_start=StoreError("it is locked")))

    with pytest.raises(StoreError, match="it is locked"):
        await server.serve([listener])
    assert (announced, caplog.text) == ([], "")


async def test_a_lifespan_that_starlette_runs_is_told_as_it_was(
    listener: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    """Starlette sends the traceback along as a message."""

    class Lifespan:
        def __init__(self, _app: Starlette) -> None:
            """Begin."""

        async def __aenter__(self) -> None:
            raise StoreError("it is locked")

        async def __aexit__(self, *_exception: object) -> None:
            """End."""

    server, _announced = build_server(Starlette(lifespan=Lifespan))

    with pytest.raises(StoreError, match="it is locked"):
        await server.serve([listener])
    assert caplog.text == ""


async def test_a_defect_at_the_start_keeps_its_traceback(listener: socket.socket) -> None:
    """Nobody could find it otherwise."""
    server, _announced = build_server(App(at_start=ValueError("a defect")))

    with pytest.raises(ValueError, match="a defect") as caught:
        await server.serve([listener])
    assert "_go_on" in [entry.name for entry in caught.traceback]


async def test_an_end_that_fails_is_raised(
    listener: socket.socket, caplog: pytest.LogCaptureFixture, allow_sleep: None
) -> None:
    """What was not stored must not look like a good end; its traceback is not logged besides."""
    server, announced = build_server(App(at_end=StoreError("the disk is full")))

    with pytest.raises(StoreError, match="the disk is full"):
        await server.serve([listener])
    assert announced == ["listening"]
    assert "a secret" not in caplog.text


class Reading(App):
    """An application that reads requests whole, and then waits until it is let answer."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.heard: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        self.arrived.set()
        more_body = True
        while more_body:
            message = await receive()
            self.heard.append(message["type"])
            more_body = message.get("more_body", False)
        if self.heard[-1] == "http.request":
            await self.may_answer.wait()
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})


async def ask(server: Server, app: Reading, listener: socket.socket, request: bytes) -> bytes:
    """Send ``request``, end the server once it has arrived; return what came back, unparsed."""
    reader, writer = await asyncio.open_connection(*listener.getsockname()[:2])
    writer.write(request)
    await app.arrived.wait()
    server.should_exit = True
    answer = await reader.read()
    writer.close()
    return answer


async def test_connections_are_taken_when_it_is_announced(
    listener: socket.socket, allow_sleep: None
) -> None:
    """The announcement is the sign that scripts wait for."""
    app = Reading()
    app.may_answer.set()
    asking: list[asyncio.Task[bytes]] = []
    request = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    def announce() -> None:
        asking.append(asyncio.create_task(ask(server, app, listener, request)))

    server = Server(app, announce)
    await server.serve([listener])
    assert (await asking[0]).startswith(b"HTTP/1.1 204 No Content\r\n")


async def test_a_request_that_is_never_sent_to_its_end_does_not_keep_the_server(
    listener: socket.socket, allow_sleep: None
) -> None:
    """A client that lost its connection would be waited for without end."""
    app = Reading()
    asking: list[asyncio.Task[bytes]] = []
    request = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"

    def announce() -> None:
        asking.append(asyncio.create_task(ask(server, app, listener, request)))

    server = Server(app, announce, sending_grace_s=0.05)
    await asyncio.wait_for(server.serve([listener]), timeout=20)
    assert await asking[0] == b""
    assert app.heard[-1] == "http.disconnect"


async def test_a_request_that_has_arrived_is_waited_for_beyond_that(
    listener: socket.socket, allow_sleep: None
) -> None:
    """A reading takes minutes, and is paid for."""
    app = Reading()
    asking: list[asyncio.Task[bytes]] = []
    request = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nwhole"

    def announce() -> None:
        asking.append(asyncio.create_task(ask(server, app, listener, request)))
        asyncio.get_running_loop().call_later(0.5, app.may_answer.set)

    server = Server(app, announce, sending_grace_s=0.05)
    await server.serve([listener])
    assert (await asking[0]).startswith(b"HTTP/1.1 204 No Content\r\n")
