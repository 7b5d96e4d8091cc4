"""Problem details: how an error looks over HTTP and in ``--json`` output.

Owns the shape (RFC 9457). The statuses and slugs stand in one table of the service.
"""

from pydantic import Field

from schemas.base import Frozen
from schemas.reading import Usage


class Problem(Frozen):
    """An RFC 9457 problem: the five standard members, then what a program can act on."""

    type: str = Field(pattern=r"^/problems/[a-z-]+$")
    """URI reference that names the kind of problem."""
    title: str
    """The kind of problem in words; the same for every occurrence."""
    status: int = Field(ge=400, le=599)
    """The HTTP status code."""
    detail: str
    """What was wrong this time, with the value, and what to do."""
    instance: str | None = None
    """URI reference of this occurrence, where there is one."""
    limit: int | None = None
    """The limit that was exceeded, in the unit that ``detail`` names."""
    actual: int | None = None
    """The value that exceeded it."""
    retry_after_s: float | None = Field(default=None, ge=0)
    """Seconds after which the same request may succeed."""
    attempts: int | None = Field(default=None, ge=0)
    """Calls that reached the model before it failed."""
    usage: Usage | None = None
    """Tokens that were paid for before it failed."""
