"""What every request passes: the log, the last handler, and the check of its origin.

Owns pure ASGI middleware only. What a route does is not known here.
"""

import logging
import time

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import DefectError, ForeignOriginError
from service.routes.answers import DEFECT, answer_problem, log_defect

_log = logging.getLogger("readout.requests")
CLIENT_LEFT = 499
"""Logged in place of a status where the client hung up before its request was whole."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class LastHandler:
    """Logs each request, without its query or body, and turns a defect into a problem."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0
        cache = b""

        async def note(message: Message) -> None:
            nonlocal status, cache
            if message["type"] == "http.response.start":
                status = message["status"]
                cache = next((v for k, v in message["headers"] if k == b"cache-status"), b"")
            await send(message)

        try:
            await self._app(scope, receive, note)
        except ClientDisconnect:
            status = CLIENT_LEFT
        except Exception as error:  # noqa: BLE001  # the last handler: nothing is raised beyond it
            log_defect(error)
            if status == 0:
                await answer_problem(DefectError(DEFECT))(scope, receive, note)
        finally:
            if _log.isEnabledFor(logging.INFO):
                _log.info(
                    "%s %s %d %.0f ms %s",
                    scope["method"],
                    scope["path"],
                    status,
                    (time.monotonic() - started) * 1_000,
                    cache.decode("latin-1"),
                )


class OriginCheck:
    """Refuses what a web page of another site sends.

    A browser would deliver it: any page could then spend its reader's money at a service on
    the reader's own machine. A page whose own name is made to point here (DNS rebinding) looks
    like one of ours; only a proxy that knows its names can tell. Source: Fetch Standard, 3.2
    (the Origin header).
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer with a problem."""
        if scope["type"] == "http" and scope["method"] not in _SAFE_METHODS:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and origin.partition("://")[2] != headers.get("host"):
                error = ForeignOriginError("a web page of another site sent this; it is refused")
                await answer_problem(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class HeadAnswer:
    """Answers HEAD as it would GET; the server leaves the body out (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through as a GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)
