"""What the routes are handed: the parts of the running service.

Owns how a route finds them, and the kind of route that is handed nothing. Knows no route.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute

from service.batch.attendant import Attendant
from service.bootstrap import Workbench


class Desk(NamedTuple):
    """The parts, and what of the settings the routes must know."""

    workbench: Workbench
    max_chars: int
    """Longest article, in Unicode code points."""
    can_read: bool
    """Whether an article that is not stored can be read."""
    by_rules: bool
    """Whether the embedded reader reads, and no LLM."""
    attendant: Attendant
    """Who has batches done."""


def find_desk(request: Request) -> Desk:
    """Return the desk that the application set up when it started."""
    desk: Desk = request.app.state.desk
    return desk


def begin_end(app: FastAPI) -> None:
    """Begin no more jobs of batches, and end what tells of them: the service is to stop."""
    desk: Desk = app.state.desk
    desk.attendant.close()


async def _inject_desk(request: Request) -> Desk:
    # Not the function above: FastAPI sends what is not a coroutine through a thread.
    return find_desk(request)


AtDesk = Annotated[Desk, Depends(_inject_desk)]
"""A route's parameter that is the desk."""


class PlainRoute(APIRoute):
    """A route whose function takes the request and nothing else, and parses it itself.

    FastAPI documents it and leaves the rest out: that costs as much as serving what is stored.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the function itself."""
        return self.endpoint
