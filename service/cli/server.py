"""The server: uvicorn, with our way of beginning and ending.

Owns that a failed start is told as what it was, that the announcement comes when connections
are taken and not before, and that who asks twice is not kept waiting. Knows no route.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.cli.listening import BACKLOG

_KEEP_ALIVE_S = 75
"""Seconds that an idle connection stays open: longer than the minute for which clients and
proxies usually keep theirs, so that they do not send into one that is closing."""
SENDING_GRACE_S = 5.0
"""Seconds that a request which is still being sent gets when the server is told to end."""
_log = logging.getLogger("readout.server")
_vendor_log = logging.getLogger("uvicorn.error")

Message = MutableMapping[str, Any]
"""A message or a scope, as ASGI has them: what stands in one depends on its type."""
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Awaitable[None]]
"""An application. Source: the ASGI specification, version 3."""
Announce = Callable[[], None]
"""Is called once, when the server listens."""


class WatchedApp:
    """An application, and what its lifespan raised.

    uvicorn logs a failure of the lifespan with its traceback and keeps nothing of it.
    """

    def __init__(self, app: AsgiApp) -> None:
        """Wrap ``app``."""
        self._app = app
        self.failure: Exception | None = None

    def __call__(self, scope: Message, receive: Receive, send: Send) -> Awaitable[None]:
        """Hand on to the application; a request costs one call more, and no coroutine."""
        if scope["type"] == "lifespan":
            return self._live(scope, receive, send)
        return self._app(scope, receive, send)

    async def _live(self, scope: Message, receive: Receive, send: Send) -> None:
        async def send_silently(message: Message) -> None:
            # Starlette sends a traceback along, to be logged.
            await send({"type": message["type"]})

        try:
            await self._app(scope, receive, send_silently)
        except Exception as error:
            self.failure = error
            raise


class Server(uvicorn.Server):
    """One process, one event loop, one application.

    The first SIGINT or SIGTERM ends it gracefully: no new connection is taken, requests in
    flight are answered, however long that takes, then the application's lifespan ends. A
    request that has not even arrived is given up soon. A SIGINT after that ends it at once.
    """

    def __init__(
        self,
        app: AsgiApp,
        announce: Announce,
        *,
        end: Announce = lambda: None,
        sending_grace_s: float = SENDING_GRACE_S,
    ) -> None:
        """Serve ``app``; ``announce`` when it listens, and ``end`` when it is to stop."""
        self._app = WatchedApp(app)
        self._announce = announce
        self._end = end
        self._sending_grace_s = sending_grace_s
        self._serving: asyncio.Task[None] | None = None
        super().__init__(_configure(self._app))

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until asked to end; raise what the lifespan raised, at the start or the end."""
        self._serving = asyncio.current_task()
        try:
            await super().serve(sockets)
        except asyncio.CancelledError:
            if not self.force_exit:
                raise
        if self._app.failure is not None:
            raise self._app.failure

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then take connections, then announce it."""
        try:
            await super().startup(sockets)
        except SystemExit:
            # uvicorn's way of saying that the lifespan failed.
            if self._app.failure is None:
                raise
            raise self._app.failure from None
        _vendor_log.setLevel(logging.WARNING)
        if not self.should_exit:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End gracefully, however long that takes."""
        for taker in (*self.servers, *(sockets or ())):
            taker.close()
        self._end()
        _log.info(
            "stopping: no new connection is taken, what is in flight is finished; "
            "a Ctrl-C now cuts it off"
        )
        giving_up = asyncio.create_task(self._give_up_senders())
        await super().shutdown(sockets)
        giving_up.cancel()

    async def _give_up_senders(self) -> None:
        """Close the connections whose request is still not there after the grace.

        A client that stopped in the middle of its article would be waited for without end.
        """
        await asyncio.sleep(self._sending_grace_s)
        for connection in list(self.server_state.connections):
            assert isinstance(connection, HttpToolsProtocol)
            if connection.cycle is not None and connection.cycle.more_body:
                connection.transport.close()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note that the end was asked for; the second time, end what waits."""
        super().handle_exit(sig, frame)
        if self.force_exit and self._serving is not None:
            # Requests that are cut off would each be logged with a traceback.
            _vendor_log.setLevel(logging.CRITICAL)
            self._serving.get_loop().call_soon_threadsafe(self._serving.cancel)


def _configure(app: WatchedApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        interface="asgi3",
        loop="uvloop",
        http=HttpToolsProtocol,
        ws="none",
        lifespan="on",
        workers=1,
        # Of a start that fails we say ourselves what there is to say.
        log_level=logging.CRITICAL,
        log_config=None,
        access_log=False,
        server_header=False,
        # Neither a client's address nor its scheme decides anything here.
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        backlog=BACKLOG,
    )
