"""The command ``serve``: the HTTP service, from its address to its end.

Owns the order of starting: what can go wrong is found before anything is served, and told in
one sentence. The application is named here and not imported: it stands beside the command
line, not below it.
"""

import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

from service.cli.announcement import describe_service
from service.cli.listening import find_address, listen
from service.cli.log_lines import start_logging
from service.errors import EXIT_GOOD, EXIT_INTERRUPTED
from service.settings import Settings

if TYPE_CHECKING:
    from service.cli.server import Server

APP = "service.app:create_app"
"""The factory of the application."""


class _StopSignal:
    """What SIGINT and SIGTERM do while the server does not handle them itself."""

    def __init__(self) -> None:
        self.server: Server | None = None

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        """End the process well; a server that has ended raises its signals once more: ignored."""
        if self.server is None or not self.server.should_exit:
            raise SystemExit(EXIT_GOOD)


def run(host: str | None, port: int | None) -> int:
    """Serve at ``host`` and ``port``, ``None`` for those of the settings; return the exit code.

    Ends well when it is told to: 0, or 130 where it was told a second time and cut off what
    was in flight. Raises ``SettingsError``, ``AddressError`` and ``StoreError`` before anything
    is served.
    """
    stop = _StopSignal()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, stop)
    settings = Settings.load()
    host = settings.host if host is None else host
    port = settings.port if port is None else port
    with listen(host, port) as listener:
        start_logging()
        announcement = describe_service(find_address(listener), settings)
        stop.server = _build_server(announcement)
        stop.server.run([listener])
    return EXIT_INTERRUPTED if stop.server.force_exit else EXIT_GOOD


def _build_server(announcement: str) -> "Server":
    from uvicorn.importer import import_from_string

    from service.cli.server import Server
    from service.dependencies import begin_end

    app = import_from_string(APP)()
    return Server(
        app,
        lambda: print(announcement, file=sys.stderr, flush=True),  # noqa: T201  # a command line's voice
        end=lambda: begin_end(app),
    )
