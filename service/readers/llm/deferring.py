"""Calls that are not made: what would be sent is handed to whoever asks somewhere else.

Owns the transport that sends nothing. Imports no vendor, so that its signal can be caught anywhere.
"""

from typing import NoReturn

from pydantic import JsonValue


class DeferredCall(Exception):  # noqa: N818  # nothing went wrong: it is what was wanted
    """A call has to be made for the reading to go on; ``body`` is what it would send."""

    def __init__(self, body: dict[str, JsonValue]) -> None:
        """Keep ``body``."""
        super().__init__("a call is due")
        self.body = body


class DeferringTransport:
    """Stands where a transport would; of a reading, only what was paid before is taken up."""

    async def send(self, body: dict[str, JsonValue], _keep: object) -> NoReturn:
        """Raise ``DeferredCall``; the replies that were taken up stay open in the books."""
        raise DeferredCall(body)
